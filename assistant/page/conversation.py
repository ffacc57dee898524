"""One visitor's conversation: kept in memory, changed in place, never written anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from assistant.access.turnstile import Standing
from assistant.answers import Answer, Message
from assistant.wording.words import Language

MAX_TURNS = 50  # a conversation longer than this loses its oldest turns, so memory stays bounded

Stage = Literal["loading", "queued", "searching", "growing", "done", "stopped"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what has been answered so far."""

    number: int
    question: str
    stage: Stage
    answer: Answer | None = None
    sealed: str = ""  # the finished answer, packed for the way through the browser
    within: tuple[str, ...] = ()  # titles of the documents it keeps to; empty: all
    standing: Standing | None = None  # in line

    @property
    def is_running(self) -> bool:
        """Whether the answer is still being made."""
        return self.stage in ("loading", "queued", "searching", "growing")


@dataclass
class Conversation:
    """Turns in order; only the run that was begun last may change the last turn.

    Stopping and clearing must win against an answer that is still being made in another thread,
    and that thread cannot be interrupted. So each run has a number, and `update` refuses a run
    that is over.
    """

    turns: list[Turn] = field(default_factory=list)
    language: Language = "de"
    has_session: bool = False  # whoever reads has logged in here
    chosen: Mapping[str, str] = field(default_factory=dict)  # titles of chosen documents by id
    rendered: Mapping[tuple[int, Language, date], str] = field(default_factory=dict)  # the finished
    run: int = 0
    asked: int = 0

    def begin(self, question: str, *, stage: Stage) -> int:
        """Append a turn and return the number of the run that may fill it."""
        self.stop()
        self.asked += 1
        within = tuple(self.chosen.values())
        self.turns = [*self.turns, Turn(self.asked, question, stage, within=within)][-MAX_TURNS:]
        return self.run

    def update(
        self,
        run: int,
        *,
        stage: Stage,
        standing: Standing | None = None,
        answer: Answer | None = None,
        sealed: str = "",
    ) -> bool:
        """Change the last turn; false when `run` has been stopped, cleared or overtaken."""
        if run != self.run or not self.turns:
            return False
        self.turns[-1] = replace(
            self.turns[-1], stage=stage, standing=standing, answer=answer, sealed=sealed
        )
        return True

    def give_up(self, run: int) -> bool:
        """Drop the last turn, because its question goes back to the field; what is there stays."""
        if run != self.run or not self.turns:
            return False
        if self.turns[-1].answer is None:
            self.run += 1  # its thread may still be at work
            self.turns = self.turns[:-1]
        else:
            self.stop()
        return True

    def leave(self, run: int) -> None:
        """Stop that run and no other."""
        if run == self.run:
            self.stop()

    def stop(self) -> None:
        """End the current run; what has been shown stays."""
        self.run += 1
        if self.turns and self.turns[-1].is_running:
            self.turns[-1] = replace(self.turns[-1], stage="stopped")

    def clear(self) -> None:
        """Forget everything."""
        self.run += 1
        self.turns = []
        self.chosen = {}

    def take_last_question(self) -> str:
        """Remove the last turn and return its question, to ask it again."""
        if not self.turns:
            return ""
        self.run += 1
        last = self.turns[-1]
        self.turns = self.turns[:-1]
        return last.question

    @property
    def is_running(self) -> bool:
        """Whether the last turn is still being answered."""
        return bool(self.turns) and self.turns[-1].is_running

    def is_answering(self, question: str) -> bool:
        """Whether `question`, or nothing, was sent while the same one is being answered."""
        return self.is_running and question in ("", self.turns[-1].question)

    @property
    def history(self) -> Sequence[Message]:
        """The finished turns as messages, oldest first."""
        return [
            message
            for turn in self.turns
            if turn.stage == "done" and turn.answer is not None
            for message in (
                Message("user", turn.question),
                Message("assistant", turn.answer.text),
            )
        ]
