"""Several questions in one ("Was ist KomBi und was kostet es?"): each is answered by itself."""

import re
from collections.abc import Sequence

from assistant.answers import Message, Table
from assistant.composition import answer_for
from assistant.extractive import Reply, reply_to
from assistant.findings import Search
from assistant.follow_up import standalone
from assistant.question import understand
from assistant.question_forms import QUESTION_WORD
from corpus.analysis import content_stems

MOST_PARTS = 3
MOST_EACH = 3  # units quoted for a part
FEWEST_WORDS = 2  # content words of a later part: "und wie viele eine kleine?" leaves out its noun

_OF = r"(?:(?:an|auf|aus|bei|bis|ab|seit|für|mit|von|in|zu|by|for|from|in|to|with)\s+)?"
_BETWEEN = re.compile(
    rf",?\s+(?:und|sowie|and)\s+(?={_OF}{QUESTION_WORD}\b)|(?<=\?)\s+", re.IGNORECASE
)
_COUNTED = r"(?:welche[rsmn]?|wie\s+viele?n?|which|what|how\s+many)\s+[^\W\d_][\w-]+"
_PHRASE = rf"{_OF}(?:{_COUNTED}|{QUESTION_WORD})"
# "Wann und in welcher Stadt wurde gefeiert?" asks twice about the same.
_SHARED = re.compile(
    rf"^((?:.*[.!]\s+)?)({_PHRASE})\s+(?:und|and)\s+({_PHRASE})\s+(\S+\s+\S.*)$", re.IGNORECASE
)
_ASKS = re.compile(rf"\b{QUESTION_WORD}\b|\?$", re.IGNORECASE)


def parts_of(question: str) -> tuple[str, ...]:
    """Part a question into those that it consists of; empty where it is one.

    A later one that points back is completed from the one before. A comparison is one question.
    """
    if understand(question).kind == "comparison":
        return ()
    shared = _SHARED.match(question.strip(" ?"))
    if shared:
        before, *asking, rest = shared.groups()
        return tuple(f"{before}{one} {rest}?" for one in asking)
    found = [part for part in _BETWEEN.split(question.strip()) if part.strip(" ?")]
    if not 1 < len(found) <= MOST_PARTS or not all(map(_ASKS.search, found)):
        return ()
    whole = [f"{found[0].rstrip(' ?')}?"]
    for part in found[1:]:
        whole.append(standalone(f"{part.rstrip(' ?')}?", [Message("user", whole[-1])]))
    counts = [len(content_stems(part)) for part in whole]
    return tuple(whole) if counts[0] and min(counts[1:]) >= FEWEST_WORDS else ()


def reply_to_several(questions: Sequence[str], search: Search) -> Reply | None:
    """Answer each question under its own words; None where no part has an answer."""
    replies: list[Reply] = []
    for question in questions:
        first = 1 + sum(len(one.citations) for one in replies)
        replies.append(reply_to(search.find(question), search, first, MOST_EACH))
    outcomes = {one.outcome for one in replies}
    if outcomes == {"refused"} or any(one.table and one.table.is_comparison for one in replies):
        return None
    texts = [
        answer_for(understand(question), one.text)
        for question, one in zip(questions, replies, strict=True)
    ]
    return Reply(
        "answered" if outcomes == {"answered"} else "partial",
        "\n\n".join(texts),
        tuple(citation for one in replies for citation in one.citations),
        tuple(dict.fromkeys(note for one in replies for note in one.notes)),
        _table([one.table for one in replies if one.table]),
    )


def _table(tables: Sequence[Table]) -> Table | None:
    rows = tuple(row for one in tables for row in one.rows)
    return Table(tables[0].columns, rows) if rows else None
