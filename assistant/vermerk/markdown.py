"""A note as Markdown: what is not ours is escaped, so that it stays text in every reader."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote as percent_encode

from assistant.vermerk.note import Block, FileNote, Grid, Line, Piece

_ALWAYS = re.compile(r"([\\`*_\[\]<>|~&$!])")
_FIRST = re.compile(r"^(\s*)([-+=#:]|\d+(?=[.)]))")
_LINK = re.compile(r"(?<=\w)(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_BEFORE = {"item": "- ", "quote": "> ", "quote-item": "> - ", "subheading": "### "}
_KEPT_TOGETHER = ("item", "quote")


def to_markdown(note: FileNote) -> bytes:
    """Write a note as UTF-8, with footnotes and its properties in front."""
    parts = [_properties(note), f"# {escape(note.title)}", _facts(note.facts)]
    for section in note.sections:
        parts += [f"## {escape(section.heading)}", _facts(section.facts)]
        parts += _blocks(section.blocks)
    parts += ["---", f"*{escape(note.closing)}*"]
    for footnote in note.footnotes:
        link = f" <{_safe(footnote.url)}>" if footnote.url else ""
        parts.append(f"[^{footnote.number}]: {_inside(footnote.text)}{link}")
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def escape(text: str) -> str:
    """Escape what Markdown would read as markup, on one line."""
    line = " ".join(text.split())
    line = _LINK.sub(lambda match: f"\\{match[0]}", _ALWAYS.sub(r"\\\1", line))
    found = _FIRST.match(line)
    if found is None:
        return line
    if found[2].isdigit():
        return f"{found[0]}\\{line[found.end() :]}"
    return f"{found[1]}\\{line[len(found[1]) :]}"


def _properties(note: FileNote) -> str:
    values = {
        "title": note.title,
        "lang": note.language,
        "date": note.created.isoformat(timespec="minutes"),
        "keywords": list(note.keywords),
    }
    # JSON is YAML as well, and its quoting leaves no way out of a value.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join(["---", *lines, "---"])


def _facts(facts: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"- **{_inside(name)}:** {_inside(value)}" for name, value in facts)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Write the blocks; neighbouring lines of a list or a quote stay together."""
    together, before = "", ""
    for block in blocks:
        kind = block.kind if isinstance(block, Line) else "grid"
        text = _line(block) if isinstance(block, Line) else _grid(block)
        if together and kind.partition("-")[0] == before.partition("-")[0] in _KEPT_TOGETHER:
            together += ("\n" if kind == before != "quote" else "\n>\n") + text
        else:
            if together:
                yield together
            together = text
        before = kind
    if together:
        yield together


def _line(line: Line) -> str:
    text = _pieces(line.pieces)
    return f"> *{text}*" if line.kind == "remark" else f"{_BEFORE.get(line.kind, '')}{text}"


def _pieces(pieces: tuple[Piece, ...]) -> str:
    out = ""
    for piece in pieces:
        out += f"[^{piece}]" if isinstance(piece, int) else (_inside if out else escape)(piece)
    return out


def _inside(text: str) -> str:
    """Escape what does not begin a line; a space that parts it from what is before stays."""
    space = " " if text[:1].isspace() else ""
    return space + escape(f"x{text.strip()}")[1:]


def _grid(grid: Grid) -> str:
    width = max(len(row) for row in grid.rows)
    head = ["", *map(escape, grid.columns)] if grid.columns else [""] * width
    rows = [head, ["---"] * width, *([_pieces(cell) for cell in row] for row in grid.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _safe(url: str) -> str:
    return percent_encode(url, safe=":/?#@!$&'()*+,;=%~[]-._")
