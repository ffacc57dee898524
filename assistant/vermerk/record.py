"""An answer to JSON and back; on the way back its quotes are looked up in the index again."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assistant.answers import (
    Answer,
    Cell,
    Citation,
    Generated,
    LanguageModel,
    Note,
    Row,
    Statement,
    Table,
)
from assistant.mark import Mark, proof_of
from assistant.vermerk.proving import FindPassage, prove

LEFT_OUT = "…"  # stands where a quote was that no longer holds


@dataclass(frozen=True, slots=True)
class Lost:
    """A quote of an answer that the index no longer holds; it is named, not printed."""

    number: int
    name: str  # of the document, with the place in it


@dataclass(frozen=True, slots=True)
class Dated:
    """An answer, when it was given, and the quotes of it that are lost since."""

    answer: Answer
    at: datetime
    lost: tuple[Lost, ...] = ()


def to_record(answer: Answer, at: datetime) -> dict[str, Any]:
    """Write all of an answer but its hits."""
    generated, table = answer.generated, answer.table
    return {
        "at": at.isoformat(timespec="minutes"),
        "question": answer.question,
        "standalone": answer.standalone_question,
        "text": answer.text,
        "outcome": answer.outcome,
        "citations": [
            [one.number, one.passage.id, one.start, one.end, one.quote, _name(one)]
            for one in answer.citations
        ],
        "notes": [[note.kind, note.text] for note in answer.notes],
        "table": table
        and [
            table.columns,
            [[label, [[cell.text, cell.number] for cell in cells]] for label, cells in table.rows],
        ],
        "place": answer.place,
        "mode": answer.mode,
        "generated": generated
        and [
            [[one.text, one.support, one.numbers] for one in generated.statements],
            generated.model.name,
            generated.model.host,
            generated.at.isoformat(),
            generated.quotes,
        ],
    }


def _name(citation: Citation) -> str:
    passage = citation.passage
    title = passage.title or passage.document_name
    return ", ".join(part for part in (title, passage.locator) if part)


def from_record(record: dict[str, Any], find: FindPassage) -> Dated:
    """Read what `to_record` wrote; quotes that `find` no longer confirms are left out."""
    citations, lost, quotes = [], [], {}
    for number, passage_id, start, end, quote, name in record["citations"]:
        proven = prove(passage_id, Mark(start, end, proof_of(quote), number), find)
        if proven is not None:
            citations.append(proven)
        else:
            lost.append(Lost(number, name))
            quotes[number] = quote
    answer = Answer(
        question=record["question"],
        standalone_question=record["standalone"],
        text=record["text"],
        outcome=record["outcome"],
        citations=tuple(citations),
        notes=tuple(Note(kind, text) for kind, text in record["notes"]),
        table=_table(record["table"]),
        place=record["place"],
        mode=record["mode"],
        generated=_generated(record["generated"]),
    )
    return Dated(_without(answer, quotes), datetime.fromisoformat(record["at"]), tuple(lost))


def _table(record: Any) -> Table | None:  # noqa: ANN401 (JSON of our own)
    if record is None:
        return None
    columns, rows = record
    return Table(
        tuple(columns),
        tuple(
            (label, tuple(Cell(text, number) for text, number in cells)) for label, cells in rows
        ),
    )


def _generated(record: Any) -> Generated | None:  # noqa: ANN401 (JSON of our own)
    if record is None:
        return None
    statements, name, host, at, quotes = record
    return Generated(
        tuple(Statement(text, support, tuple(numbers)) for text, support, numbers in statements),
        LanguageModel(name, host),
        datetime.fromisoformat(at),
        quotes,
    )


def _without(answer: Answer, quotes: dict[int, str]) -> Answer:
    """Take lost quotes out of everything that repeats them; their numbers stay to be named."""
    if not quotes:
        return answer
    table, generated = answer.table, answer.generated
    return replace(
        answer,
        text=_cut(answer.text, quotes),
        table=table and replace(table, rows=tuple(_cut_row(row, quotes) for row in table.rows)),
        generated=generated
        and replace(
            generated,
            quotes=_cut(generated.quotes, quotes),
            statements=tuple(_still_backed(one, quotes) for one in generated.statements),
        ),
    )


def _cut(text: str, quotes: dict[int, str]) -> str:
    for number, quote in quotes.items():
        printed = rf"([„»]){re.escape(quote)}([“«] \[{number}\])"
        text = re.sub(printed, rf"\1{LEFT_OUT}\2", text)
    return text


def _cut_row(row: Row, quotes: dict[int, str]) -> Row:
    label, cells = row
    lost = any(cell.number in quotes for cell in cells)
    kept = tuple(Cell(LEFT_OUT, one.number) if one.number in quotes else one for one in cells)
    return (LEFT_OUT if lost and len(cells) == 1 else label), kept


def _still_backed(statement: Statement, quotes: dict[int, str]) -> Statement:
    """Take away what backed a sentence; without any backing left, it has none."""
    numbers = tuple(number for number in statement.numbers if number not in quotes)
    return replace(statement, numbers=numbers, support=statement.support if numbers else "none")
