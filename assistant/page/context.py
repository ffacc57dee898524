"""What every place of the page is built from: the assistant, the settings and the date."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Request

from assistant.access.gate import count_question
from assistant.access.identity import Role
from assistant.access.limits import AskingLimits
from assistant.desk.intake import Intake
from assistant.desk.syncing import Sync
from assistant.page.page_images import PageImages
from assistant.page.shell import Visit
from assistant.vermerk.sealing import Seal
from assistant.warmup import Warmup
from corpus.audiences import ANYONE, Readership
from corpus.settings import Settings

if TYPE_CHECKING:
    from assistant.dialogue import Assistant


class StillLoading(Exception):
    """The assistant is needed and not there yet; the shell answers with a page that waits."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """Made once, when the application is built; a place keeps it and asks it at each request."""

    warmup: Warmup
    settings: Settings
    images: PageImages | None = None  # without them, sources are shown as text alone
    intake: Intake | None = None  # without one, documents cannot be changed here
    sync: Sync | None = None  # compares folders and pages with the index, where there is an intake
    today: Callable[[], date] = date.today
    seal: Seal = field(default_factory=Seal)  # closes answers for their way through the browser
    limits: AskingLimits | None = None  # those of the gate, for searches inside a page

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.settings.data

    def assistant_for(self, reader: Visit) -> "Assistant":
        """Return the assistant that sees what this reader may read.

        Raises `StillLoading`, or what went wrong, while there is none.
        """
        if self.warmup.status == "loading":
            raise StillLoading
        return self.warmup.wait().for_reader(self.readership(reader))

    def count_search(self, request: Request) -> None:
        """Count a search as a question; raise `TooManyQuestions` for whoever has none left."""
        if self.limits is not None:
            count_question(request, self.limits)

    def readership(self, reader: Visit) -> Readership:
        """Return what this reader may read."""
        return reader.identity.readership if reader.identity else ANYONE

    def may_change(self, reader: Visit) -> bool:
        """Whether this reader may take documents in and out here."""
        identity = reader.identity
        return self.intake is not None and identity is not None and identity.role >= Role.EDITOR
