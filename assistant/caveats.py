"""Notes beside an answer: wrong premises, differing sources, what has ended, open dates, OCR."""

from collections.abc import Sequence
from itertools import combinations

from assistant.answers import Citation, Note
from assistant.conflicts import contradict
from assistant.question import Question
from assistant.validity import Timeframe


def notes(
    question: Question,
    citations: Sequence[Citation],
    timeframe: Timeframe,
    premise: str | None = None,
) -> tuple[Note, ...]:
    """Say what a reader must know beside the quotes; `premise` is what the question got wrong."""
    english = question.is_english
    source = "Source" if english else "Beleg"
    found = [Note("premise", premise)] if premise else []
    until = {one.number: timeframe.ended(one.passage, one.quote) for one in citations}
    holding = [one for one in citations if until[one.number] is None]
    apart = dict.fromkeys(
        one
        for pair in combinations(holding, 2)
        if pair[0].passage.document_id != pair[1].passage.document_id
        and contradict(question, pair[0].quote, pair[1].quote)
        for one in pair
    )
    if apart:
        sources = "; ".join(f"{source} {one.number}: {_rank(one, english)}" for one in apart)
        differ = "The sources differ" if english else "Die Belege nennen Verschiedenes"
        found.append(Note("conflict", f"{differ} ({sources})."))
    for end in dict.fromkeys(filter(None, until.values())):
        numbers = ", ".join(str(number) for number, other in until.items() if other == end)
        found.append(Note("superseded", f"{source} {numbers}: {end}."))
    unproven = [one for one in citations if timeframe.is_unproven(one.passage, one.quote)]
    if unproven:
        dated = "; ".join(f"{source} {one.number}: {_state(one, english)}" for one in unproven)
        whether = (
            f"The documents do not say whether this held on {timeframe.day:%d.%m.%Y}"
            if english
            else f"Ob das am {timeframe.day:%d.%m.%Y} galt, sagen die Unterlagen nicht"
        )
        found.append(Note("undated", f"{whether} ({dated})."))
    recognised = [str(one.number) for one in citations if one.passage.is_recognised]
    if recognised:
        what = (
            "Text recognition, errors are possible"
            if english
            else "Texterkennung, Lesefehler sind möglich"
        )
        found.append(Note("ocr", f"{what}: {source} {', '.join(recognised)}."))
    return tuple(found)


def _rank(citation: Citation, english: bool) -> str:
    """Name what decides which of two sources counts: its date, its level, what kind it is."""
    source = citation.passage.source
    return ", ".join([_state(citation, english), *filter(None, (source.level, source.kind))])


def _state(citation: Citation, english: bool) -> str:
    """Name the date of a source."""
    day = citation.passage.source.as_of
    as_of, undated = ("as of", "undated") if english else ("Stand", "ohne Datum")
    return f"{as_of} {day:%d.%m.%Y}" if day else undated
