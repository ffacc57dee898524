"""What a question asks for: its language, its kind, and the word that names what is asked for."""

import re
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from assistant.evidence import PATTERNS, Evidence
from assistant.negation import is_negated
from assistant.question_forms import QUESTION_WORD, Kind, kind_of
from corpus.analysis import fold, is_stop_word
from corpus.sentences import sentence_spans

FEWEST_WORDS = 5  # of a last sentence that says itself what is asked for

# Whoever asks whether or why something is not so, or what differs, may be told how it is.
_EITHER_WAY = frozenset({"yesno", "still", "reason", "comparison"})

_ENGLISH = re.compile(
    r"\b(the|is|are|what|which|who|when|where|how|does|do|can|of|for|and|to|many|much|long)\b"
)
_GERMAN = re.compile(
    r"\b(der|die|das|den|dem|des|ist|sind|was|welche[rsmn]?|wer|wann|wo|wie|wieviele?|kann|darf|muss|"
    r"von|fuer|und|zu|zum|zur|bei|beim|mit|auf|ein|eine[nrms]?|wenn|ich|wir|man|mein\w*|nicht|gibts?)\b"
)

_ASKS = re.compile(rf"(?:\w+ )?{QUESTION_WORD}\b", re.IGNORECASE)
_FOCUS = re.compile(
    r"\b(?:wie ?viel(?:e[nr]?)?|wie (?:lange|lautet|lauten|heisst|heissen)|"
    r"wie (?:hoch|gross|breit|weit|schwer|laut) (?:ist|sind|war|waren|darf|duerfen|muss|muessen|"
    r"soll|sollen)|"
    r"welche[rsmn]?|was (?:ist|sind|war|waren|kostet|kosten|bedeutet|heisst|macht|machen)|"
    r"was versteht (?:man|\w+ \w+) unter|wofuer steht|wer (?:ist|sind|war|waren)|"
    r"wann (?:ist|sind|war|beginnt|endet|startet)|wo (?:ist|war|sitzt|liegt|finde ich)|"
    r"how (?:many|much|high|long|large)(?: is| are)?|which|what (?:is|are|was|were))\b"
)
_WORD = re.compile(r"[^\W\d_][\w-]*")
_COUNTS = re.compile(r"wie ?viel(?:e[nr]?)?|how many")
_UNIT = re.compile(
    "euro|cent|prozent|stunden|tagen?|wochen|monaten?|jahren?|percent|hours|days|weeks|months|years"
)
# "Welche Unterlagen" and "welches Formular" ask for something by its name, whatever their kind.
_PAPERS: dict[Evidence, re.Pattern[str]] = {
    "form": re.compile(r"(antrags)?(formulare?|formblatt|formblaetter|vordrucke?)$|forms$"),
    "papers": re.compile(
        r"(antrags)?(unterlagen?|papiere?|dokumente?|belege?|bescheinigung(en)?|documents?)$"
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what follows from its words alone.

    `focus` is the word that names what is asked for ("Förderquote" in "Wie hoch ist die
    Förderquote?"), empty where the form of the question does not tell. Where it `is_negated`, only
    what denies something answers it.
    """

    text: str
    kind: Kind
    is_english: bool
    focus: str
    is_negated: bool = False

    @property
    def evidence(self) -> Evidence | None:
        """The kind of fact an answer has to hold, or None where words suffice."""
        if self.kind in PATTERNS:
            return self.kind
        focus = fold(self.focus)
        return next((kind for kind, name in _PAPERS.items() if name.match(focus)), None)

    @property
    def language(self) -> str:
        """The language an answer's own words are in: "de" or "en"."""
        return "en" if self.is_english else "de"


def understand(text: str) -> Question:
    """Read kind, language and focus off a question."""
    folded = fold(text).strip()
    kind = kind_of(fold(_asked(text)))
    english = len(_ENGLISH.findall(folded)) > len(_GERMAN.findall(folded))
    negated = kind not in _EITHER_WAY and is_negated(text)
    return Question(text, kind, english, _focus(text), negated)


def _asked(text: str) -> str:
    """Return the last sentence that asks, where others stand before it.

    "Können Sie helfen?" says too little for that: what is asked for stands before.
    """
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    asking = next((one for one in reversed(sentences) if one.endswith("?")), text.strip())
    is_enough = len(asking.split()) >= FEWEST_WORDS or _ASKS.match(asking)
    return asking if is_enough else text.strip()


def _focus(text: str) -> str:
    """Return the first noun behind the question word; without capitals the first content word."""
    start = _FOCUS.search(fold(text))
    if not start:
        return ""
    # Folding lengthens umlauts, so the position is counted in words.
    behind = len(_WORD.findall(fold(text)[: start.end()]))
    further = list(dropwhile(_is_stop, _WORD.findall(text)[behind:]))
    if _COUNTS.fullmatch(start[0]):  # what is counted follows at once, whatever its case
        further = list(takewhile(lambda word: not _is_stop(word), further))
    content = [word for word in further if not _is_stop(word)]
    if len(content) > 1 and _UNIT.fullmatch(fold(content[0])) and content[1][0].isupper():
        content = content[1:]  # "wie viele Tage Urlaub"
    nouns = [word for word in content if word[0].isupper()]
    return next(iter(nouns or content), "")


def _is_stop(word: str) -> bool:
    return is_stop_word(word.lower())
