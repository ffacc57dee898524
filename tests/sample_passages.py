"""A small invented corpus: the programme "Lesebrücke" in three documents and six passages."""

from dataclasses import replace
from datetime import date

from corpus.documents import Passage, Source
from corpus.manifest import read_manifest
from corpus.records import IndexedDocument
from corpus.sentences import sentence_spans
from corpus.writer import IndexWriter

SOURCE = Source(
    title="Leitfaden Lesebrücke",
    publisher="Lesebüro",
    url="https://lesebruecke.example/leitfaden",
    kind="Richtlinie",
    level="Land",
    evidence="A",
    as_of=date(2031, 2, 1),
    valid_until=date(2034, 12, 31),
)
ELIGIBLE = (
    "Antragsberechtigt sind Kreise und kreisfreie Städte. Vereine können als Partner mitwirken."
)
RATE = (
    "Die Förderquote beträgt 60 Prozent der anerkannten Ausgaben. "
    "Der Eigenanteil darf auch als Arbeitszeit erbracht werden."
)
DEADLINE = (
    "Anträge sind bis zum 30. September 2031 beim Lesebüro einzureichen. "
    "Später eingehende Anträge werden nicht berücksichtigt."
)
CONTACT = "Auskunft gibt Lena Beispiel, Telefon 0555 123456, lesebruecke@example.org."
BUS = "Der Lesebus fährt jeden Mittwoch durch die Dörfer. Er bringt Bilderbücher in Kindergärten."
REPAIR = (
    "Die Wartung des Lesebusses übernimmt die Werkstatt des Kreises. "
    "Ersatzteile bezahlt der Förderkreis Lesebrücke (FKL)."
)


def passage(text, document="leitfaden", page=1, n=1, *, label="", title="", heading=(), **values):
    """Make a passage with its sentences as quotable units."""
    return Passage(
        id=f"{document}:{page}:{n}",
        document_id=document,
        document_name=values.pop("name", f"{document}.md"),
        title=title or document.capitalize(),
        page=page,
        page_label=label,
        heading_path=heading,
        text=text,
        sentences=values.pop("sentences", tuple(sentence_spans(text))),
        source=values.pop("source", Source()),
    )


def _guideline(text, page, n):
    made = passage(text, page=page, n=n, label=str(page - 2), name="leitfaden.pdf", source=SOURCE)
    return replace(made, title=SOURCE.title, heading_path=("Förderung", "Verfahren"))


PASSAGES = (
    _guideline(ELIGIBLE, 3, 1),
    _guideline(RATE, 4, 1),
    _guideline(DEADLINE, 4, 2),
    passage(CONTACT, "kontakte", heading=("Kontakt",)),
    passage(BUS, "lesebus", n=1),
    passage(REPAIR, "lesebus", n=2, heading=("Technik",)),
)


def documents_of(passages):
    """Return the documents that some passages lie in, as the index keeps them."""
    found = {}
    for one in passages:
        found.setdefault(one.document_id, []).append(one)
    return [
        IndexedDocument(
            id=document_id,
            origin=f"/dokumente/{inside[0].document_name}",
            name=inside[0].document_name,
            title=inside[0].title,
            language="de",
            pages=max(one.page for one in inside),
            passages=len(inside),
            source=inside[0].source,
        )
        for document_id, inside in found.items()
    ]


def build(data, embedder, passages=PASSAGES):
    """Make an index of exactly these passages and return its manifest."""
    live = read_manifest(data)
    rebuild = live is not None and live.embedder != embedder.name
    with IndexWriter.open(data, embedder=embedder, passage_tokens=200, rebuild=rebuild) as writer:
        wanted = documents_of(passages)
        for origin in writer.documents.keys() - {document.origin for document in wanted}:
            writer.remove(origin)
        for document in wanted:
            own = [one for one in passages if one.document_id == document.id]
            writer.put(document, own)
        return writer.commit()
