"""What pypdf knows better than pdfium: page labels and metadata; and text where pdfium gives up."""

import logging
import re
from dataclasses import dataclass
from io import BytesIO

import pypdf
import pypdf.filters
from pypdf.errors import LimitReachedError

from ingest.cleaning import clean_line, clean_text
from ingest.readers.errors import UnreadableDocument, damaged, encrypted, too_large

# A JBIG2 image would start an external program; text extraction never needs one.
pypdf.filters.JBIG2DEC_BINARY = None
# pypdf reports every repaired defect; what matters to the user is in the report of the run.
logging.getLogger("pypdf").setLevel(logging.ERROR)

logger = logging.getLogger(__name__)

_MAX_CHARACTERS = 10_000_000
_MADE_BY_PROGRAM = re.compile(
    r"microsoft\s\w+\s-|untitled|unbenannt|ohne titel|dokument\s?\d*$|document\s?\d*$|print"
    r"|layout\s?\d"
    r"|.*\.(?:docx?|indd|pdf|pptx?|xlsx?|qxd|tex|dvi|odt|rtf|html?|txt|cdr|ps)$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """Title and printed page labels; empty where the file does not say."""

    title: str = ""
    labels: tuple[str, ...] = ()


def read_facts(content: bytes, *, max_pages: int) -> PdfFacts:
    """Read title and labels; a file that pypdf cannot open has none."""
    try:
        reader = _open(content)
        if reader is None or len(reader.pages) > max_pages:
            return PdfFacts()
        title = clean_line(str(reader.metadata.title or "")) if reader.metadata else ""
        return PdfFacts(_sensible(title), tuple(reader.page_labels))
    except Exception as error:  # damaged files raise anything up to AssertionError
        logger.debug("pypdf: no labels or metadata: %s", type(error).__name__)
        return PdfFacts()


def _open(content: bytes) -> pypdf.PdfReader | None:
    """Open a PDF with the empty user password, which everyone may use; None if it needs another."""
    reader = pypdf.PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return None
    return reader


def _sensible(title: str) -> str:
    """Drop the titles that programs write by themselves."""
    letters = len(_LETTERS.findall(title))
    is_named = letters >= 4 and letters >= 0.6 * len(title.replace(" ", ""))
    is_file_name = " " not in title and ("_" in title or "." in title or "-" in title)
    if is_file_name or not is_named or len(title) > 200 or _MADE_BY_PROGRAM.match(title):
        return ""
    return title


def read_page_texts(content: bytes, name: str, *, max_pages: int) -> list[str]:
    """Extract the text of each page with pypdf, for files that pdfium refuses."""
    try:
        reader = _open(content)
        if reader is None:
            raise encrypted(name)
        if len(reader.pages) > max_pages:
            raise too_large(name, f"mehr als {max_pages} Seiten")
        texts = _texts(reader, name)
    except UnreadableDocument:
        raise
    except LimitReachedError as error:
        raise too_large(name, "sie entfaltet sich ohne Maß") from error
    except Exception as error:  # damaged files raise anything up to AssertionError
        raise damaged(name) from error
    if not texts:
        raise damaged(name, "keine Seiten")
    return texts


def _texts(reader: pypdf.PdfReader, name: str) -> list[str]:
    texts: list[str] = []
    total = 0
    for page in reader.pages:
        texts.append(clean_text(page.extract_text()))
        total += len(texts[-1])
        if total > _MAX_CHARACTERS:
            raise too_large(name, f"mehr als {_MAX_CHARACTERS // 1_000_000} Mio. Zeichen")
    return texts
