"""Markdown with front matter: CommonMark and tables in, elements and source out."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from ingest.cleaning import clean_characters, clean_line, clean_text, hyphenated_words, join_lines
from ingest.contacts import is_contact
from ingest.elements import Element
from ingest.readers.extract import Extract, ExtractedPage
from ingest.readers.front_matter import parse_front_matter
from ingest.tables import table_text
from ingest.web_lines import is_link_label

# Indented code is switched off: legal texts indent the lines of a paragraph.
_MARKDOWN = MarkdownIt("commonmark").enable("table").disable("code")
_FOOTNOTE_MARK = re.compile(r"\[\^[\w-]+\](?::\s*)?")
_HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ALPHA_ITEM = re.compile(r"(\(?[a-z]{1,3}\))\s+(?=\S)")
_DEFINITION = re.compile(r"\n: ")


def read_markdown(text: str, name: str) -> Extract:
    """Read Markdown; raise `UnreadableDocument` for front matter that cannot be understood."""
    given = parse_front_matter(clean_characters(text), name)
    tree = SyntaxTreeNode(_MARKDOWN.parse(given.body))
    elements = list(_elements(tree.children, 0, hyphenated_words(given.body)))
    title = given.title or _single_top_heading(elements)
    return Extract([ExtractedPage(elements)], title, given.source, given.remarks)


def _single_top_heading(elements: Sequence[Element]) -> str:
    tops = [one.text for one in elements if one.kind == "heading" and one.level == 1]
    return tops[0] if len(tops) == 1 else ""


def _elements(
    nodes: Sequence[SyntaxTreeNode], depth: int, known: frozenset[str]
) -> Iterator[Element]:
    for node in nodes:
        match node.type:
            case "heading":
                yield Element("heading", _inline(node, known), int(node.tag[1]))
            case "paragraph":
                yield from _paragraph(_inline(node, known), depth)
            case "bullet_list" | "ordered_list":
                for item in node.children:
                    yield from _item(item, depth + 1, known)
            case "table":
                yield Element("table", table_text(_rows(node), has_header=True))
            case "fence" | "html_block":
                visible = _TAG.sub(" ", _HIDDEN.sub(" ", node.content))
                yield Element("paragraph", clean_line(visible))
            case _:  # block quotes
                yield from _elements(node.children, depth, known)


def _paragraph(text: str, depth: int) -> Iterator[Element]:
    """Yield a paragraph, or the item it is: "a)" is no list in CommonMark, in German law it is."""
    if alpha := _ALPHA_ITEM.match(text):
        yield Element("item", text[alpha.end() :], depth + 1, alpha.group(1))
    elif depth:
        yield Element("item", text, depth, None)
    elif not is_link_label(text):
        yield Element("paragraph", text)


def _item(item: SyntaxTreeNode, depth: int, known: frozenset[str]) -> Iterator[Element]:
    label = f"{item.info}{item.markup}" if item.info else ""
    children = item.children
    if children and children[0].type == "paragraph":
        yield Element("item", _inline(children[0], known), depth, label)
        children = children[1:]
    yield from _elements(children, depth, known)


def _rows(table: SyntaxTreeNode) -> list[list[str]]:
    return [
        [_inline(cell, frozenset()) for cell in row.children]
        for part in table.children
        for row in part.children
    ]


def _inline(node: SyntaxTreeNode, known: frozenset[str]) -> str:
    raw = "".join(_pieces(node))
    lines = _DEFINITION.sub(": ", clean_text(_FOOTNOTE_MARK.sub("", raw))).split("\n")
    if is_contact("\n".join(lines)):
        return "\n".join(lines)
    return join_lines([line for line in lines if line], known)


def _pieces(node: SyntaxTreeNode) -> Iterator[str]:
    for child in node.children:
        match child.type:
            case "text" | "code_inline":
                yield child.content
            case "softbreak" | "hardbreak":
                yield "\n"
            case "html_inline":
                yield "\n" if child.content.lower().startswith("<br") else ""
            case "image":
                yield ""
            case _:
                yield from _pieces(child)
