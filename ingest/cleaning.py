"""Clean extracted text: Unicode, invisible characters, hyphenation, wrapped lines, page headers."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from ingest.repairs import mend_umlauts, note_removed

_LINE_BREAKS = re.compile(r"\r\n?|[\u0085\u000b\u000c\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_BLANK_ENDS = re.compile(r" ?\n ?")
_MANY_BREAKS = re.compile(r"\n{3,}")
# Symbol fonts put their bullets into the private use area.
_SYMBOL_BULLET = re.compile("[\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uf06c\uf06e\uf0e8\uf0be\uf02d]")
# Control, surrogate, private and noncharacters; zero-width, bidi and tag characters; variation
# selectors: nobody sees them, and text for a language model has been hidden in them.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_SOFT_HYPHEN = re.compile(r"\u00ad(?!\n)")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")

_HYPHENS = "-\u2010\u2011\u00ad"
_HYPHEN_END = re.compile(rf"\w[{_HYPHENS}]$")
_CONJUNCTION = re.compile(r"(?:und|oder|bzw|sowie|als|wie|noch|and|or|to)\b")
_HYPHENATED = re.compile(r"\b\w+-[a-zäöüß]\w*")
_WORD_AT_END = re.compile(r"\w+$")
_WORD_AT_START = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?:…]['\"»«“”)\]]*$")
_SENTENCE_WITHIN = re.compile(r"[a-zäöüß]{3}[.!?] [A-ZÄÖÜ]")  # where one ends and one begins

_LONGEST_WORD = 80
NARROWEST = 40  # a column of fewer characters is a list of short lines, unless they run on
_NARROW_RUNNING = 0.3  # share of lines that visibly go on a sentence, in text of a narrow column
_FEWEST_NARROW = 3  # lines
_NARROWEST_RUNNING = 15  # characters; below them no text is set in columns
_FULL_NARROW = 0.85  # as `_FULL`, where one long word already makes a line short
_WIDEST = 130  # a longer line is a whole paragraph, as web pages saved as text have them
_FULL = 0.72  # share of the width from which on a line counts as full (ragged, proportional type)


def clean_characters(text: str) -> str:
    """Return the text in NFC without invisible characters; blanks stay as they are."""
    text = mend_umlauts(_LINE_BREAKS.sub("\n", unicodedata.normalize("NFC", text)))
    text = _LIGATURE.sub(lambda match: _LIGATURES[match.group()], text)
    text, removed = _INVISIBLE.subn("", _SYMBOL_BULLET.sub("•", text))
    note_removed(removed)
    return _SOFT_HYPHEN.sub("", text)


def clean_text(text: str) -> str:
    """Clean characters, make blanks single and leave at most one blank line in a row."""
    text = _BLANK_ENDS.sub("\n", _BLANKS.sub(" ", clean_characters(text)))
    return _MANY_BREAKS.sub("\n\n", text).strip()


def clean_line(text: str) -> str:
    """Clean a piece of text that must stay on one line: a heading, a table cell."""
    return " ".join(clean_characters(text).split())


def invisible_count(text: str) -> int:
    """Count the characters that `clean_characters` drops because nobody can see them."""
    return len(_INVISIBLE.findall(text))


def hyphenated_words(text: str) -> frozenset[str]:
    """Collect the words a text writes with a hyphen inside a line: "analog-digital"."""
    return frozenset(word.lower() for word in _HYPHENATED.findall(text))


def ends_hyphenated(line: str) -> bool:
    """Whether a line ends inside a word or a hyphenated compound."""
    return bool(_HYPHEN_END.match(line[-2:]))


def join_lines(lines: Sequence[str], known: frozenset[str] = frozenset()) -> str:
    """Join the lines of one paragraph; `known` are words that keep their hyphen."""
    pieces: list[str] = []
    for line in lines:
        if pieces:
            pieces[-1:] = _join(pieces[-1], line, known)
        pieces.append(line)
    return "".join(pieces)


def _join(left: str, right: str, known: frozenset[str]) -> tuple[str, str]:
    """Return the left line as it stands before the right one, and what stands between them."""
    if not ends_hyphenated(left):
        return left, " "
    stem = left[:-1]
    if not right[:1].islower():  # "Tesla-" + "Patente", "07 99-" + "32"
        return stem, "-"
    if _CONJUNCTION.match(right):  # "Bildungs-" + "und Beratungsangebote"
        return stem, "- "
    before, after = _WORD_AT_END.search(stem[-_LONGEST_WORD:]), _WORD_AT_START.match(right)
    if before and after and f"{before.group()}-{after.group()}".lower() in known:
        return stem, "-"
    return stem, ""


def text_width(lines: Sequence[str], *, is_page: bool = False) -> int:
    """Return the width in characters that text was wrapped at, 0 for text that was not.

    On a page every line ends at the column; elsewhere the lengths have to show that lines do.
    """
    lengths = sorted(len(line) for line in lines if len(line) >= NARROWEST)
    if not lengths or (not is_page and (len(lengths) < 3 or lengths[-1] > 2 * _WIDEST)):
        return 0
    width = lengths[int(len(lengths) * 0.95)]
    return width if is_page or width <= _WIDEST else 0


def narrow_width(lines: Sequence[str]) -> int:
    """Return the width in characters of text in a narrow column, 0 for a list of short lines."""
    lengths = sorted(map(len, lines))
    if len(lines) < _FEWEST_NARROW or lengths[-1] >= NARROWEST:
        return 0
    running = sum(
        ends_hyphenated(above) or below[:1].islower() or bool(_SENTENCE_WITHIN.search(above))
        for above, below in pairwise(lines)
    )
    width = lengths[int(len(lines) * 0.95)]
    is_text = width >= _NARROWEST_RUNNING and running >= _NARROW_RUNNING * len(lines)
    return width if is_text else 0


def is_wrapped(line: str, following: str, width: int) -> bool:
    """Whether a paragraph runs on from one line to the next."""
    if ends_hyphenated(line) or line.endswith(","):
        return True
    if following[:1].islower():
        return not _SENTENCE_END.search(line) or len(line) >= _FULL * width > 0
    if not width:
        return False
    with_next_word = len(line) + 1 + len(following.split(" ", 1)[0])
    if width < NARROWEST:
        return with_next_word > _FULL_NARROW * width
    return len(line) >= _FULL * width and with_next_word > _FULL * width


def unwrap(lines: Sequence[str], width: int, known: frozenset[str]) -> list[str]:
    """Join the wrapped lines of a run without blank lines into one line per paragraph."""
    paragraphs: list[list[str]] = []
    for line in lines:
        if paragraphs and is_wrapped(paragraphs[-1][-1], line, width):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [join_lines(paragraph, known) for paragraph in paragraphs]
