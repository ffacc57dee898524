"""Lines of a web page saved as text, without what the page put around its text.

Two signs decide together: the shape of a line (short, no sentence end, its place among others) and
a vocabulary compared with the whole line. A sentence is never judged by a word inside it, so a
guideline may speak about Datenschutz, newsletters and cookies.
"""

import re
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from ingest.contacts import is_detail
from ingest.web_phrases import (
    ABOVE_TITLE,
    CHROME,
    CONSENT_HEADING,
    CONSENT_TEXT,
    COOKIE_HEADING,
    COOKIE_OPENING,
    CREDIT_START,
    INLINE_NOISE,
    LINK_LABEL,
    LINK_SECTION,
    LINK_TARGET,
    MENU,
    NEWSLETTER_PROMPT,
)

_ARROWS = re.compile(r"^[\s→›»>▸►↗⇒➜➔<‹«↑▲|*•-]+|[\s→›»>▸►↗⇒➜➔<‹↑▲|:*]+$")
_SENTENCE_END = re.compile(r"[.!?;,…][\"'»“”)\]]*$")
_NO_HEADING_END = re.compile(r"[.;,:]$")
_TO_TARGET = re.compile(
    r"(?:hier\s)?(?:zur|zum|zu\s(?:den|unseren?|allen))\s+(\w.*)$", re.IGNORECASE
)
_ARROW_START = re.compile(r"\s*[→›▸►↗⇒➜➔]\s")
_SEPARATOR = re.compile(r"\s*[|·•/>›»→]\s+|\s+[|·•/>›»→]\s*|\s{2,}|\s-\s")
_TRAIL = re.compile(r"\S.*\s[>›»→|]\s+\S|(?:Startseite|Home|Start)\s+/\s")
_HERE = re.compile(
    r"\W*(?:sie\s(?:befinden\ssich|sind)\shier|ihre\sposition|you\sare\shere|aktuelle\sposition"
    r"|hier\sbefinden\ssie\ssich|pfad|breadcrumbs?)\s*:?\s*",
    re.IGNORECASE,
)
_MAX_SHORT = 60
_MAX_SHORT_WORDS = 8
_MAX_CREDIT = 180
_MAX_PROMPT = 260
_MIN_MENU = 3  # lines in a row


def without_boilerplate(lines: Sequence[str]) -> list[str]:
    """Return the lines without navigation, notices, link labels and credits; blank lines stay."""
    kept = [INLINE_NOISE.sub("", line).rstrip() for line in lines]
    for step in (_trails, _cookie_sections, _menus, _credits, _chrome, _link_sections, _edges):
        dropped = step(kept)
        kept = ["" if at in dropped else line for at, line in enumerate(kept)]
    return kept


def are_kept(texts: Sequence[str]) -> list[bool]:
    """Judge paragraphs of a format that knows its paragraphs, by the same signs."""
    lines = [line for text in texts for line in (text.replace("\n", " "), "")]
    return [bool(line.strip()) for line in without_boilerplate(lines)[::2]]


def is_link_label(line: str) -> bool:
    """Whether a line is nothing but the words of a link or button, wherever it stands."""
    return is_chrome(line) or _points_to_target(line)


def is_chrome(line: str) -> bool:
    """Whether a line is a control of the page: skip link, button, share or search label."""
    bare = _bare(line)
    if not bare or len(bare) > 100 or len(bare.split()) > 12:
        return not bare and bool(line.strip())
    if bare.casefold().rstrip("?!.…") in CHROME:
        return True
    return not line.rstrip().endswith(".") and bool(LINK_LABEL.fullmatch(bare.rstrip("!… ")))


def _bare(line: str) -> str:
    return _ARROWS.sub("", line).strip()


def _is_short(line: str) -> bool:
    return (
        0 < len(line) <= _MAX_SHORT
        and len(line.split()) <= _MAX_SHORT_WORDS
        and not _SENTENCE_END.search(line)
        and not is_detail(line)
    )


def _points_to_target(line: str) -> bool:
    """Whether a line reads "Zur Dokumentation": a preposition and a thing links point to."""
    bare = _bare(line)
    match = _TO_TARGET.match(bare)
    if not match or not _is_short(line) or not bare[:1].isupper() or line.endswith(":"):
        return False
    return any(LINK_TARGET.search(word) for word in match.group(1).split()[:3])


def _paragraphs(lines: Sequence[str]) -> list[list[int]]:
    """Return the positions of the lines of each paragraph."""
    grouped = groupby(range(len(lines)), key=lambda at: bool(lines[at].strip()))
    return [list(group) for filled, group in grouped if filled]


def _while(positions: Sequence[int], accepts: Callable[[int], bool]) -> list[int]:
    stop = next((i for i, at in enumerate(positions) if not accepts(at)), len(positions))
    return list(positions[:stop])


def _trails(lines: Sequence[str]) -> set[int]:
    """Find breadcrumbs: a trail after "Sie befinden sich hier:", on its line or on those below."""
    dropped: set[int] = set()
    for paragraph in _paragraphs(lines):
        first = lines[paragraph[0]]
        here = _HERE.match(first)
        if here and (len(first) == here.end() or not _SENTENCE_END.search(first)):
            dropped.update(_while(paragraph, lambda at: not _SENTENCE_END.search(lines[at])))
            dropped.update(_crumbs_below(lines, paragraph[-1]))
        elif _is_trail(first) and _starts_above(first):
            dropped.add(paragraph[0])
    return dropped


def _is_trail(line: str) -> bool:
    return bool(_TRAIL.match(line)) and not _SENTENCE_END.search(line)


