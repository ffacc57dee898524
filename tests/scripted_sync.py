"""A comparison that compares nothing: it finds the plan it is told to, and waits if told to."""

import threading
from collections.abc import Generator, Sequence

from assistant.desk.syncing import CATALOGUE
from corpus.audiences import Readership
from corpus.documents import IngestReport
from corpus.progress import ShowProgress, Stage
from corpus.sync_plan import Item, Problem, SyncPlan


def items(*names: str) -> tuple[Item, ...]:
    return tuple(Item(name, f"/unterlagen/{name}") for name in names)


PLAN = SyncPlan(
    new=items("aufruf.pdf", "tief/<b>neu.md", "merkblatt.docx"),
    changed=items("richtlinie.pdf", "faq.md"),
    gone=items("alt.pdf"),
    unchanged=items("bus.txt"),
    problems=(Problem("kaputt.pdf", "`<b>` war nicht lesbar.", "Neu herunterladen."),),
)
GUARDED = SyncPlan(
    gone=items("alt.pdf", "älter.pdf"),
    guard="Aus `/unterlagen` würden 2 von 3 Dokumenten entfallen.",
)


class ScriptedSync:
    def __init__(self, plan: SyncPlan = PLAN) -> None:
        self.plan = plan
        self.offered: tuple[str, ...] = ("/unterlagen", CATALOGUE)
        self.compared: list[str] = []
        self.applied: list[tuple[SyncPlan, bool]] = []
        self.go_on = threading.Event()
        self.go_on.set()

    def places(self, readership: Readership) -> Sequence[str]:
        return self.offered

    def compare(
        self, places: Sequence[str], readership: Readership, progress: ShowProgress
    ) -> SyncPlan:
        stage = Stage("Dateien vergleichen", "Dateien", 8, progress)
        stage.advance(4)
        self.go_on.wait(60)
        stage.advance(4)
        self.compared += places
        return self.plan

    def apply(
        self, plan: SyncPlan, progress: ShowProgress, *, allow_deletions: bool
    ) -> Generator[IngestReport, None, None]:
        for one in plan.gone:
            yield IngestReport(one.name, "removed")
        for one in plan.new:
            yield IngestReport(one.name, "added", pages=1, passages=2)
        for one in plan.changed:
            yield IngestReport(one.name, "replaced", pages=1, passages=2)
        self.applied.append((plan, allow_deletions))
