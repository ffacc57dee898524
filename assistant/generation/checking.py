"""A sentence and passages to the span that backs it, or the reason why none does.

Deterministic, without a model: what is said has to stand in one sentence of one passage, every
new number, day, contact and name literally in it; the sentences beside it lend half a word. A
reversed relation ("A fördert B") no comparison of words can see; how well the rest is told apart
stands in `docs/decisions.md`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.generation.literals import Literals, literals
from assistant.generation.qualifiers import same_qualifiers
from assistant.matching import TextWords, text_words
from corpus.analysis import fold, grams, is_stop_word, stem, words
from corpus.documents import Passage
from corpus.synonyms import synonyms

Reason = Literal["contact", "figure", "name", "words", "sense"]

COVERAGE = 0.6  # share of the content words that must stand there
ELSEWHERE = 0.2  # how much better no other place of the passage may cover the words
NAMES = 0.5  # share of the nouns of the question that must be found; of the others, all
BESIDE = 0.5  # what a word counts that stands in the sentence before or behind
SHORTEST_PART = 5  # characters of a word that may stand inside a compound
PREFIX = 0.75  # share of the longer word that two forms of one name have in common
KNOWN_GRAMS = 0.6  # share of 5-grams that makes two words forms of one

_TOKEN = re.compile(r"[^\W\d_][\w’'-]*")
_ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,}")
# What begins a German sentence without being a noun: adverbs, participles, adjectives.
_NO_NOUN = re.compile(
    r".*(?:lich|ig|isch|weise|dem|falls|sam|bar|los|mal|end|mals|seits|haft)(?:e[rnms]?)?"
    r"|(?:Ge|Be|Ver|Er|Ent|Zer|Ein|Aus|Auf|An|Ab|Zu|Vor|Mit|Nach|Über|Unter|Durch)\w+(?:t|en)"
    r"|.*(?:iert|zt|gt|bt|det)"
)

# A sentence that speaks to a model states nothing. Only the clumsiest are met here; the rest is
# kept harmless by the comparison itself.
_ORDER = re.compile(
    r"\b(?:ignorier|ignore|vergiss|disregard|missachte)\w*\b.{0,60}\b(?:anweisung|instruction)|"
    r"\b(?:antworte|answer|reply|respond)\b.{0,20}:|<\||\[/?INST|<<SYS|<!--|<span|\"role\"|"
    r"^\W*(?:system|assistant|administrator)\W",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of a claim."""

    stem: str
    folded: str
    grams: frozenset[str]
    synonyms: frozenset[str]
    is_name: bool  # capitalised inside the sentence: in German every noun, so a fact at stake
    is_asked: bool  # stands in the question as well


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence ready to be compared; `asked` are the literals of the question."""

    text: str
    words: tuple[Word, ...]
    literals: Literals
    asked: Literals


@dataclass(frozen=True, slots=True)
class Support:
    """The span of a passage that backs a claim."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence of a passage with what it holds of a claim, as positions in `Claim.words`."""

    passage: Passage
    start: int
    end: int
    found: frozenset[int]  # title and headings included
    beside: frozenset[int]  # in the sentence before or behind
    coverage: float

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


def check(text: str, question: str, passages: Sequence[Passage]) -> Support | Reason:
    """Locate a sentence in the passages and compare it with what stands there."""
    claim = read_claim(text, question)
    places = sorted(
        (place for passage in passages for place in _places(claim, passage)),
        key=lambda one: -one.coverage,
    )
    if not places:
        return "name" if any(word.is_name for word in claim.words) else "words"
    best_in = {place.passage.id: place.coverage for place in reversed(places)}
    reasons: list[Reason] = []
    for place in places:
        reason = _problem(claim, place, best_in[place.passage.id])
        if reason is None:
            return Support(place.passage, place.start, place.end)
        reasons.append(reason)
    return reasons[0]