def _starts_above(line: str) -> bool:
    """Whether a trail or line begins at the start page."""
    return _bare(_SEPARATOR.split(line)[0]).casefold() in ABOVE_TITLE


def _crumbs_below(lines: Sequence[str], at: int) -> set[int]:
    """Find crumbs on lines of their own: they begin at the start page and lead to the title."""
    below = [one for one in range(at + 1, len(lines)) if lines[one].strip()][:8]
    if not below:
        return set()
    if _is_trail(lines[below[0]]):
        return {below[0]}
    if not _starts_above(lines[below[0]]):
        return set()
    return set(_while(below, lambda one: _is_short(lines[one]))[:-1])  # the last one is the title


def _cookie_sections(lines: Sequence[str]) -> set[int]:
    """Find cookie notices, from their heading or opening sentence to the next real text."""
    dropped: set[int] = set()
    inside = after_heading = False
    for paragraph in _paragraphs(lines):
        text = " ".join(lines[at] for at in paragraph)
        is_heading = len(paragraph) == 1 and _is_heading(text)
        if _opens_cookie_notice(text, is_heading=is_heading):
            inside, after_heading = True, is_heading
        elif inside and is_heading:
            inside = is_chrome(text) or bool(CONSENT_HEADING.fullmatch(text))
        elif inside:
            inside = after_heading or bool(CONSENT_TEXT.search(text))
            after_heading = False
        if inside:
            dropped.update(paragraph)
    return dropped


def _is_heading(text: str) -> bool:
    return len(text) <= 100 and not _NO_HEADING_END.search(text) and not is_detail(text)


def _opens_cookie_notice(text: str, *, is_heading: bool) -> bool:
    if is_heading:
        return bool(COOKIE_HEADING.fullmatch(_bare(text).rstrip("!?. ")))
    return bool(COOKIE_OPENING.match(text))


def _menus(lines: Sequence[str]) -> set[int]:
    """Find menus and footers: rows of entries, and runs of short lines with many entries."""
    dropped = {at for at, line in enumerate(lines) if _is_menu_row(line)}
    run: list[int] = []
    for at, line in enumerate([*lines, "."]):
        if not line.strip() or at in dropped:
            continue
        if _is_short(line) or is_chrome(line):
            run.append(at)
        else:
            dropped.update(_menu_part(lines, run))
            run = []
    return dropped


def _is_menu_row(line: str) -> bool:
    """Whether a line is a row of entries: "Impressum | Datenschutz | Kontakt"."""
    parts = [part for part in _SEPARATOR.split(line) if part.strip()]
    if len(parts) < 2 or _SENTENCE_END.search(line):
        return False
    entries = sum(_is_entry(part) for part in parts)
    return entries >= 2 and entries >= 0.6 * len(parts)


def _is_entry(line: str) -> bool:
    return _bare(line).casefold() in MENU or is_link_label(line)


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
    for paragraph in _paragraphs(lines):
        for position, at in enumerate(paragraph):
            if not _is_credit(lines[at]):
                continue
            dropped.add(at)
            above = paragraph[position - 1] if position else None
            if above is not None and _is_short(lines[above]):
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
    for paragraph in _paragraphs(lines):
        labels = {at for at in paragraph if _is_label_here(lines, at)}
        text = " ".join(lines[at] for at in paragraph)
        is_prompt = len(text) <= _MAX_PROMPT and bool(NEWSLETTER_PROMPT.match(text))
        is_whole = is_prompt or (labels and _is_link_list(lines, paragraph))
        dropped.update(paragraph if is_whole else labels)
    return dropped


def _is_link_list(lines: Sequence[str], paragraph: Sequence[int]) -> bool:
    """Whether short lines stand together, one of which is a link: "Zur Richtlinie / Erlass"."""
    is_narrow = all(_is_short(lines[at]) or is_chrome(lines[at]) for at in paragraph)
    return is_narrow and any(_points_to_target(lines[at]) for at in paragraph)


def _is_label_here(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    if is_link_label(line):
        return True
    if not _is_short(line):
        return False
    if _ARROW_START.match(line) and not _has_arrow_neighbour(lines, at):
        return True
    following = next((one for one in lines[at + 1 :] if one.strip()), "")
    is_lead = bool(_TO_TARGET.match(line)) and line[:1].isupper()
    return is_lead and (not following or _is_short(following) or is_chrome(following))


def _has_arrow_neighbour(lines: Sequence[str], at: int) -> bool:
    """Whether an arrow is the bullet of a list, not the mark of a single link."""
    near = [one for one in (*lines[max(0, at - 2) : at], *lines[at + 1 : at + 3]) if one.strip()]
    return any(_ARROW_START.match(one) for one in near)


def _link_sections(lines: Sequence[str]) -> set[int]:
    """Find headings such as "Weitere Informationen:" whose links are gone."""
    dropped: set[int] = set()
    filled = [at for at, line in enumerate(lines) if line.strip()]
    for at, following in pairwise([*filled, len(lines)]):
        is_section = LINK_SECTION.fullmatch(_bare(lines[at]).rstrip(" :")) is not None
        has_text = following < len(lines) and not _is_short(lines[following])
        if is_section and _is_short(lines[at].rstrip(":")) and not has_text:
            dropped.add(at)
    return dropped


def _edges(lines: Sequence[str]) -> set[int]:
    """Find menu entries that stand alone above the title or below the text."""
    dropped: set[int] = set()
    filled = [at for at, line in enumerate(lines) if line.strip()]
    if len(filled) > 1:
        dropped.update(_while(filled[:-1], lambda at: _starts_above(lines[at])))
    tail = _while(filled[::-1], lambda at: _bare(lines[at]).casefold() in MENU)
    if len(tail) < len(filled):
        dropped.update(tail)
    return dropped
