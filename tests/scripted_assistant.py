"""An assistant that answers from a script: real passages, real citations, no index, no model."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from assistant.answers import (
    Answer,
    Cell,
    Citation,
    Generated,
    LanguageModel,
    Message,
    Note,
    Statement,
    Table,
)
from corpus.documents import Health, Hit, Passage, Source
from corpus.errors import UserFacingError
from corpus.manifest import Manifest
from corpus.records import IndexedDocument

GUIDELINE = Source(
    title="Förderrichtlinie „Bildungskommunen“",
    publisher="Bundesministerium für Bildung und Forschung",
    url="https://www.bmbf.de/bekanntmachung.html",
    kind="Richtlinie",
    level="Bund",
    evidence="A",
    as_of=date(2022, 1, 18),
    valid_from=date(2022, 1, 18),
)
EXPIRED = Source(
    title="Richtlinie „Bildung integriert“",
    publisher="Bundesministerium für Bildung und Forschung",
    url="https://www.bmbf.de/bildung-integriert.html",
    kind="Richtlinie",
    level="Bund",
    evidence="A",
    as_of=date(2015, 2, 2),
    valid_from=date(2015, 2, 2),
    valid_until=date(2022, 12, 31),
)
BEFORE = (
    "Gegenstand der Förderung ist der Auf- und Ausbau einer analog-digital vernetzten "
    "Bildungslandschaft in den Kreisen und kreisfreien Städten."
)
ELIGIBLE = (
    "Antragsberechtigt sind Kreise und kreisfreie Städte in Deutschland. Kreisangehörige Gemeinden "
    "können über den Antrag ihres Landkreises einbezogen werden.\n"
    "Die Förderung umfasst drei Module:\n"
    "- Modul 1: datenbasiertes kommunales Bildungsmanagement (DKBM)\n"
    "- Modul 2: analog-digital vernetzte Bildungslandschaft\n"
    "- Modul 3: mindestens ein thematischer Schwerpunkt"
)
AFTER = "Die Zuwendung wird im Wege der Projektförderung als nicht rückzahlbarer Zuschuss gewährt."
OLD = "Antragsberechtigt sind Kreise und kreisfreie Städte, vorrangig mit einem Konzept."
HOSTILE_IMAGE = "http://fremd.example/bild.png"
HOSTILE = (
    "<script>alert('s')</script> <img src=x onerror=\"alert('i')\"> "
    f"![Bild]({HOSTILE_IMAGE}) <form action='http://fremd.example/'><input name=q></form>\n\n"
    "%%%LATEX_BLOCK_0%%% $$x$$ <svg onload=alert(1)> </article></div>"
    "**fett** [Link](javascript:alert(1))"
)


def passage(
    name: str,
    n: int,
    text: str,
    *,
    source: Source = GUIDELINE,
    page: int = 14,
    label: str = "12",
    heading: tuple[str, ...] = ("2 Gegenstand der Förderung", "2.1 Zuwendungsempfänger"),
) -> Passage:
    return Passage(
        id=f"{name}:{page}:{n}",
        document_id=name,
        document_name=f"{name}.pdf",
        title=source.title,
        page=page,
        page_label=label,
        heading_path=heading,
        text=text,
        sentences=((0, len(text)),),
        source=source,
    )


PASSAGES = (
    passage("richtlinie", 0, BEFORE),
    passage("richtlinie", 1, ELIGIBLE),
    passage("richtlinie", 2, AFTER),
    passage("integriert", 0, OLD, source=EXPIRED, page=3, label="3", heading=()),
    passage(
        "boese",
        0,
        HOSTILE,
        source=replace(GUIDELINE, title=HOSTILE, url="javascript:alert(1)", publisher=HOSTILE),
        heading=(HOSTILE,),
    ),
)
BY_ID = {item.id: item for item in PASSAGES}


def cite(number: int, passage_id: str, quote: str) -> Citation:
    source = BY_ID[passage_id]
    start = source.text.index(quote)
    return Citation(number, source, quote, start, start + len(quote))


QUOTE = "Antragsberechtigt sind Kreise und kreisfreie Städte in Deutschland."
MODULES = ELIGIBLE[ELIGIBLE.index("Die Förderung") :]
OLD_QUOTE = "Antragsberechtigt sind Kreise und kreisfreie Städte, vorrangig mit einem Konzept."


def answered(question: str) -> Answer:
    citations = (
        cite(1, "richtlinie:14:1", QUOTE),
        cite(2, "richtlinie:14:1", MODULES),
        cite(3, "integriert:3:0", OLD_QUOTE),
    )
    return Answer(
        question=question,
        standalone_question=question,
        text=f"„{QUOTE}“ [1]\n\n„{MODULES}“ [2]\n\n„{OLD_QUOTE}“ [3]",
        outcome="answered",
        citations=citations,
        hits=tuple(Hit(item, 0.9 - n / 10, n + 1) for n, item in enumerate(PASSAGES[:3])),
        notes=(Note("superseded", "Beleg 3 stammt aus einer Richtlinie, die nicht mehr gilt."),),
        seconds_retrieve=0.02,
        seconds_answer=0.1,
    )


def refused(question: str) -> Answer:
    text = (
        "Das steht nicht in den Unterlagen.\n\nAm nächsten kommen diese Stellen:\n"
        "- Förderrichtlinie „Bildungskommunen“, S. 12\n\n"
        "Bitte fragen Sie die Regionale Entwicklungsagentur (REAB) Ihres Landes."
    )
    return Answer(question, question, text, "refused")


def partial(question: str) -> Answer:
    return Answer(
        question=question,
        standalone_question="Wer darf in Hessen einen Antrag stellen?",
        text=f"Dazu steht in den Unterlagen nur Folgendes:\n\n„{QUOTE}“ [1]",
        outcome="partial",
        citations=(cite(1, "richtlinie:14:1", QUOTE),),
        notes=(Note("partial", "Zu Hessen selbst steht nichts in den Unterlagen."),),
        place="Landkreis Gießen, Hessen",
    )


def hostile(question: str) -> Answer:
    return Answer(
        question=question,
        standalone_question=HOSTILE,
        text=f"{HOSTILE} [1]",
        outcome="answered",
        citations=(cite(1, "boese:14:0", HOSTILE),),
        notes=(Note("conflict", HOSTILE),),
        place=HOSTILE,
    )


def generated(question: str) -> Answer:
    base = answered(question)
    statements = (
        Statement("Kreise und kreisfreie Städte dürfen den Antrag stellen.", "ok", (1,)),
        Statement("Das lohnt sich.", "none"),
    )
    return replace(
        base,
        text=f"KI-generiert\n\n{statements[0].text} [1]\n\n{base.text}",
        mode="generated",
        generated=Generated(
            statements, LanguageModel("probe-4b"), datetime(2026, 11, 24, 5, 10), base.text
        ),
    )


def comparison(question: str) -> Answer:
    base = answered(question)
    rows = (
        ("Antragsberechtigt", (Cell(QUOTE, 1), Cell(OLD_QUOTE, 3))),
        ("Dauer", (Cell("", None), Cell(OLD_QUOTE, 3))),
    )
    return replace(base, table=Table(("Bildungskommunen", "Bildung integriert"), rows))


class ScriptedIndex:
    manifest = Manifest(1, "scripted", 2, 200, 3, 5, "2026-11-24T09:00:00+00:00")
    documents = tuple(
        IndexedDocument(
            id=one.document_id,
            origin=f"/ablage/{one.document_name}",
            name=one.document_name,
            title=one.title,
            language="de",
            pages=20,
            passages=1,
            source=one.source,
            health=Health(pages_without_text=2, remarks=("1 Bild ausgelassen.",)),
        )
        for one in {one.document_id: one for one in PASSAGES}.values()
    )

    def __len__(self) -> int:
        return len(PASSAGES)

    def document(self, document_id: str) -> IndexedDocument | None:
        return next((one for one in self.documents if one.id == document_id), None)

    def row(self, passage_id: str) -> int | None:
        return list(BY_ID).index(passage_id) if passage_id in BY_ID else None

    def passage(self, passage_id: str) -> Passage | None:
        return BY_ID.get(passage_id)

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        return [PASSAGES[row] for row in rows]


@dataclass
class ScriptedAssistant:
    """Chooses the answer by a word in the question and remembers what it was asked.

    A question with "langsam" pauses after its first step until `go_on` is set.
    """

    asked: list[tuple[str, tuple[Message, ...]]] = field(default_factory=list)
    kept_to: list[frozenset[str]] = field(default_factory=list)
    asking: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def ask(self, question: str, history: Sequence[Message] = ()) -> Iterator[Answer]:
        self.asked.append((question, tuple(history)))
        self.asking.set()
        if "Fehler" in question:
            raise UserFacingError("Der Index ist leer.", hint="`bildungslotse ingest` hilft.")
        if "Absturz" in question:
            raise ZeroDivisionError("geheimes Detail")
        answer = self._answer(question)
        growing = replace(answer, citations=(), hits=(), notes=())
        yield replace(growing, text=answer.text[: len(answer.text) // 2])
        if "langsam" in question:
            self.go_on.wait(60)
        yield growing
        yield answer

    def within(self, documents: frozenset[str]) -> "ScriptedAssistant":
        self.kept_to.append(documents)
        return self

    def search(self, query: str, k: int = 10) -> list[Hit]:
        return [Hit(item, 1.0 / (n + 1), n + 1) for n, item in enumerate(PASSAGES[:k])]

    def for_reader(self, readership):
        return self

    def passage(self, passage_id: str) -> Passage | None:
        return BY_ID.get(passage_id)

    @property
    def index(self) -> "ScriptedIndex":
        return ScriptedIndex()

    def _answer(self, question: str) -> Answer:
        if "Wetter" in question:
            return refused(question)
        if "Hessen" in question:
            return partial(question)
        if "Vergleich" in question:
            return comparison(question)
        if "Sprachmodell" in question:
            return generated(question)
        return hostile(question) if "böse" in question else answered(question)