def read_claim(text: str, question: str) -> Claim:
    """Find the content words of a sentence and what about them is at stake."""
    asked = text_words(question)
    found: dict[str, Word] = {}
    for token in _TOKEN.finditer(text):
        is_name = _is_name(token, text)
        for part in words(token[0]):
            if len(part) > 1 and not (is_stop_word(part) and not _ACRONYM.match(token[0])):
                one = _word(part, is_name=is_name, asked=asked)
                found.setdefault(one.stem, one)
    return Claim(text, tuple(found.values()), literals(text), literals(question))


def _is_name(token: re.Match[str], text: str) -> bool:
    """Tell names and nouns from the word that merely begins the sentence."""
    if not token[0][0].isupper():
        return False
    if any(character.isalnum() for character in text[: token.start()]):
        return True
    following = _TOKEN.match(text, token.end() + 1)
    if _ACRONYM.match(token[0]) or (following is not None and following[0][0].isupper()):
        return True
    return not _NO_NOUN.fullmatch(token[0])


def _word(part: str, *, is_name: bool, asked: TextWords) -> Word:
    one = stem(part)
    word = Word(one, fold(part), frozenset(grams(part)), synonyms(one), is_name, False)
    return Word(one, word.folded, word.grams, word.synonyms, is_name, _holds(asked, word))


def _places(claim: Claim, passage: Passage) -> Iterator[_Place]:
    """Yield the sentences that hold a word of the claim."""
    if not claim.words:
        return
    around = text_words("\n".join((passage.title, *passage.heading_path)))
    above = _positions(claim, around)
    held = [
        _positions(claim, text_words(passage.text[start:end])) for start, end in passage.sentences
    ]
    for row, (start, end) in enumerate(passage.sentences):
        if held[row]:
            found = held[row] | above
            beside = frozenset().union(*held[max(0, row - 1) : row + 2]) - found
            coverage = (len(found) + BESIDE * len(beside)) / len(claim.words)
            yield _Place(passage, start, end, found, beside, coverage)


def _positions(claim: Claim, text: TextWords) -> frozenset[int]:
    return frozenset(n for n, word in enumerate(claim.words) if _holds(text, word))


def _problem(claim: Claim, place: _Place, best: float) -> Reason | None:
    there = literals(place.text)
    if not claim.literals.contacts <= there.contacts:
        return "contact"
    if not there.backs(claim.literals.without(claim.asked)):
        return "figure"  # the figures that make the answer
    if not literals(place.passage.text).backs(claim.literals):
        return "figure"  # those that were asked about may stand further away
    missing = [word for n, word in enumerate(claim.words) if n not in place.found and word.is_name]
    new = [word for word in missing if not word.is_asked]
    lost = [word for word in missing if word not in (claim.words[n] for n in place.beside)]
    asked = [word for word in claim.words if word.is_name and word.is_asked]
    if new or len(lost) > (1 - NAMES) * len(asked):
        return "name"
    if place.coverage < COVERAGE or place.coverage < best - ELSEWHERE:
        return "words"
    is_order = _ORDER.search(place.text) is not None
    return "sense" if is_order or not same_qualifiers(claim.text, place.text) else None


def _holds(text: TextWords, word: Word) -> bool:
    if word.stem in text.stems or word.synonyms & text.stems:
        return True
    if word.is_name and _is_form(text, word):
        return True
    if len(word.stem) >= SHORTEST_PART and any(word.stem in other for other in text.folded):
        return True
    if any(len(part) >= SHORTEST_PART and part in word.folded for part in text.stems):
        return True
    common = len(word.grams & text.grams) / len(word.grams)
    return not word.is_name and common >= KNOWN_GRAMS


def _is_form(text: TextWords, word: Word) -> bool:
    """Tell two forms of one name: "Hessen" and "Hessens", "hessisch" and "Hessen" not."""
    for other in text.folded:
        shared = int(PREFIX * max(len(other), len(word.folded)) + 0.99)
        if shared >= 4 and other[:shared] == word.folded[:shared]:
            return True
    return False
