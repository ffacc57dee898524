"""Text of an answer as HTML: paragraphs, lists, and a button where a citation is printed."""

import re

from assistant.page.escaping import escape

NUMBER = re.compile(r"\s*\[(\d{1,3})\]")  # of a citation, as the text prints it
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_LIST_MARK = re.compile(r"^\s*([„»]?)[-*•–]\s+")  # a quote may begin with a list


def render_text(text: str, chips: dict[int, str]) -> str:
    """Render paragraphs; `chips` are the buttons of the citations by number."""
    blocks = (block for block in _PARAGRAPH_END.split(text) if block.strip())
    return f'<div class="text">{"".join(_block(block, chips) for block in blocks)}</div>'


def _block(block: str, chips: dict[int, str]) -> str:
    """Render one paragraph; its list lines become a list behind the lines that introduce them."""
    out: list[str] = []
    items: list[str] = []
    for line in (line for line in block.split("\n") if line.strip()):
        if mark := _LIST_MARK.match(line):
            items.append(f"<li>{render_line(mark[1] + line[mark.end() :], chips)}</li>")
            continue
        out += [*_as_list(items), f"<p>{render_line(line.strip(), chips)}</p>"]
        items = []
    return "".join([*out, *_as_list(items)])


def _as_list(items: list[str]) -> list[str]:
    return [f"<ul>{''.join(items)}</ul>"] if items else []


def render_line(line: str, chips: dict[int, str]) -> str:
    """Escape a line and put a button where the number of a citation is printed."""
    out, position = "", 0
    for match in NUMBER.finditer(line):
        chip = chips.get(int(match[1]))
        if chip is not None:
            out += with_chip(line[position : match.start()], chip)
            position = match.end()
    return out + escape(line[position:])


def with_chip(text: str, chip: str) -> str:
    """Keep the number with the word before it, so that it never starts a line of its own."""
    before, space, word = text.rpartition(" ")
    return f'{escape(before + space)}<span class="zusammen">{escape(word)}{chip}</span>'
