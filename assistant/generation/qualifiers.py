"""Words that turn a statement round or bound it: "nicht", "nur", "mindestens", "bis zu"."""

import re

from assistant.generation.literals import literals
from corpus.analysis import fold, is_stop_word, stem, words

_NEGATION = re.compile(
    r"\b(?:nicht(?!-)|nichts|kein\w*|nie|niemals|niemand\w*|weder|ohne|keinesfalls|keineswegs|not|no|"
    r"never|none|neither|without|cannot|\w+n't|unzulaessig\w*|ausgeschlossen\w*|auszuschliessen\w*)\b"
)
# "nicht nur … sondern auch" denies nothing, "nicht zuletzt" neither.
_NO_NEGATION = re.compile(r"\b(?:nicht (?:nur|zuletzt|allein|mehr als|weniger als)|not only)\b")
_ONLY = re.compile(r"\b(?:nur|ausschliesslich|lediglich|allein|only|solely|exclusively)\b")
_BOUNDS = {
    "least": r"mindestens|wenigstens|minimal|ab|at least|minimum|nicht weniger als",
    "most": r"hoechstens|maximal|bis zu|at most|up to|maximum|laengstens|nicht mehr als",
    "more": r"mehr als|ueber|more than|over",
    "less": r"weniger als|unter|less than|fewer than|under",
}
_BOUND = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _BOUNDS.items()) + r")"
    r"\s+(?:[a-z]+\s+){0,2}?(?P<number>[1-9][\d.,]*|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|"
    r"zwoelf|elf|ein\w*)"
)
_CLAUSE = re.compile(r"[,;:–]\s|\s(?:und|oder|aber|sondern|jedoch|and|or|but)\s|[.!?]\s|\n")
COVERED = 0.5  # share of a clause's content words that makes the claim speak of it


def same_qualifiers(claim: str, source: str) -> bool:
    """Tell whether a claim denies, bounds and excludes what the source does."""
    claim, source = fold(claim), fold(source)
    if _bounds(claim, source) != _bounds(source, claim):
        return False
    if _ONLY.search(_NO_NEGATION.sub(" ", claim)) and not _ONLY.search(source):
        return False
    denied = _denials(claim)
    return denied == _denials(_clauses_of(source, claim)) or 0 < denied == _denials(source)


def _denials(text: str) -> int:
    return len(_NEGATION.findall(_NO_NEGATION.sub(" ", text)))


def _bounds(text: str, other: str) -> set[tuple[str, str]]:
    """Return the bounded numbers of a text that occur in the other as well."""
    there = literals(other)
    bounded = {(_kind(match), match["number"].rstrip(".,")) for match in _BOUND.finditer(text)}
    return {
        (kind, _written_alike(number))
        for kind, number in bounded
        if there.backs(literals(number)) and (literals(number).numbers or number in other)
    }


def _written_alike(number: str) -> str:
    """Return "4" and "vier" as one; "einem" is no number and stays what it is."""
    return " ".join(f"{value:g}" for value, _ in literals(number).numbers) or number


def _kind(match: re.Match[str]) -> str:
    return next(name for name in _BOUNDS if match[name])


def _clauses_of(source: str, claim: str) -> str:
    """Return the clauses of the source that the claim speaks of."""
    said = {stem(word) for word in words(claim)}
    spoken = []
    for clause in _CLAUSE.split(source):
        content = {
            stem(word) for word in words(clause)
            if not is_stop_word(word) and not _NEGATION.match(word)
        }  # fmt: skip
        if content and len(content & said) >= COVERED * len(content):
            spoken.append(clause)
    return " . ".join(spoken)
