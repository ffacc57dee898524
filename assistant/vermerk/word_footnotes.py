"""Footnotes of a Word file, which python-docx does not write: their part, and references to it."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from assistant.vermerk.note import Footnote

_PART = PackURI("/word/footnotes.xml")
_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}


class WordFootnotes:
    """The footnotes of one document; `attach` adds those that were referred to."""

    def __init__(self, document: WordDocument, footnotes: Sequence[Footnote]) -> None:
        self._document = document
        self._texts = {one.number: one for one in footnotes}
        self._used: list[int] = []

    def refer(self, paragraph: Paragraph, number: int) -> None:
        """Put a footnote's number at the end of a paragraph; it counts for itself but once."""
        if number in self._used:
            _add_cross_reference(paragraph, number)
            return
        self._used.append(number)
        run = paragraph.add_run(style="footnote reference")
        reference = _element("footnoteReference", id=str(number))
        run._r.append(reference)
        run._r.addprevious(_element("bookmarkStart", id=str(number), name=_bookmark(number)))
        run._r.addnext(_element("bookmarkEnd", id=str(number)))

    def attach(self) -> None:
        """Write the part with the texts and tell the document of it."""
        root = _element("footnotes")
        for number, kind in _SEPARATORS.items():
            root.append(_separator(number, kind))
        part = XmlPart(_PART, CONTENT_TYPE.WML_FOOTNOTES, root, self._document.part.package)
        for number in self._used:
            root.append(_footnote(self._texts[number], part))
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _footnote(footnote: Footnote, part: XmlPart) -> Any:  # noqa: ANN401 (XML)
    paragraph = _element("p")
    properties = _element("pPr")
    properties.append(_element("pStyle", val="footnotetext"))
    paragraph.append(properties)
    mark = _run("", style="footnotereference")
    mark.append(_element("footnoteRef"))
    paragraph.append(mark)
    paragraph.append(_run(f" {footnote.text} "))
    if footnote.url:
        link = _element("hyperlink")
        target = part.relate_to(footnote.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), target)
        link.append(_run(footnote.url))
        paragraph.append(link)
    whole = _element("footnote", id=str(footnote.number))
    whole.append(paragraph)
    return whole


def _separator(number: int, kind: str) -> Any:  # noqa: ANN401 (XML)
    run = _element("r")
    run.append(_element(kind))
    paragraph = _element("p")
    paragraph.append(run)
    whole = _element("footnote", type=kind, id=str(number))
    whole.append(paragraph)
    return whole


def _add_cross_reference(paragraph: Paragraph, number: int) -> None:
    field = _element("fldSimple", instr=f" NOTEREF {_bookmark(number)} \\f \\h ")
    field.append(_run(str(number), style="footnotereference"))
    paragraph._p.append(field)


def _run(text: str, *, style: str = "") -> Any:  # noqa: ANN401 (XML)
    run = _element("r")
    if style:
        properties = _element("rPr")
        properties.append(_element("rStyle", val=style))
        run.append(properties)
    if text:
        words = _element("t")
        words.text = text
        words.set(qn("xml:space"), "preserve")
        run.append(words)
    return run


def _bookmark(number: int) -> str:
    return f"_Beleg{number}"


def _element(tag: str, /, **attributes: str) -> Any:  # noqa: ANN401 (XML)
    element = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
