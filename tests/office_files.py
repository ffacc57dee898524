"""Office files made in code: spreadsheets, slides, OpenDocument texts and e-mails."""

import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO

import openpyxl
import pptx

_ODT = "application/vnd.oasis.opendocument.text"
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing",
    }.items()
)  # fmt: skip


def archive(members: dict[str, str | bytes]) -> bytes:
    """Return a ZIP archive with these members, in this order."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


def replaced(content: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an archive with one member changed."""
    with zipfile.ZipFile(BytesIO(content)) as given:
        members = {name: given.read(name) for name in given.namelist()}
    members[member] = change(members[member])
    return archive(members)


def odt(body: str, *, title: str = "", head: str = "", manifest: str = "") -> bytes:
    """Return an OpenDocument text; `body` is the XML inside `office:text`."""
    return archive(
        {
            "mimetype": _ODT,
            "content.xml": f"{head}<office:document-content {_NAMES}><office:body><office:text>"
            f"{body}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {_NAMES} "
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
            f"<dc:title>{title}</dc:title></office:meta></office:document-meta>",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


def workbook(build: Callable[[openpyxl.Workbook], None]) -> bytes:
    """Return a workbook that `build` has filled; it begins with one empty sheet."""
    book = openpyxl.Workbook()
    build(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def slides(build: Callable[[pptx.presentation.Presentation], None]) -> bytes:
    """Return a presentation that `build` has filled."""
    presentation = pptx.Presentation()
    build(presentation)
    target = BytesIO()
    presentation.save(target)
    return target.getvalue()


def mail(text: str = "", *, html: str = "", attachments: dict[str, bytes] | None = None) -> bytes:
    """Return an e-mail with a text, an HTML part, or both."""
    message = EmailMessage()
    message["Subject"] = "Frist für Anträge"
    message["From"] = "Servicestelle <servicestelle@beispiel.de>"
    message["To"] = "Bildungsbüro <buero@beispiel.de>"
    message["Date"] = "Fri, 01 Mar 2024 10:00:00 +0100"
    message["Message-ID"] = "<1@beispiel.de>"
    if text:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    for name, content in (attachments or {}).items():
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()
