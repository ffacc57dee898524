"""The growing text of a model to its finished sentences, without thoughts, marks and numbers."""

import re
import unicodedata

from corpus.sentences import sentence_spans

_THOUGHT = re.compile(r"<(think(?:ing)?|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT_END = re.compile(r".*</(?:think(?:ing)?|reasoning)>", re.DOTALL | re.IGNORECASE)
_LINE_MARK = re.compile(r"^\s*(?:[-*•–>]|#{1,6}|\d{1,2}[.)](?=\s[A-ZÄÖÜ]))\s+", re.MULTILINE)
_EMPHASIS = re.compile(r"\*\*|__|`")
# The model's own numbers of sources prove nothing: ours are put in their place.
_SOURCE_NUMBER = re.compile(r"\s*(?:\[\^?\d[\d,\s]*\]|【[^】]*】|\((?:Quelle|Source)\s*\d+\))")
_MARKUP = re.compile(r"<[/!?a-zA-Z|]|\]\(|!\[|javascript:|data:\w+/|\[INST|&#|\$\$", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"\b(?:keine?(?:rlei)? (?:\w+ ){0,3}?(?:Angabe|Information|Auskunft|Hinweis|Aussage)\w*|"
    r"(?:Textstelle|Unterlage|Dokument|Auszüge|Text)\w* (?:\w+ ){0,4}?(?:nicht|kein)\w*|"
    r"steht (?:\w+ ){0,3}?nichts?\b|nicht (?:\w+ )?(?:angegeben|genannt|erwähnt|enthalten)|"
    r"geht (?:\w+ ){0,6}?nicht hervor|nicht (?:\w+ )?(?:beantworte\w*|entnehmen)|"
    r"(?:passage|document)s? (?:\w+ ){0,3}?(?:not|nothing|no)\b|no information|"
    r"not (?:stated|mentioned|specified)|cannot (?:be )?(?:answer|determine)\w*)",
    re.IGNORECASE,
)
_UNSEEN = ("Cf", "Cc", "Co", "Cn")


def finished_sentences(text: str, *, is_complete: bool) -> list[str]:
    """Return the sentences that will not change any more."""
    shown = _THOUGHT_END.sub("", _THOUGHT.sub("", text))
    spans = sentence_spans(shown)
    if not is_complete:
        spans = spans[:-1]
    sentences = (_plain(shown[start:end]) for start, end in spans)
    return [one for one in sentences if any(map(str.isalnum, one))]


def has_markup(sentence: str) -> bool:
    """Tell whether a sentence tries to be more than text."""
    return _MARKUP.search(sentence) is not None


def says_nothing(sentence: str) -> bool:
    """Tell whether a model says that the passages do not answer; a refusal is not its decision."""
    return _SAYS_NOTHING.search(sentence) is not None


def _plain(sentence: str) -> str:
    bare = _SOURCE_NUMBER.sub("", _EMPHASIS.sub("", _LINE_MARK.sub("", sentence)))
    seen = (one for one in " ".join(bare.split()) if unicodedata.category(one) not in _UNSEEN)
    return "".join(seen)
