"""What the path says, in German and English; a missing text fails at import."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.wording.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class PathWords:
    """The texts of one language; `{…}` is filled with `str.format`, or by the script."""

    title: str
    lead: str
    privacy: str
    progress: str
    start_again: str
    done: str
    station: str
    stations: str
    all_on_one: str
    glossary: str
    sources_label: str
    partial: str
    refused: str
    nothing: str
    trial: str
    trial_link: str
    check: str
    check_button: str
    choose_first: str
    right: str
    wrong: str
    because: str
    complete: str
    completed: str
    previous: str
    next: str
    back: str
    print_hint: str
    glossary_lead: str
    glossary_empty: str
    glossary_empty_hint: str


_GERMAN = PathWords(
    title="Einstieg",
    lead="Neu im Thema? Diese Stationen führen durch das Förderprogramm. Alles, was hier steht, "
    "ist wörtlich aus den eingelesenen Dokumenten; jede Stelle hat ihren Beleg. Was die "
    "Dokumente nicht sagen, bleibt offen.",
    privacy="Ihren Fortschritt merkt sich nur dieser Browser.",
    progress="{done} von {count} Stationen abgeschlossen",
    start_again="Fortschritt löschen",
    done="abgeschlossen",
    station="Station {number} von {count}",
    stations="Stationen",
    all_on_one="Alle Stationen auf einer Seite, zum Drucken",
    glossary="Glossar",
    sources_label="Beleg",
    partial="Dazu steht in den Unterlagen nur Folgendes:",
    refused="Das steht nicht in den Unterlagen. Am nächsten kommt:",
    nothing="Das steht nicht in den Unterlagen.",
    trial="Selbst fragen",
    trial_link="Im Gespräch fragen: {question}",
    check="Kurz geprüft",
    check_button="Prüfen",
    choose_first="Bitte zuerst eine Antwort wählen.",
    right="Richtig.",
    wrong="Das stimmt nicht.",
    because="So steht es in den Unterlagen:",
    complete="Station abschließen",
    completed="Abgeschlossen",
    previous="Zurück: {title}",
    next="Weiter: {title}",
    back="Alle Stationen",
    print_hint="Erstellt mit dem Bildungslotsen am {day}",
    glossary_lead="Begriffe und Abkürzungen, wie die eingelesenen Dokumente sie erklären. In "
    "Antworten sind sie unterstrichen: Zeigen oder antippen genügt.",
    glossary_empty="Die Dokumente erklären noch keine Begriffe.",
    glossary_empty_hint="Erklärungen werden aus Dokumenten der Art „Glossar“ gelesen und dort, wo "
    "eine Abkürzung in Klammern hinter ihrer Langform steht.",
)
_ENGLISH = PathWords(
    title="First steps",
    lead="New to the subject? These stations lead through the funding programme. Everything here "
    "is taken word for word from the stored documents, which are in German; each passage has its "
    "source. What the documents do not say stays open.",
    privacy="Only this browser remembers your progress.",
    progress="{done} of {count} stations completed",
    start_again="Clear progress",
    done="completed",
    station="Station {number} of {count}",
    stations="Stations",
    all_on_one="All stations on one page, for printing",
    glossary="Glossary",
    sources_label="Source",
    partial="This is all the documents say about it:",
    refused="The documents do not say this. The nearest is:",
    nothing="The documents do not say this.",
    trial="Ask yourself",
    trial_link="Ask in the conversation: {question}",
    check="A quick test",
    check_button="Check",
    choose_first="Please choose an answer first.",
    right="Right.",
    wrong="That is not right.",
    because="The documents say:",
    complete="Complete this station",
    completed="Completed",
    previous="Back: {title}",
    next="Next: {title}",
    back="All stations",
    print_hint="Made with Bildungslotse on {day}",
    glossary_lead="Terms and abbreviations as the stored documents explain them, in German. In "
    "answers they are underlined: pointing or tapping is enough.",
    glossary_empty="The documents do not explain any terms yet.",
    glossary_empty_hint="Explanations are read from documents of the kind “Glossar”, and where an "
    "abbreviation stands in brackets behind its long form.",
)
PATH_WORDS: Mapping[Language, PathWords] = MappingProxyType({"de": _GERMAN, "en": _ENGLISH})
