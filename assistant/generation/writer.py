"""An extractive answer to the same in a model's words, as far as the documents back them."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from assistant import caveats
from assistant.answers import (
    Answer,
    Citation,
    Generated,
    LanguageModel,
    Message,
    Note,
    NoteKind,
    Statement,
)
from assistant.composition import quoted
from assistant.findings import Finding, Search
from assistant.generation.checking import Reason, Support, check
from assistant.generation.claims import read_claim
from assistant.generation.failures import ModelUnavailable
from assistant.generation.literals import literals
from assistant.generation.prompting import condense_prompt, wording_prompt
from assistant.generation.sentences import finished_sentences, has_markup, says_nothing
from assistant.question import understand
from corpus.documents import Passage

log = logging.getLogger(__name__)

PASSAGES = 5  # that a model gets to read
OF_ONE_DOCUMENT = 3  # at most, so that no document drowns the others
FEWEST_BACKED = 0.5  # share of the sentences; with fewer the quotes speak for themselves
LONGEST_CONDENSED = 300  # characters

Judgement = Support | Reason


class Completions(Protocol):
    """Where the words come from, see `Endpoint`."""

    def stream(self, prompt: str) -> Iterator[str]:
        """Yield the words of an answer; `ModelUnavailable` for any failure."""

    def brief(self, prompt: str) -> str:
        """Return a few words soon, or raise `ModelUnavailable`."""


@dataclass(frozen=True, slots=True)
class Worded:
    """The sentences of a model so far, each with what became of it."""

    judged: tuple[tuple[str, Judgement], ...]

    @property
    def backed(self) -> list[tuple[str, Support]]:
        """The sentences that a passage backs."""
        return [(text, one) for text, one in self.judged if isinstance(one, Support)]

    @property
    def is_good(self) -> bool:
        """Whether enough is backed to be shown."""
        backed = len(self.backed)
        return backed > 0 and backed >= FEWEST_BACKED * len(self.judged)


class Writer:
    """Lets a model word answers whose quotes are there already."""

    def __init__(
        self,
        completions: Completions,
        model: LanguageModel,
        *,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self.model = model
        self._completions = completions
        self._now = now

    def write(self, answer: Answer, finding: Finding, search: Search) -> Iterator[Answer]:
        """Yield the answer with more and more sentences above its quotes.

        The last one is `answer` itself with a note, where the model fails or too little is backed.
        """
        question = finding.query.question
        passages = _passages(finding, answer.citations)
        at = self._now()

        def shown(worded: Worded) -> Answer:
            return _with_words(answer, worded, self.model, at, finding, search)

        worded, text = Worded(()), ""
        yield shown(worded)
        try:
            prompt = wording_prompt(question.text, passages, question.language)
            for piece in self._completions.stream(prompt):
                text += piece
                further = judge(text, worded, question.text, passages, is_complete=False)
                if len(further.backed) > len(worded.backed):
                    yield shown(further)
                worded = further
        except ModelUnavailable as error:
            log.warning("%s", error)
            yield _with_note(answer, "partial", f"{error.message} Hier stehen nur die Zitate.")
            return
        worded = judge(text, Worded(()), question.text, passages, is_complete=True)
        yield shown(worded) if worded.is_good else _quotes_only(answer, worded)

    def condense(self, question: str, history: Sequence[Message]) -> str | None:
        """Complete a follow-up from the questions before it; None where the model cannot."""
        language = understand(question).language
        try:
            text = self._completions.brief(condense_prompt(question, history, language))
        except ModelUnavailable as error:
            log.warning("%s", error)
            return None
        made = " ".join(finished_sentences(text, is_complete=True))
        known = " ".join([question, *(turn.text for turn in history if turn.role == "user")])
        return made if _is_condensed(made, known) else None


def _is_condensed(made: str, known: str) -> bool:
    """Tell a question made of the conversation's words from an answer or an invention."""
    claim = read_claim(made, known)
    return (
        made.endswith("?")
        and len(made) <= LONGEST_CONDENSED
        and bool(claim.words)
        and all(word.is_asked or not word.is_name for word in claim.words)
        and literals(known).backs(claim.literals)
        and claim.literals.contacts <= claim.asked.contacts
    )


