"""A question typed in a hurry to one spelt like the documents: "foerderung" is "Förderung" there.

The model tells capitals and umlauts apart, so what is typed without them lies farther from every
text. No dictionary: how a word is written is read off the passages that were found with it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from corpus.analysis import fold, is_stop_word
from corpus.documents import Passage

SURE = 0.6  # share of a word's places in the passages at which it has to be written so
_WORD = re.compile(r"[^\W\d_][\w-]*")
_SPELT_OUT = re.compile(r"ae|oe|ue|ss")
_EITHER = {"ae": "(?:ae|ä)", "oe": "(?:oe|ö)", "ue": "(?:ue|ü)", "ss": "(?:ss|ß)"}


def respell(text: str, passages: Iterable[Passage]) -> str:
    """Write small words and umlauts of `text` as `passages` do.

    Capitals are added only where `text` has none of its own: "stellen" may be a verb.
    """
    words = _WORD.findall(text)
    is_small = not any(_is_noun(word) for word in words[1:])
    doubtful = {
        fold(word)
        for word in words
        if _SPELT_OUT.search(word) or (is_small and word[0].islower() and not is_stop_word(word))
    }
    forms = _forms(doubtful, passages) if doubtful else {}

    def respelt(found: re.Match[str]) -> str:
        word = found[0]
        form = forms.get(fold(word), word)
        if word[0].isupper():
            return word if word.isupper() else form[0].upper() + form[1:]
        is_new_noun = form[0].isupper() and (not is_small or is_stop_word(word))
        return word if is_new_noun else form

    return _WORD.sub(respelt, text)


def _is_noun(word: str) -> bool:
    """Tell whether a word has a capital and is no abbreviation, which anybody writes large."""
    return word[0].isupper() and not word.isupper()


def _forms(folded: Iterable[str], passages: Iterable[Passage]) -> dict[str, str]:
    """Return how each folded word is mostly written; the first word of a unit tells nothing."""
    longest_first = sorted(folded, key=len, reverse=True)
    either = "|".join(_SPELT_OUT.sub(lambda pair: _EITHER[pair[0]], one) for one in longest_first)
    pattern = re.compile(rf"(?<![\w-])({either})\w{{0,2}}(?![\w-])", re.IGNORECASE)
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for passage in passages:
        words = (_WORD.search(passage.text, start) for start, _ in passage.sentences)
        first = {word.start() for word in words if word}
        for word in pattern.finditer(passage.text):
            if word.start() not in first:
                seen[fold(word[1])][word[1]] += 1
    best = {word: written.most_common(1)[0] for word, written in seen.items()}
    return {word: form for word, (form, n) in best.items() if n >= SURE * seen[word].total()}
