"""Notes beside an answer: wrong premises, sources that differ, what has ended, recognised text."""

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
        sources = "; ".join(f"Beleg {one.number}: {_rank(one)}" for one in apart)
        found.append(Note("conflict", f"Die Belege nennen Verschiedenes ({sources})."))
    for end in dict.fromkeys(filter(None, until.values())):
        numbers = ", ".join(str(number) for number, other in until.items() if other == end)
        found.append(Note("superseded", f"Beleg {numbers}: {end}."))
    recognised = [str(one.number) for one in citations if one.passage.is_recognised]
    if recognised:
        text = f"Texterkennung, Lesefehler sind möglich: Beleg {', '.join(recognised)}."
        found.append(Note("ocr", text))
    return tuple(found)


def _rank(citation: Citation) -> str:
    """Name what decides which of two sources counts: its date, its level, what kind it is."""
    source = citation.passage.source
    parts = [f"Stand {source.as_of:%d.%m.%Y}" if source.as_of else "ohne Datum"]
    return ", ".join([*parts, *filter(None, (source.level, source.kind))])
