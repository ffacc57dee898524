"""Lines of a web page saved as text, without what the page put around its text.

Two signs decide together: the shape of a line (short, no sentence end, its place among others) and
a vocabulary compared with the whole line. A sentence is never judged by a word inside it, so a
guideline may speak about Datenschutz, newsletters and cookies.
"""

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from ingest.consent import cookie_sections
from ingest.contacts import is_contact_heading
from ingest.web_lines import (
    SENTENCE_END,
    TO_TARGET,
    bare,
    is_chrome,
    is_link_label,
    is_short,
    paragraphs,
    points_to_target,
    take_while,
)
from ingest.web_phrases import (
    ABOVE_TITLE,
    CREDIT_START,
    INLINE_NOISE,
    LINK_SECTION,
    MENU,
    NEWSLETTER_PROMPT,
    RELATED,
)

_ARROW_START = re.compile(r"\s*[→›▸►↗⇒➜➔]\s")
_SEPARATOR = re.compile(r"\s*[|·•/>›»→]\s+|\s+[|·•/>›»→]\s*|\s{2,}|\s-\s")
_TRAIL = re.compile(r"\S.*\s[>›»→|]\s+\S|(?:Startseite|Home|Start)\s+/\s")
_HERE = re.compile(
    r"\W*(?:sie\s(?:befinden\ssich|sind)\shier|ihre\sposition|you\sare\shere|aktuelle\sposition"
    r"|hier\sbefinden\ssie\ssich|pfad|breadcrumbs?)\s*:?\s*",
    re.IGNORECASE,
)
_FUNDED_BY = re.compile(r"(?:gefördert|finanziert|funded)\b", re.IGNORECASE)
_TEASER_DATE = re.compile(r"\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{0,4}\b.{0,60}$")
_MAX_TEASERS = 40  # lines
_MAX_CREDIT = 180
_MAX_PROMPT = 260
_MIN_MENU = 3  # lines in a row


def without_boilerplate(lines: Sequence[str]) -> list[str]:
    """Return the lines without navigation, notices, link labels and credits; blank lines stay."""
    kept = [INLINE_NOISE.sub("", line).rstrip() for line in lines]
    for step in (_trails, cookie_sections, _menus, _credits, _chrome, _link_sections, _edges):
        dropped = step(kept)
        kept = ["" if at in dropped else line for at, line in enumerate(kept)]
    return kept


def are_kept(texts: Sequence[str]) -> list[bool]:
    """Judge paragraphs of a format that knows its paragraphs, by the same signs."""
    lines = [line for text in texts for line in (text.replace("\n", " "), "")]
    return [bool(line.strip()) for line in without_boilerplate(lines)[::2]]


def _trails(lines: Sequence[str]) -> set[int]:
    """Find breadcrumbs: a trail after "Sie befinden sich hier:", on its line or on those below."""
    dropped: set[int] = set()
    for paragraph in paragraphs(lines):
        first = lines[paragraph[0]]
        here = _HERE.match(first)
        if here and (len(first) == here.end() or not SENTENCE_END.search(first)):
            dropped.update(take_while(paragraph, lambda at: not SENTENCE_END.search(lines[at])))
            dropped.update(_crumbs_below(lines, paragraph[-1]))
        elif _is_trail(first) and _starts_above(first):
            dropped.add(paragraph[0])
    return dropped


def _is_trail(line: str) -> bool:
    return bool(_TRAIL.match(line)) and not SENTENCE_END.search(line)


def _starts_above(line: str) -> bool:
    """Whether a trail or line begins at the start page."""
    return bare(_SEPARATOR.split(line)[0]).casefold() in ABOVE_TITLE


def _filled_below(lines: Sequence[str], at: int, most: int) -> list[int]:
    filled = (one for one in range(at + 1, len(lines)) if lines[one].strip())
    return list(islice(filled, most))


def _crumbs_below(lines: Sequence[str], at: int) -> set[int]:
    """Find crumbs on lines of their own: they begin at the start page and lead to the title."""
    below = _filled_below(lines, at, 8)
    if not below:
        return set()
    if _is_trail(lines[below[0]]):
        return {below[0]}
    if not _starts_above(lines[below[0]]):
        return set()
    return set(
        take_while(below, lambda one: is_short(lines[one]))[:-1]
    )  # the last one is the title


def _menus(lines: Sequence[str]) -> set[int]:
    """Find menus and footers: rows of entries, and runs of short lines with many entries."""
    dropped = {at for at, line in enumerate(lines) if _is_menu_row(line)}
    run: list[int] = []
    for at, line in enumerate([*lines, "."]):
        if not line.strip() or at in dropped:
            continue
        if is_short(line) or is_chrome(line):
            run.append(at)
        else:
            dropped.update(_menu_part(lines, run))
            run = []
    return dropped


def _is_menu_row(line: str) -> bool:
    """Whether a line is a row of entries: "Impressum | Datenschutz | Kontakt"."""
    parts = [part for part in _SEPARATOR.split(line) if part.strip()]
    if SENTENCE_END.search(line):
        return False
    entries = sum(_is_entry(part) for part in parts)
    if entries >= 2 and entries >= 0.6 * len(parts):
        return True
    words = line.split()
    return len(words) >= _MIN_MENU and all(word.casefold() in MENU for word in words)


