"""A sentence to its content words, each with what is at stake about it."""

import re
from dataclasses import dataclass

from assistant.generation.literals import Literals, literals
from assistant.matching import TextWords, text_words
from corpus.analysis import fold, grams, is_stop_word, stem, words
from corpus.synonyms import synonyms

SHORTEST_PART = 5  # characters of a word that may stand inside a compound
PREFIX = 0.75  # share of the longer word that two forms of one name have in common
KNOWN_GRAMS = 0.6  # share of 5-grams that makes two words forms of one

_TOKEN = re.compile(r"[^\W\d_][\w’'-]*")
_DIGITS = re.compile(r"\d+")
_ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,}")
# What begins a German sentence without being a noun: adverbs, participles, adjectives.
_NO_NOUN = re.compile(
    r".*(?:lich|ig|isch|weise|dem|falls|sam|bar|los|mal|end|mals|seits|haft)(?:e[rnms]?)?"
    r"|(?:Ge|Be|Ver|Er|Ent|Zer|Ein|Aus|Auf|An|Ab|Zu|Vor|Mit|Nach|Über|Unter|Durch)\w+(?:t|en)"
    r"|.*(?:iert|zt|gt|bt|det)"
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
    new_digits: frozenset[str]  # runs of digits that the question does not hold


def read_claim(text: str, question: str) -> Claim:
    """Find the content words of a sentence and what about them is at stake."""
    asked = text_words(question)
    found: dict[str, Word] = {}
    for token in _TOKEN.finditer(text):
        is_name = _is_name(token, text)
        for part in words(token[0]):
            if len(part) > 1 and not is_stop_word(part):
                one = _word(part, is_name=is_name, asked=asked)
                found.setdefault(one.stem, one)
    new_digits = frozenset(_DIGITS.findall(text)) - frozenset(_DIGITS.findall(question))
    return Claim(text, tuple(found.values()), literals(text), literals(question), new_digits)


def holds(text: TextWords, word: Word) -> bool:
    """Tell whether a text holds a word in some form."""
    if word.stem in text.stems or word.synonyms & text.stems:
        return True
    if word.is_name and _is_form(text, word):
        return True
    if len(word.stem) >= SHORTEST_PART and word.stem in text.line:
        return True
    if any(len(part) >= SHORTEST_PART and part in word.folded for part in text.stems):
        return True
    common = len(word.grams & text.grams) / len(word.grams)
    return not word.is_name and common >= KNOWN_GRAMS


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
    return Word(one, word.folded, word.grams, word.synonyms, is_name, holds(asked, word))


def _is_form(text: TextWords, word: Word) -> bool:
    """Tell two forms of one name: "Hessen" and "Hessens", "hessisch" and "Hessen" not."""
    for other in text.folded:
        shared = int(PREFIX * max(len(other), len(word.folded)) + 0.99)
        if shared >= 4 and other[:shared] == word.folded[:shared]:
            return True
    return False
