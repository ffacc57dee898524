"""What the desk says, in German and English; a missing text fails at import."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.desk.facets import Facet
from assistant.wording.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskWords:
    """The texts of one language; `{…}` is filled with `str.format`."""

    title: str
    sections: str
    search: str
    maintain: str
    collection: str
    query: str
    query_hint: str
    search_button: str
    narrow: str
    facets: Mapping[Facet, str]
    not_stated: str
    more_values: str
    chosen: str
    remove_value: str
    day: str
    day_hint: str
    day_button: str
    day_chosen: str
    reset: str
    one_hit: str
    hits: str
    hits_cut: str
    in_one_document: str
    in_documents: str
    one_document: str
    documents: str
    order: str
    by_relevance: str
    by_title: str
    by_date: str
    nothing_found: str
    nothing_hint: str
    without_filter: str
    all_documents: str
    no_document: str
    one_more_find: str
    more_finds: str
    in_context: str
    collect: str
    collected: str
    collected_said: str
    uncollected_said: str
    collecting_failed: str
    collection_full: str
    part: str
    previous: str
    next: str
    pages: str
    as_of: str
    unknown_as_of: str
    unknown_validity: str
    origin: str
    file: str
    level: str
    state: str
    passages: str
    one_passage: str
    count_passages: str
    official: str
    other_source: str
    new_tab: str
    back_to_search: str
    remove: str
    gone: str
    gone_hint: str


def collecting_said(words: DeskWords) -> dict[str, str]:
    """Return what the script of the Merkliste says, by the name it knows each text by."""
    return {
        "gemerkt": words.collected_said,
        "vergessen": words.uncollected_said,
        "gesperrt": words.collecting_failed,
        "voll": words.collection_full,
    }


_GERMAN = DeskWords(
    title="Quellen",
    sections="Quellen",
    search="Suchen",
    maintain="Aufnehmen",
    collection="Merkliste",
    query="In den Dokumenten suchen",
    query_hint="Stichworte oder eine Frage, etwa: Eigenanteil Personalkosten. Ein leeres Feld "
    "zeigt alle Dokumente.",
    search_button="Suchen",
    narrow="Eingrenzen",
    facets=MappingProxyType(
        {"kind": "Art", "level": "Ebene", "land": "Land", "theme": "Thema", "format": "Format"}
    ),
    not_stated="ohne Angabe",
    more_values="Weitere {count} zeigen",
    chosen="Ausgewählt",
    remove_value="aufheben",
    day="Gültig am",
    day_hint="Blendet aus, was an diesem Tag nachweislich nicht galt. Dokumente ohne Angabe "
    "bleiben.",
    day_button="Anwenden",
    day_chosen="gültig am {day}",
    reset="Alle Eingrenzungen aufheben",
    one_hit="1 Fundstelle",
    hits="{count} Fundstellen",
    hits_cut="Die {count} besten Fundstellen",
    in_one_document="in 1 Dokument",
    in_documents="in {count} Dokumenten",
    one_document="1 Dokument",
    documents="{count} Dokumente",
    order="Sortieren nach",
    by_relevance="Relevanz",
    by_title="Titel",
    by_date="Stand, neueste zuerst",
    nothing_found="Keine Fundstelle",
    nothing_hint="In den Dokumenten steht nichts, das zu „{question}“ passt. Oft hilft ein anderes "
    "Wort, etwa das der Richtlinie: „Zuwendungsempfänger“ statt „wer bekommt Geld“.",
    without_filter="Ohne Eingrenzung suchen",
    all_documents="Alle Dokumente zeigen",
    no_document="Kein Dokument passt zu dieser Auswahl",
    one_more_find="Eine weitere Fundstelle in diesem Dokument",
    more_finds="{count} weitere Fundstellen in diesem Dokument",
    in_context="Im Zusammenhang",
    collect="Merken",
    collected="Gemerkt",
    collected_said="Auf die Merkliste gesetzt. Sie enthält jetzt {count}.",
    uncollected_said="Von der Merkliste genommen. Sie enthält jetzt {count}.",
    collecting_failed="Der Browser lässt keine Merkliste zu.",
    collection_full="Die Merkliste ist mit {count} Stellen voll.",
    part="Seite {number} von {count}",
    previous="Zurück",
    next="Weiter",
    pages="Seiten der Liste",
    as_of="Stand {day}",
    unknown_as_of="Stand nicht bekannt",
    unknown_validity="Gültigkeit nicht bekannt",
    origin="Quelle",
    file="Datei",
    level="Ebene",
    state="Zustand des Dokuments",
    passages="Passagen",
    one_passage="1 Passage",
    count_passages="{count} Passagen",
    official="Amtliche Quelle öffnen",
    other_source="Quelle öffnen",
    new_tab="öffnet {host} in neuem Tab",
    back_to_search="Zur Suche",
    remove="Dokument entfernen",
    gone="Dieses Dokument gibt es im aktuellen Bestand nicht.",
    gone_hint="Vielleicht wurde es durch eine neue Fassung ersetzt. Bitte neu suchen.",
)

_ENGLISH = DeskWords(
    title="Sources",
    sections="Sources",
    search="Search",
    maintain="Add",
    collection="Collection",
    query="Search the documents",
    query_hint="Key words or a question; the documents are in German. An empty field shows all "
    "documents.",
    search_button="Search",
    narrow="Narrow down",
    facets=MappingProxyType(
        {"kind": "Kind", "level": "Level", "land": "Land", "theme": "Topic", "format": "Format"}
    ),
    not_stated="not stated",
    more_values="Show {count} more",
    chosen="Chosen",
    remove_value="remove",
    day="In force on",
    day_hint="Hides what is known not to hold on that day. Documents that do not say stay.",
    day_button="Apply",
    day_chosen="in force on {day}",
    reset="Remove all limits",
    one_hit="1 passage",
    hits="{count} passages",
    hits_cut="The {count} best passages",
    in_one_document="in 1 document",
    in_documents="in {count} documents",
    one_document="1 document",
    documents="{count} documents",
    order="Sort by",
    by_relevance="Relevance",
    by_title="Title",
    by_date="As of, newest first",
    nothing_found="Nothing found",
    nothing_hint="Nothing in the documents fits “{question}”. Another word often helps, such as "
    "the one the guideline uses; the documents are in German.",
    without_filter="Search without limits",
    all_documents="Show all documents",
    no_document="No document fits this choice",
    one_more_find="One more passage in this document",
    more_finds="{count} more passages in this document",
    in_context="In context",
    collect="Collect",
    collected="Collected",
    collected_said="Added to the collection, which now holds {count}.",
    uncollected_said="Taken off the collection, which now holds {count}.",
    collecting_failed="The browser does not allow a collection.",
    collection_full="The collection is full with {count} passages.",
    part="Page {number} of {count}",
    previous="Back",
    next="Next",
    pages="Pages of the list",
    as_of="As of {day}",
    unknown_as_of="Date not known",
    unknown_validity="Validity not known",
    origin="Source",
    file="File",
    level="Level",
    state="State of the document",
    passages="Passages",
    one_passage="1 passage",
    count_passages="{count} passages",
    official="Open the official source",
    other_source="Open the source",
    new_tab="opens {host} in a new tab",
    back_to_search="Back to the search",
    remove="Remove the document",
    gone="This document is not in the current collection.",
    gone_hint="Perhaps a new version has replaced it. Please search again.",
)

DESK_WORDS: Mapping[Language, DeskWords] = MappingProxyType({"de": _GERMAN, "en": _ENGLISH})
