"""Fit the weights of `assistant/gate.py`, each corpus predicted from the others.

`python -m bench.gate` asks the question sets of `tests/evals` over their corpora, and XQuAD-de's
questions with their paragraph and without it. What the library set asks about is in the project;
the other corpora are skipped where `../shared` is not there.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answers import Answer
from assistant.evaluation import Case, read_cases
from assistant.extractive import reply_to
from assistant.findings import Search
from assistant.gate import Signals, confidence, signals
from assistant.retriever import Retriever
from assistant.selection import quotes, select
from assistant.units import FURTHER, score_units
from assistant.validity import Timeframe, asks_for_past, split_day
from bench.retrieval import query_for, without
from bench.xquad import DEFAULT, build_xquad, read_xquad
from corpus.embedder import Embedder
from corpus.embedder_choice import load_embedder
from corpus.index import Index
from corpus.settings import Settings, load_settings
from ingest.pipeline import IngestRun, library_folder

ROOT = Path(__file__).resolve().parents[1]
SHARED, EVALS = ROOT.parent / "shared", ROOT / "tests" / "evals"
SETS = {
    "seeds": (SHARED / "eval" / "seeds-dev.jsonl", EVALS / "seeds.jsonl"),
    "library": (EVALS / "library.jsonl",),
    "laws": (EVALS / "laws.jsonl",),
}
VERDICTS = ("is_missing", "is_gap")  # refuse by themselves, so they are no part of the formula
NAMES = [field.name for field in fields(Signals) if field.name not in VERDICTS]
PENALTY = 10.0  # of the squared standardised weights, against QUESTIONS of each corpus
QUESTIONS = 200.0
STEPS = 20
REFUSED = (0.6, 0.7, 0.8, 0.85, 0.9)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: what the gate sees, and whether an answer would be right."""

    corpus: str
    signals: Signals
    is_right: bool
    is_answerable: bool


def main() -> None:
    embedder = load_embedder(load_settings())
    asked = []
    for corpus, sets in SETS.items():
        if corpus == "library" or SHARED.is_dir():
            cases = [case for path in sets for case in read_cases(path)]
            asked += _ask_set(corpus, cases, embedder)
    if DEFAULT.exists():
        asked += _ask_xquad(embedder)
    print(f"{len(asked)} questions, {embedder.name}")
    corpora = list(dict.fromkeys(one.corpus for one in asked))
    for corpus in corpora:
        others = [one for one in asked if one.corpus != corpus]
        own = [one for one in asked if one.corpus == corpus]
        if others:
            _print_shares(f"{corpus} from the others", own, _scores(own, *_fit(others)))
        sure = np.array([confidence(one.signals) for one in own])
        _print_shares(f"{corpus} as it is", own, sure)
    weights, constant = _fit(asked)
    print("all: " + ", ".join(f"{n} {w:.2f}" for n, w in zip(NAMES, weights, strict=True)))
    print(f"constant {constant:.2f}")


def _ask_set(corpus: str, cases: list[Case], embedder: Embedder) -> Iterator[Asked]:
    """Answer as if the gate were open; premises are left out, a note may be right there too."""
    today = date.today()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        list(IngestRun(_files(corpus, cases), settings=settings, embedder=embedder))
        retriever = Retriever(Index.open(Path(folder), embedder), embedder)
        for case in (case for case in cases if case.kind != "premise"):
            wording, day = split_day(case.question)
            is_past = day is None and asks_for_past(wording, today)
            timeframe = Timeframe(day or today, retriever.index.learned.endings, is_past)
            search = Search(retriever, timeframe)
            finding = search.find(wording)
            reply = reply_to(replace(finding, outcome="answered"), search)
            answer = Answer(case.question, wording, reply.text, "answered", reply.citations)
            seen = signals(finding.query, finding.units, retriever.index.background)
            is_right = case.is_answerable and case.is_right(answer)
            yield Asked(corpus, seen, is_right, case.is_answerable)


def _files(corpus: str, cases: list[Case]) -> list[Path]:
    if corpus == "library":
        return [library_folder()]
    if corpus == "seeds":
        return [SHARED / "seeds"]
    wanted = tuple({name for case in cases for name in case.doc})
    folder = SHARED / "docs" / "german"
    return [path for path in sorted(folder.iterdir()) if path.name.startswith(wanted)]


def _ask_xquad(embedder: Embedder) -> Iterator[Asked]:
    """Ask everything with its paragraph and without it, as `bench.retrieval` does."""
    passages, questions = read_xquad()
    with tempfile.TemporaryDirectory() as folder:
        index = build_xquad(Path(folder), passages, embedder)
        retriever = Retriever(index, embedder)
        for question in questions:
            query = query_for(question.text, index)
            found = retriever.retrieve(query.text, synonyms=query.synonyms, top_k=FURTHER)
            for there in (found, without(found, question.row)):
                units = score_units(query, there, index)
                texts = [quote.text for quote in quotes(select(units))]
                is_right = there is found and any(question.answer in text for text in texts)
                seen = signals(query, units, index.background)
                yield Asked("xquad", seen, is_right, there is found)


def _matrix(asked: list[Asked]) -> Floats:
    return np.array([[float(getattr(one.signals, name)) for name in NAMES] for one in asked])


def _fit(asked: list[Asked]) -> tuple[Floats, float]:
    """Fit a logistic regression with a penalty by Newton's method.

    Answers that quote the wrong place are left out; every corpus counts the same, and within it
    right answers as much as questions without one.
    """
    asked = [one for one in asked if _counts(one) and (one.is_right or not one.is_answerable)]
    groups = Counter((one.corpus, one.is_right) for one in asked)
    share = np.array([QUESTIONS / 2 / groups[one.corpus, one.is_right] for one in asked])
    right = np.array([one.is_right for one in asked], float)
    raw = _matrix(asked)
    centre, spread = raw.mean(axis=0), raw.std(axis=0) + 1e-9
    x = np.hstack([(raw - centre) / spread, np.ones((len(raw), 1))])
    penalty = np.diag([*([PENALTY] * len(NAMES)), 0.0])
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (share * (p - right)) + penalty @ w
        w -= np.linalg.solve((x.T * (share * p * (1 - p))) @ x + penalty, slope)
    weights = w[:-1] / spread
    return weights, float(w[-1] - centre @ weights)


def _scores(asked: list[Asked], weights: Floats, constant: float) -> Floats:
    return np.asarray(_matrix(asked) @ weights + constant)


def _counts(one: Asked) -> bool:
    """Tell whether the formula decides; a gap or a missing fact refuses without it."""
    return not any(getattr(one.signals, name) for name in VERDICTS)


def _print_shares(name: str, asked: list[Asked], log_odds: Floats) -> None:
    """Print the area under the curve, and how much is right where a share is refused."""
    scores = np.array(
        [s if _counts(one) else -np.inf for one, s in zip(asked, log_odds, strict=True)]
    )
    right = np.array([one.is_right for one in asked])
    answerable = np.array([one.is_answerable for one in asked])
    ours, theirs = scores[right][:, None], scores[~answerable][None]
    area = np.mean((ours > theirs) + 0.5 * (ours == theirs))
    limits = np.quantile(scores[~answerable], REFUSED, method="higher")
    kept = [np.sum(scores[right] > limit) / answerable.sum() for limit in limits]
    shares = " ".join(f"{r:.0%}/{k:.0%}" for r, k in zip(REFUSED, kept, strict=True))
    print(f"{name:<24} area {area:.3f}, refused/right {shares}")


if __name__ == "__main__":
    main()
