"""Cookie notices: whole sections that ask for consent, in web pages saved as text."""

import re
from collections.abc import Sequence

from ingest.contacts import is_detail
from ingest.web_lines import bare, is_chrome, paragraphs
from ingest.web_phrases import CONSENT_HEADING, CONSENT_TEXT, COOKIE_HEADING, COOKIE_OPENING

_NO_HEADING_END = re.compile(r"[.;,:]$")


def cookie_sections(lines: Sequence[str]) -> set[int]:
    """Find cookie notices, from their heading or opening sentence to the next real text."""
    dropped: set[int] = set()
    inside = after_heading = False
    for paragraph in paragraphs(lines):
        text = " ".join(lines[at] for at in paragraph)
        is_heading = len(paragraph) == 1 and _is_heading(text)
        if _opens_cookie_notice(text, is_heading=is_heading):
            inside, after_heading = True, is_heading
        elif inside and is_heading:
            inside = _is_consent_choice(text)
        elif inside:
            is_choice = all(_is_consent_choice(lines[at]) for at in paragraph)
            inside = after_heading or is_choice or bool(CONSENT_TEXT.search(text))
            after_heading = False
        if inside:
            dropped.update(paragraph)
    return dropped


def _is_consent_choice(line: str) -> bool:
    return is_chrome(line) or bool(CONSENT_HEADING.fullmatch(line))


def _is_heading(text: str) -> bool:
    return len(text) <= 100 and not _NO_HEADING_END.search(text) and not is_detail(text)


def _opens_cookie_notice(text: str, *, is_heading: bool) -> bool:
    if is_heading:
        return bool(COOKIE_HEADING.fullmatch(bare(text).rstrip("!?. ")))
    return bool(COOKIE_OPENING.match(text))