def _passages(finding: Finding, citations: Sequence[Citation]) -> list[Passage]:
    """Choose what the model reads: what is quoted, then the passages of the best units."""
    ranked = [one.passage for one in citations] + [unit.hit.passage for unit in finding.units]
    chosen: dict[str, Passage] = {}
    for passage in ranked:
        same = [one for one in chosen.values() if one.document_id == passage.document_id]
        if len(same) < OF_ONE_DOCUMENT and len(chosen) < PASSAGES:
            chosen.setdefault(passage.id, passage)
    return list(chosen.values())


def judge(
    text: str, before: Worded, question: str, passages: Sequence[Passage], *, is_complete: bool
) -> Worded:
    """Check the sentences that are new; one that says nothing is none."""
    known = dict(before.judged)
    judged: list[tuple[str, Judgement]] = []
    for sentence in dict.fromkeys(finished_sentences(text, is_complete=is_complete)):
        if has_markup(sentence):
            judged.append((sentence, "sense"))
        elif sentence in known:
            judged.append((sentence, known[sentence]))
        else:
            judgement = check(sentence, question, passages)
            if isinstance(judgement, Support) or not says_nothing(sentence):
                judged.append((sentence, judgement))
    return Worded(tuple(judged))


def _with_words(
    answer: Answer,
    worded: Worded,
    model: LanguageModel,
    at: datetime,
    finding: Finding,
    search: Search,
) -> Answer:
    """Put the backed sentences above the quotes; what backs them is quoted as well."""
    citations = list(answer.citations)
    statements = []
    for text, judgement in worded.judged:
        if isinstance(judgement, Support):
            statements.append(Statement(text, "ok", (_number(judgement, citations),)))
        elif judgement == "words" and _states_nothing(text):
            statements.append(Statement(text, "none"))
    further = tuple(citations[len(answer.citations) :])
    quotes = "\n\n".join(filter(None, [answer.text, quoted(further, search.timeframe)]))
    premise = next((note.text for note in answer.notes if note.kind == "premise"), None)
    question = finding.query.question
    notes = caveats.notes(question, tuple(citations), search.timeframe, premise)
    left_out = len(worded.judged) - len(statements)
    if left_out:
        notes = (*notes, Note("unsupported", _left_out(left_out)))
    said = " ".join(f"{one.text} [{one.numbers[0]}]" for one in statements if one.numbers)
    head = f"KI-generiert von {model.name} am {at:%d.%m.%Y, %H:%M}:"
    return replace(
        answer,
        text="\n\n".join(filter(None, [head, said, "Wörtlich aus den Unterlagen:", quotes])),
        citations=tuple(citations),
        notes=notes,
        mode="generated",
        generated=Generated(tuple(statements), model, at, quotes),
    )


def _number(support: Support, citations: list[Citation]) -> int:
    """Return the number of the citation that holds the span; a new one is added for it."""
    for one in citations:
        is_same = one.passage.id == support.passage.id
        if is_same and one.start <= support.start and support.end <= one.end:
            return one.number
    number = len(citations) + 1
    quote = support.passage.text[support.start : support.end]
    citations.append(Citation(number, support.passage, quote, support.start, support.end))
    return number


def _states_nothing(text: str) -> bool:
    """Tell whether a sentence holds no figure, day or contact: only then it is shown unbacked."""
    found = literals(text)
    return not (found.numbers or found.days or found.contacts)


def _quotes_only(answer: Answer, worded: Worded) -> Answer:
    if not worded.judged:
        text = "Das Sprachmodell fand in den Textstellen keine Antwort. Hier stehen nur die Zitate."
        return _with_note(answer, "partial", text)
    text = "Die Antwort des Sprachmodells ließ sich nicht belegen. Hier stehen nur die Zitate."
    return _with_note(answer, "unsupported", text)


def _left_out(count: int) -> str:
    if count == 1:
        return "Ein Satz des Sprachmodells stand so nicht in den Unterlagen und fehlt hier."
    return f"{count} Sätze des Sprachmodells standen so nicht in den Unterlagen und fehlen hier."


def _with_note(answer: Answer, kind: NoteKind, text: str) -> Answer:
    return replace(answer, notes=(*answer.notes, Note(kind, text)))
