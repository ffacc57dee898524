"""Find sentences in German (and English) text: `Abs. 2 Nr. 1`, `z. B.` and `31. März` stay whole.

Own rules: the trained splitters at hand cut after `ggf.`, `max.` and `Art.`, and a citation that
ends at an abbreviation is worse than one that is a sentence too long. When in doubt, do not cut.
"""

import re

from corpus.abbreviations import ABBREVIATIONS, CLOSING, MONTHS, NUMBERED, ORDINAL_LEADS, STARTERS

Span = tuple[int, int]

_OPENERS = "\"'»«„“‚‘(["
_CLOSERS = "\"'»«“”‘’)]"
# A possible end: terminators, closing marks, then a blank; or a blank line; or a bulleted line.
_CANDIDATE = re.compile(
    rf"(?P<stop>(?<![.!?…])[.!?…]++)"
    rf"(?P<close>[{re.escape(_CLOSERS)}]*(?:\[\d{{1,3}}\]|[¹²³⁴-⁹])*)(?P<gap>\s++)"
    r"|\n(?P<blank>[^\S\n]*+\n\s*+)"
    r"|\n(?P<bullet>[^\S\n]*+(?=(?:[•◦▪–→*-]|\d{1,2}[.)]|[a-z]{1,2}\))[^\S\n]))"
)
_OPEN_QUOTE = re.compile(r"„[^“”]{0,80}$|»[^«»]{0,80}$")
_QUOTE_REST = re.compile(r"[^„“”»«]{1,80}[“”«]")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_NEXT_WORD = re.compile(r"[\w:*/'’-]+")
_LAST_TOKEN = re.compile(r"[^\s(\[„“»«\"/]*$")
_NUMBER = re.compile(r"\d+$")
_SHORT_DATE = re.compile(r"\d{1,2}\.\d{1,2}$")
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}$")
_ROMAN = re.compile(r"[IVX]{1,5}$")
_DOTTED_LETTERS = re.compile(r"(?:[^\W\d]{1,3}\.)+[^\W\d]{1,4}$")
_ADDRESS = re.compile(r"@|://|^www\.|[\w-]{2,}\.(?:de|eu|com|org|net|info|gov|int|nrw|at|ch)$")
_VOWEL = re.compile(r"[aeiouyäöü]", re.IGNORECASE)
_LOWER_VERB = re.compile(r"[a-zäöüß]{2,}en$")
_LOOK_BACK = 200  # characters; what decides stands nearer, and long text stays linear
_BULLET_LABEL = re.compile(r"(?:[•◦▪–→*-]|\(?\d{1,3}[a-z]?\)|[a-z]{1,2}\))$")


def sentence_spans(text: str) -> list[Span]:
    """Return where each sentence starts and ends, in order, without the blanks around it.

    A colon never ends a sentence, so an enumeration in running text stays with its introduction.
    """
    spans: list[Span] = []
    start = 0
    for match in _CANDIDATE.finditer(text):
        if match["stop"] is None or _is_end(text, start, match):
            _append(spans, text, start, match.start("gap") if match["stop"] else match.start())
            start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    following = match.end()
    if following >= len(text) or _BLANK_LINE.search(match["gap"]):
        return True
    stop = match["stop"]
    before = text[max(start, match.start() - _LOOK_BACK) : match.start()].lstrip()
    if not before or _BULLET_LABEL.match(before):
        return False
    if before[-1] in "([" and match["close"]:  # "(…)" and "[...]" mark an omission
        return False
    if not match["close"] and _OPEN_QUOTE.search(before) and _QUOTE_REST.match(text, following):
        return False  # inside a short quotation: a title, a motto
    head, word = text[following], _next_word(text, following)
    if stop != ".":
        return _can_start(head)
    if match["close"] and match["close"][0] in ")]" and head.islower():
        return False
    return _ends_with_period(before, head, word)


def _next_word(text: str, at: int) -> str:
    while at < len(text) and text[at] in _OPENERS:
        at += 1
    found = _NEXT_WORD.match(text, at)
    return found.group() if found else ""


def _can_start(head: str) -> bool:
    return not head.islower() and head not in ",;:.!?)/|&+=%"


def _ends_with_period(before: str, head: str, word: str) -> bool:
    if before[-1] in ")]":
        return _can_start(head)
    found = _LAST_TOKEN.search(before)
    token = (found.group() if found else "").rstrip(_CLOSERS + ",")
    if not _can_start(head):
        # A slip in the source ("… angeregt werden. bundesweit …"): no abbreviation ends in -en.
        return head.islower() and len(token) >= 5 and bool(_LOWER_VERB.match(token))
    previous = before[: len(before) - len(found.group() if found else "")].split()[-1:]
    lead = previous[0].strip("(„»\"'.,").lower() if previous else ""
    if _NUMBER.search(token):
        return _ends_with_number(before, token, lead, word)
    if _ROMAN.match(token):
        return token != before and word[:1].isalpha() and (word in STARTERS or lead in NUMBERED)
    return _ends_with_word(token, lead, word)


def _ends_with_number(before: str, token: str, lead: str, word: str) -> bool:
    """Tell "… bis Ende 2027. Danach" and "§ 2. Die" from "31. März" and "2. Halbjahr"."""
    if _SECTION_NUMBER.match(token) and before == token:
        return False  # the label of a numbered paragraph
    if word.lower() in MONTHS or (_SHORT_DATE.match(token) and word not in STARTERS):
        return False
    if not _NUMBER.match(token) or len(token) > 3 or lead in NUMBERED:
        return True
    return word in STARTERS and (lead not in ORDINAL_LEADS or word[:1].islower())


def _ends_with_word(token: str, lead: str, word: str) -> bool:
    if _ADDRESS.search(token):
        return True
    bare = token.lower()
    if len(token) == 1 and token.isalpha():
        if len(lead) > 1 and lead in NUMBERED:
            return True  # "Anlage B. Die …"
        return bare in CLOSING and word in STARTERS
    if bare in CLOSING or bare.endswith("str") or _DOTTED_LETTERS.match(token):
        return word in STARTERS and bare not in ABBREVIATIONS
    if bare in ABBREVIATIONS or bare.rsplit("-", 1)[-1] in ABBREVIATIONS:
        return False
    looks_clipped = len(token) <= 4 and not token.isupper() and not _VOWEL.search(token)
    return not (looks_clipped and token.isalpha())
