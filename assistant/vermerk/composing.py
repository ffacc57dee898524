"""Answers, or passages somebody collected, to a note for the file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.answers import Generated, Statement, Table
from assistant.mark import Mark
from assistant.vermerk.footnotes import Footnotes
from assistant.vermerk.labels import LABELS, Labels
from assistant.vermerk.lines import lines_of
from assistant.vermerk.note import Block, Fact, FileNote, Grid, Line, Piece, Section
from assistant.vermerk.plain import plain
from assistant.vermerk.proving import prove
from assistant.vermerk.record import LEFT_OUT, Dated
from assistant.vermerk.stock import Stock
from assistant.wording.answer import generated_by, heading_of, origin_of, text_below_heading
from assistant.wording.words import Words

_BELEG = re.compile(r"\bBeleg \d+(?:, \d+)*")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Collected:
    """A passage that somebody collected, and what they wrote beside it."""

    passage_id: str
    mark: Mark
    remark: str = ""


def note_of_answers(
    answers: Sequence[Dated], stock: Stock, words: Words, now: datetime
) -> FileNote:
    """Write one section for each answer, in their order."""
    labels = LABELS[words.language]
    title = labels.note_on_many.format(count=len(answers))
    if len(answers) == 1:
        title = labels.note_on.format(question=plain(answers[0].answer.question))
    composer = _Composer(stock, words, now)
    sections = tuple(composer.section(one) for one in answers)
    written_by = {one.answer.generated.model.name for one in answers if one.answer.generated}
    return composer.note(title, sections, sorted(written_by))


def note_of_collection(
    collected: Sequence[Collected], stock: Stock, words: Words, now: datetime
) -> FileNote:
    """Write one section with all passages, in their order; what no longer holds is named."""
    composer = _Composer(stock, words, now)
    labels = LABELS[words.language]
    blocks = tuple(block for one in collected for block in composer.collected(one))
    facts = ((labels.kind, words.extractive),)
    return composer.note(labels.collection, (Section(words.sources, facts, blocks),), [])


class _Composer:
    """Makes the parts of one note, which share their footnotes."""

    def __init__(self, stock: Stock, words: Words, now: datetime) -> None:
        self._stock, self._words, self._now = stock, words, now
        self._labels: Labels = LABELS[words.language]
        self._footnotes = Footnotes(words, now.date(), stock.checksum)

    def note(self, title: str, sections: tuple[Section, ...], models: Sequence[str]) -> FileNote:
        words, labels, stock = self._words, self._labels, self._stock
        read = labels.stock_value.format(count=stock.documents, moment=words.moment(stock.read_at))
        kind = [f"{labels.ai_generated}: {', '.join(models)}"] if models else [labels.ai_system]
        return FileNote(
            title=title,
            language=words.language,
            created=self._now,
            facts=((labels.created, words.moment(self._now)), (labels.stock, read)),
            sections=sections,
            footnotes=tuple(self._footnotes.all),
            closing=labels.closing,
            keywords=tuple(plain(one) for one in kind),
        )

    def section(self, dated: Dated) -> Section:
        answer, words, labels = dated.answer, self._words, self._labels
        understood = answer.standalone_question.strip()
        facts: list[Fact] = [
            (words.understood_as, understood if understood != answer.question.strip() else ""),
            (labels.place, answer.place or ""),
            (labels.answered, words.moment(dated.at)),
            (labels.kind, origin_of(answer, words)),
        ]
        return Section(
            plain(answer.question),
            tuple((name, plain(value)) for name, value in facts if value),
            tuple(self._blocks(dated)),
        )

    def collected(self, one: Collected) -> Iterator[Line]:
        """Print a collected passage with its footnote, or say that it no longer holds."""
        citation = prove(one.passage_id, one.mark, self._stock.find)
        if citation is None:
            name = plain(one.passage_id)
            yield Line((self._labels.lost_mark.format(name=name),), "remark")
        else:
            number = self._footnotes.number_of(citation)
            yield from lines_of(f"„{citation.quote}“ [1]", {1: citation.quote}, {1: number})
        if one.remark.strip():
            yield Line((f"{self._labels.remark}: {plain(one.remark).strip()}",), "remark")

    def _blocks(self, dated: Dated) -> Iterator[Block]:
        answer, words = dated.answer, self._words
        numbers = _Numbers(dated, self._footnotes)
        body = [*self._body(dated, numbers)]  # first, because notes name footnotes by number
        yield Line((heading_of(answer, words),), "subheading")
        for note in answer.notes:
            yield Line(
                (f"{words.notes[note.kind]}: {numbers.put_into(plain(note.text))}",), "remark"
            )
        yield from body

    def _body(self, dated: Dated, numbers: "_Numbers") -> Iterator[Block]:
        answer, words = dated.answer, self._words
        quotes = {one.number: one.quote for one in answer.citations}
        quotes |= {one.number: LEFT_OUT for one in dated.lost}
        if answer.generated is not None:
            yield from self._written(answer.generated, numbers)
            yield Line((words.verbatim,), "subheading")
            yield from lines_of(answer.generated.quotes, quotes, numbers)
            return
        if answer.table is not None:
            yield self._grid(answer.table, numbers)
        if answer.table is None or not answer.table.is_comparison:
            yield from lines_of(text_below_heading(answer), quotes, numbers)

    def _written(self, generated: Generated, numbers: "_Numbers") -> Iterator[Line]:
        yield Line((plain(generated_by(generated, self._words)),), "remark")
        for one in generated.statements:
            yield Line(self._statement(one, numbers), "written")

    def _statement(self, one: Statement, numbers: "_Numbers") -> tuple[Piece, ...]:
        if one.support == "none":
            return (f"{self._words.unsupported}: {plain(one.text)}",)
        return (plain(one.text), *(numbers[number] for number in one.numbers))

    def _grid(self, table: Table, numbers: "_Numbers") -> Grid:
        def cell(text: str, number: int | None) -> tuple[Piece, ...]:
            if number is None:
                return (self._words.not_stated,)
            return (" ".join(plain(text).split()), numbers[number])

        columns = tuple(plain(one) for one in table.columns) if table.is_comparison else ()
        rows = tuple(
            ((plain(label),), *(cell(one.text, one.number) for one in cells))
            for label, cells in table.rows
        )
        return Grid(columns, rows)


class _Numbers(Mapping[int, int]):
    """The numbers of an answer's citations to those of the note; a footnote is made on demand."""

    def __init__(self, dated: Dated, footnotes: Footnotes) -> None:
        self._citations = {one.number: one for one in dated.answer.citations}
        self._lost = {one.number: one for one in dated.lost}
        self._footnotes = footnotes

    def __getitem__(self, number: int) -> int:
        if number in self._citations:
            return self._footnotes.number_of(self._citations[number])
        return self._footnotes.number_of_lost(self._lost[number])

    def put_into(self, note: str) -> str:
        """Let the "Beleg 1" of a note name the footnote of that quote."""

        def renumbered(match: re.Match[str]) -> str:
            return str(self[int(match[0])]) if int(match[0]) in self else match[0]

        return _BELEG.sub(lambda found: _DIGITS.sub(renumbered, found[0]), note)

    def __iter__(self) -> Iterator[int]:
        return iter([*self._citations, *self._lost])

    def __len__(self) -> int:
        return len(self._citations) + len(self._lost)
