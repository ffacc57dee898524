"""The formats of a note, by the ending of a file's name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.vermerk.markdown import to_markdown
from assistant.vermerk.note import FileNote
from assistant.vermerk.pdf import to_pdf
from assistant.vermerk.word import to_docx


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: the type browsers know it by, and what writes it."""

    media_type: str
    write: Callable[[FileNote], bytes]


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "docx": Format(_WORD, to_docx),
        "pdf": Format("application/pdf", to_pdf),
        "md": Format("text/markdown; charset=utf-8", to_markdown),
    }
)


def file_name(note: FileNote, ending: str) -> str:
    """Return a name that says what it is and of when, and nothing of what was asked."""
    return f"vermerk-{note.created:%Y-%m-%d-%H%M}.{ending}"
