"""Hits to scored units: which sentence, list or contact of the passages answers the question.

The weights down to `no_evidence` were fitted on five question sets and XQuAD-de (a softmax over the
units of a question), moved towards a fit on 3,950 questions about other documents, and rounded;
those below are set by hand. See `docs/decisions.md`.
"""

import re
from dataclasses import dataclass, replace

from assistant.bearing import begins, counts_list, defines, entitles, is_special, lacks_role
from assistant.continuation import Head, head_of
from assistant.demands import GAP_MARKERS, is_met
from assistant.evidence import OPTIONAL
from assistant.matching import TextWords, coverage, match, text_words
from assistant.query import Query
from assistant.retriever import Retrieval
from assistant.validity import Timeframe
from corpus.documents import Hit
from corpus.embedder import Vectors
from corpus.index import Index

PASSAGES = 20  # hits whose units are candidates
FURTHER = 30  # the same where only a unit with a certain kind of fact will do
NOT_YET = 5.0  # the same for what began only after the day that a question names
THEN = 2.0  # what a statement gains that says it was so until a later day
NOT_CURRENT = 2.0  # in log-odds: what a source loses that does not hold on the day asked about
HEADING = 0.6  # what a word found in title or heading counts
PREVIOUS = 0.8  # what a word found in the sentence before counts

WEIGHTS = {
    "cosine": 33.0,
    "context": 4.0,
    "grams": 2.0,
    "hit": 7.0,
    "evidence": 1.0,
    "no_evidence": -1.4,
    "optional": 3.0,
    "list": 2.0,
    "gap": -0.8,
    "special": -2.0,
    "defines": 1.5,
    "entitles": 1.5,
    "counted": 1.5,
    "begins": 1.0,
    "no_role": -2.0,
}

_LIST = re.compile(r"\n(?:[•–*-]|\d+[.)])\s|:\s[^.]*,[^.]*,")


@dataclass(frozen=True, slots=True)
class Unit:
    """One quotable span of a hit with what speaks for it; see `score` for the weights."""

    hit: Hit
    position: int  # in passage.sentences
    cosine: float
    matches: tuple[float, ...]  # for each word of the question, in the unit itself
    context: tuple[float, ...]  # the same with sentence before, heading and title
    grams: float  # mean share of the words' 5-grams in the unit
    has_evidence: bool | None  # None: the question asks for no particular kind of fact
    score: float
    head: Head | None = None  # what leads in the list that the unit goes on with

    @property
    def span(self) -> tuple[int, int]:
        """Start and end in the passage's text."""
        return self.hit.passage.sentences[self.position]

    @property
    def text(self) -> str:
        """The unit, verbatim."""
        start, end = self.span
        return self.hit.passage.text[start:end]

    @property
    def is_gap(self) -> bool:
        """Whether the unit says itself that something is not documented."""
        return self.text.startswith(GAP_MARKERS)


def score_units(
    query: Query, retrieval: Retrieval, index: Index, *, timeframe: Timeframe | None = None
) -> list[Unit]:
    """Score every unit of the best hits that says something; best first.

    With a `timeframe`, what does not hold in it stands behind what does.
    """
    asked = frozenset(word.stem for word in query.words)
    units = []
    best = retrieval.hits[0].score if retrieval.hits else 0.0
    depth = FURTHER if query.question.evidence or query.question.is_negated else PASSAGES
    for hit, row in zip(retrieval.hits[:depth], retrieval.rows, strict=False):
        found = _units_of(hit, index, row, retrieval.vector, query, best)
        for unit in found:
            if timeframe and timeframe.is_later(hit.passage, unit.text):
                unit = replace(unit, score=unit.score - NOT_YET, has_evidence=None)
            elif timeframe and timeframe.speaks_of_then(unit.text):
                unit = replace(unit, score=unit.score + THEN)
            elif timeframe and _is_former(query, unit, timeframe):
                unit = replace(unit, score=unit.score - NOT_CURRENT, has_evidence=None)
            elif timeframe and not timeframe.is_wanted(hit.passage, unit.text, asked):
                unit = replace(unit, score=unit.score - NOT_CURRENT)
            units.append(unit)
    return sorted(units, key=lambda unit: (-unit.score, unit.hit.rank, unit.position))


def _is_former(query: Query, unit: Unit, timeframe: Timeframe) -> bool:
    """Tell whether a unit names who advised a place before, and who does now is asked."""
    if timeframe.is_past or not query.is_local or query.question.kind != "person":
        return False
    if {word.stem for word in query.words} & timeframe.endings.keys():
        return False
    return unit.has_evidence is True and timeframe.is_over(unit.hit.passage, unit.text)


def _units_of(
    hit: Hit,
    index: Index,
    row: int,
    query_vector: Vectors,
    query: Query,
    best: float,
) -> list[Unit]:
    passage, vectors = hit.passage, index.unit_vectors(row)
    around = text_words("\n".join((passage.title, *passage.heading_path)))
    heading = [HEADING * match(word, around) for word in query.words]
    before = [0.0] * len(query.words)
    stems = {word.stem for word in query.words}
    asked = -1.0  # cosine of the question that the unit answers, where one stands before it
    units = []
    for position, (start, end) in enumerate(passage.sentences):
        text = passage.text[start:end]
        words = text_words(text)
        matches = tuple(match(word, words) for word in query.words)
        cosine = max(float(vectors[position] @ query_vector), asked)
        asked = -1.0
        head = head_of(passage, position, index, row)
        if head:
            led = text_words(head.text)
            before = [match(word, led) for word in query.words]
        around_it = zip(matches, before, heading, strict=True)
        context = [max(own, PREVIOUS * earlier, above) for own, earlier, above in around_it]
        said = f"{head.text}\n{text}" if head else text
        evidence = is_met(query, passage, said)
        repeats = evidence is False and frozenset() < words.stems <= stems
        if _asks(text) or repeats:  # a question, with its mark or without
            before, asked = list(matches), cosine
            continue
        features = {
            "cosine": cosine,
            "context": coverage(query.words, context),
            "grams": _gram_share(query, words),
            "hit": hit.score - best,
            "evidence": float(evidence is True),
            "optional": float(evidence is True and query.question.evidence in OPTIONAL),
            "no_evidence": float(evidence is False),
            "gap": float(text.startswith(GAP_MARKERS)),
            "special": float(is_special(query, passage.heading, text)),
            "defines": float(defines(query, text)),
            "entitles": float(entitles(query, text)),
            "counted": float(counts_list(query, text)),
            "begins": float(begins(query, text)),
            "no_role": float(lacks_role(query, context)),
            "list": float(query.question.kind == "list" and _LIST.search(said) is not None),
        }
        units.append(
            Unit(
                hit=hit,
                position=position,
                cosine=cosine,
                matches=matches,
                context=tuple(context),
                grams=features["grams"],
                has_evidence=evidence,
                score=sum(WEIGHTS[name] * value for name, value in features.items()),
                head=head,
            )
        )
        before = list(matches)
    return units


def _asks(text: str) -> bool:
    """Tell whether a unit is a question, which answers nothing; a list of questions may."""
    return text.endswith("?") and "\n" not in text


def _gram_share(query: Query, words: TextWords) -> float:
    if not query.words:
        return 0.0
    shares = [len(word.grams & words.grams) / len(word.grams) for word in query.words]
    return sum(shares) / len(shares)
