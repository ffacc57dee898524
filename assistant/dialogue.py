"""The assistant: a question and the conversation before it become a stream of answers."""

import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.answers import Answer, Message
from assistant.caveats import notes
from assistant.composition import cite, partial, quoted, refusal
from assistant.conflicts import rivals
from assistant.follow_up import standalone
from assistant.gate import outcome, stated_gap
from assistant.query import Query, build_query
from assistant.question import understand
from assistant.retriever import Retriever
from assistant.selection import MOST, best_of, quotes, select
from assistant.units import FURTHER, Unit, score_units
from assistant.validity import Timeframe, asks_for_past, split_day
from corpus.documents import Hit, Passage
from corpus.embedder import Embedder
from corpus.errors import UserFacingError
from corpus.index import Index
from corpus.manifest import read_manifest

LONGEST_QUESTION = 2_000  # characters
SHOWN = 10  # hits in an answer
WHO_ADVISES = "Wer ist für Beratung und Auskunft zuständig in {}? Ansprechpartner und Kontakt"
WHO_ANSWERS = (
    "Wer ist bei Fragen zu Antrag und Geld der richtige Ansprechpartner?",
    "Wer gibt Auskunft, wer ist Ansprechpartner?",
)
# A sentence that names somebody to ask, and not only speaks of advice.
ADVISES = re.compile(
    r"\b(?:ist|sind)\b[^.]*\bzuständig|Ansprechpartner|Auskunft (?:gibt|geben|erteil)|\bberät\b|"
    r"Kontakt(?:stelle|daten|:)"
)


class BadQuestion(UserFacingError):
    """A question that cannot be answered as it stands."""


class Assistant:
    """Answers from the live generation of one data directory."""

    def __init__(
        self, data: Path, embedder: Embedder, *, today: Callable[[], date] = date.today
    ) -> None:
        self._data = data
        self._today = today
        self._embedder = embedder
        self._retriever = Retriever(Index.open(data, embedder), embedder)

    def ask(self, question: str, history: Sequence[Message] = ()) -> Iterator[Answer]:
        """Answer from the documents; the text grows, the last answer carries the citations."""
        answer = self._answer(check_question(question), history)
        paragraphs = answer.text.split("\n\n")
        for shown in range(1, len(paragraphs)):
            text = "\n\n".join(paragraphs[:shown])
            yield replace(answer, text=text, citations=(), notes=())
        yield answer

    def _answer(self, question: str, history: Sequence[Message]) -> Answer:
        complete = standalone(question, history)
        wording, day_named = split_day(complete)
        asked = understand(wording)
        retriever = self._current()
        started = time.perf_counter()
        query = build_query(asked, retriever.index)
        retrieval = retriever.retrieve(query.text, synonyms=query.synonyms, top_k=FURTHER)
        retrieved = time.perf_counter()
        today = self._today()
        now = Timeframe(today, retriever.index.learned.endings)
        is_past = day_named is None and asks_for_past(asked.text, today)
        timeframe = replace(now, day=day_named or today, is_past=is_past)
        units = score_units(query, retrieval, retriever.index, timeframe=timeframe)
        decided = outcome(query, units, retriever.index.background)
        if decided == "refused":
            gap = stated_gap(query, units)
            stated = quotes([gap] if gap else [])
            citations = cite([*stated, *quotes(self._whom_to_ask(query, retriever, now))])
            gap_text, contact_text = (
                quoted(part, timeframe)
                for part in (citations[: len(stated)], citations[len(stated) :])
            )
            text = refusal(asked, retrieval.hits, gap_text, contact_text)
        else:
            chosen = select(units, is_local=query.is_local)
            further = [
                unit for unit in rivals(query, units, chosen, timeframe) if unit not in chosen
            ]
            citations = cite(quotes([*chosen[: MOST - len(further)], *further]))
            text = quoted(citations, timeframe)
            text = partial(asked, text) if decided == "partial" else text
        return Answer(
            question=question,
            standalone_question=complete,
            text=text,
            outcome=decided,
            citations=citations,
            hits=retrieval.hits[:SHOWN],
            notes=()
            if decided == "refused"
            else notes(asked, citations, retrieval.hits, retriever.index.learned.parts, timeframe),
            place=", ".join(place.label for place in query.places) or None,
            seconds_retrieve=retrieved - started,
            seconds_answer=time.perf_counter() - retrieved,
        )

    def _whom_to_ask(self, query: Query, retriever: Retriever, now: Timeframe) -> list[Unit]:
        """Find who advises in the place that was asked about, else who answers for money."""
        lands = ", ".join(sorted(query.lands))
        for wanted in [WHO_ADVISES.format(lands)] if lands else WHO_ANSWERS:
            contact = build_query(understand(wanted), retriever.index)
            retrieval = retriever.retrieve(contact.text, synonyms=contact.synonyms)
            units = score_units(contact, retrieval, retriever.index, timeframe=now)
            decided = outcome(contact, units, retriever.index.background)
            if decided != "refused" and ADVISES.search(best_of(units).text):
                return [best_of(units)]
        return []

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """Return the best passages without an answer."""
        return list(self._current().retrieve(check_question(query), top_k=k).hits)

    def passage(self, passage_id: str) -> Passage | None:
        """Return one passage of the live generation."""
        return self.index.passage(passage_id)

    @property
    def index(self) -> Index:
        """The live generation; who keeps it is not disturbed by the next one."""
        return self._current().index

    def neighbours(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """Return the passages before and after in the same document."""
        index = self._current().index
        row = index.row(passage.id)
        if row is None:
            return None, None
        around = [
            index.passages([near])[0] if 0 <= near < len(index) else None
            for near in (row - 1, row + 1)
        ]
        before, after = (
            near if near and near.document_id == passage.document_id else None for near in around
        )
        return before, after

    def _current(self) -> Retriever:
        """Return the retriever of the live generation; another process may have switched it."""
        manifest = read_manifest(self._data)
        if manifest != self._retriever.index.manifest:
            self._retriever = Retriever(Index.open(self._data, self._embedder), self._embedder)
        return self._retriever


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
