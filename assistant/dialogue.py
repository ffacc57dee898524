"""The assistant: a question and the conversation before it become a stream of answers."""

import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from assistant.answers import Answer, Message
from assistant.extractive import reply_to
from assistant.findings import Finding, Search
from assistant.follow_up import standalone
from assistant.generation.writer import Writer
from assistant.question import understand
from assistant.requests import as_question
from assistant.retriever import Retriever
from assistant.several import parts_of, reply_to_several
from assistant.validity import Timeframe, asks_for_past, split_day
from corpus.audiences import ANYONE, OWNER, FolderRules, Readership
from corpus.documents import Hit, Passage
from corpus.embedder import Embedder
from corpus.errors import UserFacingError
from corpus.index import Index
from corpus.live import LiveIndex
from corpus.manifest import Manifest
from corpus.server import Server

LONGEST_QUESTION = 2_000  # characters
SHOWN = 10  # hits in an answer


class Observer(Protocol):
    """What counts answers and failures; it gets them whole and keeps numbers alone."""

    def answered(self, answer: Answer) -> None:
        """Note an answer."""

    def failed(self, error: Exception) -> None:
        """Note that there was none."""


Elsewhere = Callable[[str, Sequence[Message], Readership, frozenset[str]], Answer]


class BadQuestion(UserFacingError):
    """A question that cannot be answered as it stands."""


class Assistant:
    """Answers one reader from the live generation of one data directory.

    As it is made it answers anyone: from public documents alone. `for_reader` opens more.
    """

    def __init__(
        self,
        data: Path,
        embedder: Embedder,
        *,
        today: Callable[[], date] = date.today,
        rules: FolderRules = MappingProxyType({}),
        observer: Observer | None = None,
        writer: Writer | None = None,
        server: Server | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        """`elsewhere` answers in another process what no language model words."""
        self._writer = writer
        self._elsewhere = elsewhere
        self._today = today
        self._embedder = embedder
        self._live = LiveIndex(data, embedder, rules, server)
        self._readership = ANYONE
        self._observer = observer
        self._within: frozenset[str] = frozenset()

    def for_reader(self, readership: Readership) -> "Assistant":
        """Return the assistant that answers from what this reader may see, and nothing else."""
        one = copy(self)
        one._readership = readership
        return one

    def within(self, documents: frozenset[str]) -> "Assistant":
        """Return the assistant that answers from these documents alone; none named means all."""
        one = copy(self)
        one._within = documents
        return one

    def ask(self, question: str, history: Sequence[Message] = ()) -> Iterator[Answer]:
        """Answer from the documents; the text grows, the last answer carries the citations."""
        checked = check_question(question)
        answer = None
        try:
            for answer in self._stream(checked, history):
                yield answer
        except Exception as error:
            if self._observer:
                self._observer.failed(error)
            raise
        if self._observer and answer:
            self._observer.answered(answer)

    def _stream(self, question: str, history: Sequence[Message]) -> Iterator[Answer]:
        """Yield the answer as it grows.

        A language model, where there is one, words answers and nothing else: what is refused,
        doubtful or compared in a table never reaches it.
        """
        if self._elsewhere and not self._writer:
            answer = self._elsewhere(question, history, self._readership, self._within)
        else:
            answer, finding, search = self._answer(question, history)
            is_comparison = answer.table is not None and answer.table.is_comparison
            if self._writer and answer.outcome == "answered" and not is_comparison:
                yield from self._writer.write(answer, finding, search)
                return
        paragraphs = answer.text.split("\n\n")
        for shown in range(1, len(paragraphs)):
            text = "\n\n".join(paragraphs[:shown])
            yield replace(answer, text=text, citations=(), notes=(), table=None)
        yield answer

    def _answer(self, question: str, history: Sequence[Message]) -> tuple[Answer, Finding, Search]:
        complete = self._complete(question, history)
        wording, day = split_day(as_question(complete))
        retriever = self.retriever
        started = time.perf_counter()
        search = Search(retriever, self._timeframe(wording, day, retriever.index))
        finding = search.find(wording)
        retrieved = time.perf_counter()
        parts = () if self._writer else parts_of(wording)
        reply = (parts and reply_to_several(parts, search)) or reply_to(finding, search)
        answer = Answer(
            question=question,
            standalone_question=complete,
            text=reply.text,
            outcome=reply.outcome,
            citations=reply.citations,
            hits=finding.retrieval.hits[:SHOWN],
            notes=reply.notes,
            table=reply.table,
            place=", ".join(place.label for place in finding.query.places) or None,
            seconds_retrieve=retrieved - started,
            seconds_answer=time.perf_counter() - retrieved,
        )
        return answer, finding, search

    def _complete(self, question: str, history: Sequence[Message]) -> str:
        """Make a follow-up stand alone: by rules, or better by the model where rules see one."""
        by_rules = standalone(question, history)
        if self._writer is None or by_rules == question:
            return by_rules
        return self._writer.condense(question, history) or by_rules

    def _timeframe(self, question: str, day: date | None, index: Index) -> Timeframe:
        """Return the time a question is about: the day it names, the past, or today."""
        today = self._today()
        is_past = day is None and asks_for_past(question, today)
        return Timeframe(
            day or today,
            index.learned.endings,
            is_past,
            is_named=day is not None and day < today,
            is_english=understand(question).is_english,
        )

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """Return the best passages without an answer."""
        return list(self.retriever.retrieve(check_question(query), top_k=k).hits)

    def passage(self, passage_id: str) -> Passage | None:
        """Return one passage of the live generation."""
        return self.index.passage(passage_id)

    @property
    def manifest(self) -> Manifest:
        """Which generation is live and how large it is as a whole; not for readers to see."""
        return self._live.readable_by(OWNER).manifest

    @property
    def index(self) -> Index:
        """What the reader may see of the live generation; it stays as it is while it is kept."""
        return self.retriever.index

    @property
    def retriever(self) -> Retriever:
        """A retriever over what the reader may see of the live generation, pinned to it."""
        return Retriever(self._live.readable_by(self._readership, self._within), self._embedder)


def last(answers: Iterator[Answer]) -> Answer:
    """Exhaust a stream and return its last, complete answer."""
    *_, answer = answers
    return answer


def answer_to(assistant: Assistant, question: str) -> Answer:
    """Answer one question of many: what is no question is refused, and the others go on."""
    try:
        return last(assistant.ask(question))
    except BadQuestion as error:
        return Answer(question, question, str(error), "refused")


def check_question(text: str) -> str:
    """Return the question without control characters; refuse what is no question."""
    decoded = text.encode("utf-8", "replace").decode("utf-8")  # half a character becomes "?"
    visible = "".join(one for one in decoded if unicodedata.category(one) != "Cf")
    question = " ".join("".join(one if one.isprintable() else " " for one in visible).split())
    if not any(character.isalnum() for character in question):
        raise BadQuestion(
            "Die Frage ist leer.",
            hint="Bitte eine Frage eingeben, zum Beispiel: Wer darf Anträge stellen?",
        )
    if len(question) > LONGEST_QUESTION:
        raise BadQuestion(
            f"Die Frage ist mit {len(question)} Zeichen zu lang.",
            hint=f"Bitte auf höchstens {LONGEST_QUESTION} Zeichen kürzen.",
        )
    return question