def _is_entry(line: str) -> bool:
    return bare(line).casefold() in MENU or is_link_label(line)


def _menu_part(lines: Sequence[str], run: Sequence[int]) -> set[int]:
    """Return the part of a run of short lines from its first menu entry to its last."""
    entries = [i for i, at in enumerate(run) if _is_entry(lines[at])]
    if len(entries) < 2 or entries[-1] - entries[0] + 1 < _MIN_MENU:
        return set()
    first, last = entries[0], entries[-1]
    if len(entries) < 0.5 * (last - first + 1):
        return set()
    while last + 1 < len(run) and run[last + 1] == run[last] + 1:  # no blank line in between
        last += 1
    return set(run[first : last + 1])


def _credits(lines: Sequence[str]) -> set[int]:
    """Find image credits, with the short caption directly above or the caption they stand in."""
    dropped: set[int] = set()
    for paragraph in paragraphs(lines):
        for position, at in enumerate(paragraph):
            if not _is_credit(lines[at]):
                continue
            dropped.add(at)
            above = paragraph[position - 1] if position else None
            if above is not None and is_short(lines[above]):
                dropped.add(above)
    return dropped


def _is_credit(line: str) -> bool:
    if len(line) > _MAX_CREDIT:
        return False
    if CREDIT_START.match(line):
        return line.count(". ") < 2
    return "©" in line and not line.endswith(".")


def _chrome(lines: Sequence[str]) -> set[int]:
    """Find controls, link labels and newsletter prompts; a link takes the links beside it along."""
    dropped: set[int] = set()
    for paragraph in paragraphs(lines):
        labels = {at for at in paragraph if _is_label_here(lines, at)}
        text = " ".join(lines[at] for at in paragraph)
        is_prompt = len(text) <= _MAX_PROMPT and bool(NEWSLETTER_PROMPT.match(text))
        is_whole = is_prompt or (labels and _is_link_list(lines, paragraph))
        dropped.update(paragraph if is_whole else labels)
    return dropped


def _is_link_list(lines: Sequence[str], paragraph: Sequence[int]) -> bool:
    """Whether short lines stand together, one of which is a link: "Zur Richtlinie / Erlass"."""
    is_narrow = all(is_short(lines[at]) or is_chrome(lines[at]) for at in paragraph)
    return is_narrow and any(points_to_target(lines[at]) for at in paragraph)


def _is_label_here(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    following = next((lines[one] for one in range(at + 1, len(lines)) if lines[one].strip()), "")
    heads_text = bool(following) and not is_short(following) and not is_chrome(following)
    if is_link_label(line):
        return not (heads_text and LINK_SECTION.fullmatch(line.strip()))
    if not is_short(line):
        return False
    if _ARROW_START.match(line) and not _has_arrow_neighbour(lines, at):
        return True
    return bool(TO_TARGET.match(line)) and line[:1].isupper() and not heads_text


def _has_arrow_neighbour(lines: Sequence[str], at: int) -> bool:
    """Whether an arrow is the bullet of a list, not the mark of a single link."""
    near = [one for one in (*lines[max(0, at - 2) : at], *lines[at + 1 : at + 3]) if one.strip()]
    return any(_ARROW_START.match(one) for one in near)


def _link_sections(lines: Sequence[str]) -> set[int]:
    """Find headings such as "Weitere Informationen:" whose links are gone."""
    dropped: set[int] = set()
    filled = [at for at, line in enumerate(lines) if line.strip()]
    for at, following in pairwise([*filled, len(lines)]):
        words = bare(lines[at]).rstrip(" :")
        has_text = following < len(lines) and not is_short(lines[following])
        if RELATED.fullmatch(words):
            dropped.update({at}, _teasers(lines, at))
        elif LINK_SECTION.fullmatch(words) and is_short(words) and not has_text:
            dropped.add(at)
    return dropped


def _teasers(lines: Sequence[str], at: int) -> set[int]:
    """Find the titles of other pages below "Das könnte Sie auch interessieren"."""
    below = _filled_below(lines, at, _MAX_TEASERS)
    titles = take_while(below, lambda one: _is_teaser(lines[one]))
    rest = below[len(titles) :]
    heads_text = bool(rest) and not is_short(lines[rest[0]])
    return set(titles[:-1] if heads_text else titles)


def _is_teaser(line: str) -> bool:
    if is_contact_heading(line) or _FUNDED_BY.match(line):
        return False
    return is_short(line) or bool(_TEASER_DATE.match(line))


def _edges(lines: Sequence[str]) -> set[int]:
    """Find menu entries that stand alone above the title or below the text."""
    dropped: set[int] = set()
    filled = [at for at, line in enumerate(lines) if line.strip()]
    if len(filled) > 1:
        dropped.update(take_while(filled[:-1], lambda at: _starts_above(lines[at])))
    tail = take_while(filled[::-1], lambda at: bare(lines[at]).casefold() in MENU)
    if len(tail) < len(filled):
        dropped.update(tail)
    return dropped
