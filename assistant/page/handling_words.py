"""What can be done with an answer, in German and English; a missing text fails at import."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.feedback.entry import Reason
from assistant.wording.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingWords:
    """The texts of one language."""

    save: str
    save_all: str
    formats: Mapping[str, str]
    helpful: str
    unhelpful: str
    why: str
    reasons: Mapping[Reason, str]
    consent: str
    send: str
    sent: str
    failed: str


_GERMAN = HandlingWords(
    save="Als Vermerk speichern",
    save_all="Ganzes Gespräch als Vermerk speichern",
    formats=MappingProxyType({"docx": "Word (DOCX)", "pdf": "PDF", "md": "Markdown"}),
    helpful="Hilfreich",
    unhelpful="Nicht hilfreich",
    why="Was stimmt nicht?",
    reasons=MappingProxyType(
        {
            "falsch": "Falsch",
            "unvollständig": "Unvollständig",
            "veraltet": "Veraltet",
            "Quelle passt nicht": "Die Quelle passt nicht",
            "unverständlich": "Unverständlich",
        }
    ),
    consent="Frage und Antwort mitsenden. Ohne Haken werden nur Grund, Ausgang, Art der Frage und "
    "die Kennungen der Dokumente gespeichert.",
    send="Rückmeldung senden",
    sent="Danke, die Rückmeldung ist gespeichert.",
    failed="Die Rückmeldung konnte nicht gespeichert werden. Bitte später noch einmal versuchen.",
)
_ENGLISH = HandlingWords(
    save="Save as a note for the file",
    save_all="Save the whole conversation as a note",
    formats=MappingProxyType({"docx": "Word (DOCX)", "pdf": "PDF", "md": "Markdown"}),
    helpful="Helpful",
    unhelpful="Not helpful",
    why="What is wrong?",
    reasons=MappingProxyType(
        {
            "falsch": "Wrong",
            "unvollständig": "Incomplete",
            "veraltet": "Outdated",
            "Quelle passt nicht": "The source does not fit",
            "unverständlich": "Hard to understand",
        }
    ),
    consent="Send question and answer along. Unticked, only the reason, the outcome, the kind of "
    "question and the ids of the documents are stored.",
    send="Send feedback",
    sent="Thank you, your feedback is stored.",
    failed="Your feedback could not be stored. Please try again later.",
)
HANDLING_WORDS: Mapping[Language, HandlingWords] = MappingProxyType({"de": _GERMAN, "en": _ENGLISH})
