"""Question sets and how many answers are right: lines of JSON in, metrics out."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answers import Answer
from corpus.errors import UserFacingError


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what a right answer contains; see the contract in the handbook."""

    id: str
    question: str
    kind: str = ""
    lang: str = "de"
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    doc: tuple[str, ...] = ()

    @property
    def is_answerable(self) -> bool:
        """Whether the documents hold the answer."""
        return self.kind not in ("unanswerable", "premise")

    def is_right(self, answer: Answer) -> bool:
        """Judge an answer: refused where it has to be, else complete, clean and cited."""
        if self.kind == "unanswerable":
            return answer.is_refusal
        if self.kind == "premise":
            return answer.is_refusal or any(note.kind == "premise" for note in answer.notes)
        return not answer.is_refusal and self.is_in(answer.text) and self.is_cited(answer)

    def is_in(self, text: str) -> bool:
        """Whether every demanded group is there, and nothing that must not be."""
        folded = text.casefold()
        return all(
            any(alternative.casefold() in folded for alternative in group) for group in self.must
        ) and not any(word.casefold() in folded for word in self.must_not)

    def is_cited(self, answer: Answer) -> bool:
        """Whether one of the demanded documents is cited."""
        names = [citation.passage.document_name for citation in answer.citations]
        return not self.doc or any(name.startswith(self.doc) for name in names)


@dataclass(frozen=True, slots=True)
class Result:
    """A case with the answer it got."""

    case: Case
    answer: Answer

    @property
    def is_right(self) -> bool:
        """Whether the answer was right."""
        return self.case.is_right(self.answer)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Shares between 0 and 1, units and seconds as means, over one group of results."""

    kind: str
    questions: int
    right: float
    cited: float
    refused: float
    units: float
    recall_5: float
    mrr: float
    seconds: float


def read_cases(path: Path) -> list[Case]:
    """Read a question set; a bad line is an error that names its number."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserFacingError(
            f"`{path}` ist nicht lesbar.", hint="Eine UTF-8-Datei mit einer Frage je Zeile angeben."
        ) from error
    return [_case(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]


def evaluate(cases: Iterable[Case], ask: Callable[[str], Answer]) -> list[Result]:
    """Ask every question once, in order."""
    return [Result(case, ask(case.question)) for case in cases]


def metrics(results: list[Result]) -> list[Metrics]:
    """Summarise by kind, then the answerable, the unanswerable and all questions."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.case.kind or "ohne Art"].append(result)
    answerable = [result for result in results if result.case.is_answerable]
    unanswerable = [result for result in results if not result.case.is_answerable]
    named = {
        **dict(sorted(groups.items())),
        "beantwortbar": answerable,
        "nicht beantwortbar": unanswerable,
        "gesamt": results,
    }
    return [_summarise(kind, group) for kind, group in named.items() if group]


def _summarise(kind: str, results: list[Result]) -> Metrics:
    count = len(results)
    answered = [result for result in results if not result.answer.is_refusal]
    ranks = [_rank(result) for result in results]
    return Metrics(
        kind=kind,
        questions=count,
        right=sum(result.is_right for result in results) / count,
        cited=sum(result.case.is_cited(result.answer) for result in answered)
        / max(1, len(answered)),
        refused=(count - len(answered)) / count,
        units=sum(len(result.answer.citations) for result in answered) / max(1, len(answered)),
        recall_5=sum(0 < rank <= 5 for rank in ranks) / count,
        mrr=sum(1 / rank for rank in ranks if rank) / count,
        seconds=sum(r.answer.seconds_retrieve + r.answer.seconds_answer for r in results) / count,
    )


def _rank(result: Result) -> int:
    """Rank of the first hit that holds a demanded string in a demanded document; 0 for none."""
    case = result.case
    for hit in result.answer.hits:
        if case.doc and not hit.passage.document_name.startswith(case.doc):
            continue
        folded = hit.passage.text.casefold()
        if any(alternative.casefold() in folded for group in case.must for alternative in group):
            return hit.rank
    return 0


def _case(line: str, number: int, path: Path) -> Case:
    try:
        row: dict[str, Any] = json.loads(line)
        return Case(
            id=str(row.get("id", number)),
            question=_string(row["question"]),
            kind=row.get("kind", ""),
            lang=row.get("lang", "de"),
            must=tuple(_strings(group) for group in _list(row.get("must", []))),
            must_not=_strings(row.get("must_not", [])),
            doc=_strings(row.get("doc", [])),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserFacingError(
            f"`{path}`, Zeile {number}: keine gültige Frage.",
            hint='Erwartet wird je Zeile JSON wie {"id": "f1", "question": "…"}.',
        ) from error


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _strings(value: object) -> tuple[str, ...]:
    return tuple(_string(one) for one in _list(value))
