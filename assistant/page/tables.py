"""A table of documented facts as HTML; every cell leads to its source."""

from collections.abc import Mapping

from assistant.answers import Cell, Table
from assistant.page.escaping import escape
from assistant.page.prose import with_chip
from assistant.wording.words import Words


def render_table(table: Table, chips: Mapping[int, str], words: Words) -> str:
    """Render a comparison with its columns named, other facts as pairs of label and text.

    `chips` are the buttons of the citations by number. The frame around the table scrolls by
    itself, so that a narrow page does not; it can be reached by keyboard. The script names it.
    """
    caption = words.compared if table.is_comparison else words.at_a_glance
    head = ""
    if table.is_comparison:
        names = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
        head = f"<thead><tr><td></td>{names}</tr></thead>"
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th>'
        f"{''.join(_cell(cell, chips, words) for cell in cells)}</tr>"
        for label, cells in table.rows
    )
    return (
        '<div class="tafel" role="region" tabindex="0"><table>'
        f"<caption>{escape(caption)}</caption>{head}<tbody>{rows}</tbody></table></div>"
    )


def _cell(cell: Cell, chips: Mapping[int, str], words: Words) -> str:
    if cell.number is None:
        return f'<td class="offen">{escape(words.not_stated)}</td>'
    *lines, last = cell.text.split("\n")
    ending = with_chip(last, chips.get(cell.number, ""))
    return f"<td>{'<br>'.join([*map(escape, lines), ending])}</td>"
