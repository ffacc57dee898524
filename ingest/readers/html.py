"""HTML: trafilatura finds the main content, offline; its tree becomes elements."""

import logging
import re
from collections.abc import Iterator
from datetime import date

import trafilatura
from lxml.etree import _Element
from lxml.html import HtmlElement
from trafilatura.settings import Document
from trafilatura.utils import load_html

from corpus.documents import Source
from ingest.boilerplate import are_kept
from ingest.cleaning import clean_line, clean_text, hyphenated_words, join_lines
from ingest.contacts import is_contact
from ingest.elements import Element
from ingest.readers.errors import damaged, too_large
from ingest.readers.extract import Extract, ExtractedPage
from ingest.readers.html_tables import lay_out, table_elements

# It warns about every page without main content; an empty document is reported as such.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_MAX_BYTES = 10_000_000
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HIDDEN = [
    "//*[@hidden]",
    "//*[@aria-hidden='true']",
    "//*[contains(translate(@style, ' ', ''), 'display:none')]",
    "//*[contains(translate(@style, ' ', ''), 'visibility:hidden')]",
]
_BLOCKS = frozenset({"p", "head", "list", "item", "table", "quote", "code", "div"})


def read_html(content: bytes, name: str) -> Extract:
    """Read the main content of a page, with the title, date and address that it states."""
    if len(content) > _MAX_BYTES:
        raise too_large(name, f"mehr als {_MAX_BYTES // 1_000_000} MB HTML")
    try:
        found = trafilatura.bare_extraction(
            _tree(content),
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": False},
            prune_xpath=_HIDDEN,
        )
    except Exception as error:  # lxml and a dozen helpers raise what they like
        raise damaged(name) from error
    if not isinstance(found, Document) or found.body is None:
        return Extract([ExtractedPage([])])
    known = hyphenated_words(_all_text(found.body))
    elements = list(_elements(found.body, 0, known))
    kept = are_kept([element.line for element in elements])
    page = ExtractedPage([one for one, keep in zip(elements, kept, strict=True) if keep])
    source = Source(
        publisher=clean_line(found.sitename or ""), url=_web(found.url), as_of=_date(found.date)
    )
    return Extract([page], clean_line(found.title or ""), source)


def _tree(content: bytes) -> HtmlElement | None:
    tree = load_html(_decode(content))
    if tree is not None:
        lay_out(tree)
    return tree


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(content[:4000])
        encoding = declared.group(1).decode("ascii") if declared else "cp1252"
    try:
        return content.decode(encoding, errors="replace")
    except LookupError:
        return content.decode("cp1252", errors="replace")


def _web(url: str | None) -> str:
    return url if url and url.startswith(("https://", "http://")) else ""


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _elements(parent: _Element, depth: int, known: frozenset[str]) -> Iterator[Element]:
    for node in parent:
        yield from _node(node, depth, known)
        if node.tail and node.tail.strip():
            yield Element("paragraph", clean_line(node.tail))


def _node(node: _Element, depth: int, known: frozenset[str]) -> Iterator[Element]:
    if node.tag == "head":
        yield Element("heading", clean_line(_all_text(node)), _level(node))
    elif node.tag == "list":
        yield from _list(node, depth + 1, known)
    elif node.tag == "table":
        yield from table_elements(node)
    elif any(child.tag in _BLOCKS for child in node):
        yield from _elements(node, depth, known)
    elif text := _text(node, known):
        yield Element("item", text, depth, None) if depth else Element("paragraph", text)


def _level(node: _Element) -> int:
    rend = node.get("rend") or "h2"
    return int(rend[1]) if rend[1:].isdigit() else 2


def _list(node: _Element, depth: int, known: frozenset[str]) -> Iterator[Element]:
    is_ordered = node.get("rend") == "ol"
    for number, item in enumerate(node.findall("item"), 1):
        text = _text(item, known)
        if text:
            yield Element("item", text, depth, f"{number}." if is_ordered else "")
        for nested in item.iter("list"):
            if nested.getparent() is item:
                yield from _list(nested, depth + 1, known)


def _text(node: _Element, known: frozenset[str]) -> str:
    """Return the text of a node without its nested lists; line breaks stay where contacts are."""
    lines = clean_text("".join(_pieces(node))).split("\n")
    filled = [line for line in lines if line]
    if is_contact("\n".join(filled)):
        return "\n".join(filled)
    return join_lines(filled, known)


def _all_text(node: _Element) -> str:
    return "".join(str(piece) for piece in node.itertext())


def _pieces(node: _Element) -> Iterator[str]:
    yield (node.text or "").replace("\n", " ")
    for child in node:
        if child.tag == "lb":
            yield "\n"
        elif child.tag != "list":
            yield from _pieces(child)
        yield (child.tail or "").replace("\n", " ")
