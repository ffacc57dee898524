"""Is this model fit? Twelve small questions over six invented passages, four of them unanswerable.

What is tried is what users will see: the same prompt, the same comparison. Only the gate is left
out, so that a model shows by itself whether it invents.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Literal

from assistant.generation.prompting import wording_prompt
from assistant.generation.writer import Completions, Worded, judge
from corpus.documents import Passage
from corpus.sentences import sentence_spans

Fitness = Literal["geeignet", "eingeschränkt geeignet", "nicht geeignet"]

_TEXTS = {
    "Wer gefördert wird": "Antragsberechtigt sind Gemeinden mit höchstens 20.000 Einwohnern. "
    "Vereine können als Partner mitwirken, aber keinen eigenen Antrag stellen.",
    "Höhe der Förderung": "Der Zuschuss beträgt bis zu 65 Prozent der anerkannten Ausgaben, "
    "höchstens 40.000 Euro je Gemeinde. Der Eigenanteil darf als Arbeitszeit erbracht werden.",
    "Fristen": "Anträge sind bis zum 15. Oktober 2031 einzureichen. Das Vorhaben darf nicht vor "
    "der Bewilligung beginnen.",
    "Dauer": "Gefördert werden Vorhaben von zwei bis vier Jahren. Eine Verlängerung um ein Jahr "
    "ist möglich.",
    "Ansprechpartner": "Auskunft gibt das Lesebüro in Altenstadt, Telefon 0555 123456, "
    "auskunft@lesebuero.example.",
    "Nachweise": "Der Verwendungsnachweis ist sechs Monate nach Ende des Vorhabens vorzulegen. "
    "Belege sind fünf Jahre aufzubewahren.",
}
# A question and what a right answer holds; nothing where the passages hold no answer.
_QUESTIONS = (
    ("Wie hoch ist der Zuschuss in Prozent?", "65"),
    ("Wie viel Euro bekommt eine Gemeinde höchstens?", "40.000"),
    ("Bis wann sind Anträge einzureichen?", "15. Oktober 2031"),
    ("Wer ist antragsberechtigt?", "Gemeinden"),
    ("Können Vereine einen eigenen Antrag stellen?", "kein"),
    ("Unter welcher Telefonnummer gibt es Auskunft?", "0555 123456"),
    ("Wann ist der Verwendungsnachweis vorzulegen?", "sechs Monate"),
    ("Wie lange werden Vorhaben gefördert?", "vier Jahre"),
    ("Wie lange dauert die Bearbeitung eines Antrags?", ""),
    ("Wer leitet das Lesebüro?", ""),
    ("Wie viele Gemeinden wurden im letzten Jahr gefördert?", ""),
    ("Gibt es eine Förderung für Schwimmbäder?", ""),
)
_PASSAGES = tuple(
    Passage(
        id=f"probe:1:{number}",
        document_id=f"probe{number}",
        document_name="probe.md",
        title="Programm Lesebrücke",
        page=1,
        page_label="",
        heading_path=(heading,),
        text=text,
        sentences=tuple(sentence_spans(text)),
    )
    for number, (heading, text) in enumerate(_TEXTS.items())
)
# Right answers of 8 and admitted gaps of 4, at least; set by hand.
_LIMITS: tuple[tuple[Fitness, int, int], ...] = (
    ("geeignet", 7, 3),
    ("eingeschränkt geeignet", 5, 2),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One question of the probe; times in wall-clock seconds."""

    question: str
    is_answerable: bool
    is_right: bool
    said: str
    seconds_first: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Probe:
    """What the trials show."""

    trials: tuple[Trial, ...]

    @property
    def right(self) -> int:
        """Answerable questions that are answered, with a backed sentence."""
        return sum(one.is_right for one in self.trials if one.is_answerable)

    @property
    def admitted(self) -> int:
        """Unanswerable questions that nothing was stated about."""
        return sum(one.is_right for one in self.trials if not one.is_answerable)

    @property
    def fitness(self) -> Fitness:
        """The verdict."""
        for name, right, admitted in _LIMITS:
            if self.right >= right and self.admitted >= admitted:
                return name
        return "nicht geeignet"

    @property
    def seconds_first(self) -> float:
        """Median until the first word."""
        return median(one.seconds_first for one in self.trials)

    @property
    def seconds(self) -> float:
        """Median of a whole answer."""
        return median(one.seconds for one in self.trials)


def trials(completions: Completions) -> Iterator[Trial]:
    """Ask one question after the other; `ModelUnavailable` ends it."""
    for question, wanted in _QUESTIONS:
        started = time.perf_counter()
        first, said = None, ""
        for piece in completions.stream(wording_prompt(question, _PASSAGES, "de")):
            first = first or time.perf_counter()
            said += piece
        ended = time.perf_counter()
        worded = judge(said, Worded(()), question, _PASSAGES, is_complete=True)
        yield Trial(
            question,
            is_answerable=bool(wanted),
            is_right=_is_right(worded, wanted),
            said=said,
            seconds_first=(first or ended) - started,
            seconds=ended - started,
        )


def _is_right(worded: Worded, wanted: str) -> bool:
    if not wanted:
        return not worded.judged
    return worded.is_good and any(wanted in text for text, _ in worded.backed)
