"""Questions that ask for what is not so ("Wer darf keinen Antrag stellen?"), and texts that say it.

Their words are those of the opposite question, so the nearest sentence says who may apply: the
opposite of an answer, and no reader sees it in the citation.
"""

import re
from collections.abc import Callable

_CLAUSE = re.compile(
    r"[,;:.?!–]\s*|\b(?:wenn|falls|sofern|ob|weil|dass|damit|obwohl|if|unless|because|that)\b", re.I
)
# Who asks why or how something is not so takes it for granted.
_ASKED = re.compile(
    r"\b(?:(wer|wem|wen|was|welche[nmrs]?|wo|wofür|wofuer|woran|wann|who|whom|what|which|where|when)|"
    r"wie|warum|wieso|weshalb|how|why)\b(.*)",
    re.IGNORECASE | re.DOTALL,
)
_NOT = re.compile(
    # What is "nicht verbraucht" is a kind of thing; "nicht nur" denies nothing.
    r"\bnicht\b(?! nur\b| zuletzt\b|\s+[a-zäöüß]+e[nmrs]?\s+[A-ZÄÖÜ])|\bkein(?:e[nmrs]?)?\b|"
    r"\bnie(?:mals|mand\w*)?\b|\b(?:not(?! only)|cannot|no|never|nobody)\b|n't\b|"
    r"\bausge(?:schlossen|nommen)\b|\bunzulässig\b|\bverboten\b|\buntersagt\b|"
    r"\b(?:excluded|exempt|ineligible|forbidden|prohibited)\b",
    re.IGNORECASE,
)
_MUST = re.compile(r"\b(?:muss|müssen|muessen|brauch\w+|must|need|have to|has to)\b", re.IGNORECASE)
_NEED_NOT = re.compile(r"\b(?:muss|müssen|mussten?|brauch\w*)\b[^.;,\n]*\b(?:nicht|kein\w*)\b")
# What the documents do not say is no denial of it.
_UNSAID = re.compile(
    r"\bnicht (?:belegt|dokumentiert|bekannt|angegeben)\b|"
    r"\b(?:Unterlagen|Dokumente|Quellen?|steht|nennt|sagt) nicht\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\bnicht\b(?! nur\b| zuletzt\b)|\bkein(?:e[nmrs]?|erlei)?\b|"
    r"\bnie(?:mals|mand\w*)?\b|\bweder\b|\baußer\b|\bausnahm\w*|\bausge(?:schlossen|nommen)\w*|\bausschl\w*|"
    r"(?<!nicht )\b(?:nur|lediglich|ausschließlich)\b|"
    r"\bun(?:zulässig|wirksam|tersagt|statthaft|gültig|entgeltlich)\w*|\bnichtig\w*|\bverb[oi]t\w*|"
    r"\bentf(?:allen|ällt|iel)\b|\berl(?:ischt|ischen|ass\w*)\b|\bverlier\w*|\bver(?:weiger|sag)\w*|"
    r"\babgelehnt\w*|\bablehn\w*|\bbefrei\w*|\bverzicht\w*|\bfehl(?:t|en)\b|"
    r"\b(?:freiwillig|optional|(?:gebühren|kosten|beitrags|steuer)frei)\w*",
    re.IGNORECASE,
)


def is_negated(question: str) -> bool:
    """Tell whether a question asks for what is not so, in the first clause that asks."""
    asked = next(filter(None, map(_ASKED.search, _CLAUSE.split(question))), None)
    return bool(asked and asked[1] and _NOT.search(asked[2]))


def denies(question: str, text: str, names: Callable[[str], bool]) -> bool:
    """Tell whether a text says that something is not so, or for nobody else.

    In a list it is the head that says it, or an item that `names` a word of the question. Not
    having to do something is no denial unless just that is asked for.
    """
    head, *items = text.split("\n")
    lines = [head, *filter(names, items)]
    for beside in [_UNSAID] if _MUST.search(question) else [_UNSAID, _NEED_NOT]:
        lines = [beside.sub("", line) for line in lines]
    return any(_DENIES.search(line) for line in lines)
