"""EML: an e-mail's subject, people, day and text; MHTML, a page saved in the same form."""

import email
import email.policy
from collections.abc import Sequence
from datetime import date
from email.message import EmailMessage, Message, MIMEPart
from email.utils import parsedate_to_datetime

from corpus.documents import Source
from ingest.cleaning import clean_line
from ingest.elements import Element
from ingest.readers.decoding import decode
from ingest.readers.errors import UnreadableDocument, damaged
from ingest.readers.extract import Extract, ExtractedPage
from ingest.readers.html import read_html
from ingest.readers.text import read_text

_PEOPLE = (("from", "Von"), ("to", "An"), ("cc", "Kopie"))
_MOST_NAMES = 5  # attachments named in a remark


def read_mail(content: bytes, name: str) -> Extract:
    """Read a message; attachments are named, not read."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        subject = clean_line(str(message.get("subject", "")))
        body = _body(message, name)
        people = [Element("paragraph", line)] if (line := _people(message)) else []
        attachments = [
            clean_line(part.get_filename() or _subject(part)) for part in _attached(message)
        ]
        sent = _sent(message)
    except UnreadableDocument:
        raise
    except Exception as error:  # the parser of the standard library raises many kinds
        raise damaged(name) from error
    source = Source(url=_address(message), as_of=sent)
    page = ExtractedPage([*people, *body])
    return Extract([page], subject, source, remarks=_remarks(attachments))


def _body(message: EmailMessage, name: str) -> list[Element]:
    """Return the text; a page saved as a message has only HTML, a message the same text twice."""
    part = message.get_body(preferencelist=("plain", "html", "related"))
    if part is None:
        return []
    payload = part.get_payload(decode=True)
    if part.get_content_subtype() == "html":
        extract = read_html(payload if isinstance(payload, bytes) else b"", name)
    else:
        extract = read_text(_plain(part, payload if isinstance(payload, bytes) else b"", name))
    return [element for page in extract.pages for element in page.elements]


def _plain(part: MIMEPart, content: bytes, name: str) -> str:
    """Decode as declared; where nothing is, or what is not true, as any text."""
    try:
        return content.decode(part.get_content_charset() or "ascii")
    except (LookupError, UnicodeDecodeError):
        return decode(content, name)


def _people(message: EmailMessage) -> str:
    """Return who wrote to whom, empty for a saved page."""
    if message.get("snapshot-content-location"):
        return ""
    names = [(label, clean_line(str(message.get(key, "")))) for key, label in _PEOPLE]
    return " | ".join(f"{label}: {value}" for label, value in names if value)


def _attached(message: EmailMessage) -> list[EmailMessage]:
    """Return the attachments; the pictures of a saved page and of a signature are none."""
    return [part for part in message.iter_attachments() if part.get_content_maintype() != "image"]


def _subject(part: EmailMessage) -> str:
    """Return what a message without a file name that was forwarded as an attachment is about."""
    inside = part.get_payload()
    first = inside[0] if isinstance(inside, list) and inside else None
    return str(first.get("subject", "")) if isinstance(first, Message) else "ohne Namen"


def _sent(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(str(message["date"])).date() if message["date"] else None
    except ValueError:
        return None


def _address(message: EmailMessage) -> str:
    address = str(message.get("snapshot-content-location", "")).strip()
    return address if address.startswith(("https://", "http://")) else ""


def _remarks(attachments: Sequence[str]) -> tuple[str, ...]:
    if not attachments:
        return ()
    names = ", ".join(attachments[:_MOST_NAMES])
    rest = len(attachments) - _MOST_NAMES
    more = f" und {rest} weitere" if rest > 0 else ""
    return (f"Anhänge nicht gelesen: {names}{more}; bitte speichern und einzeln einlesen.",)
