"""Stations made once for each generation of the index and each group of readers, then kept."""

import logging
from collections.abc import Callable
from datetime import date
from threading import Lock, Thread
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from assistant.einstieg.composing import Made, asker, make
from assistant.einstieg.stations import Station, stations
from corpus.errors import UserFacingError
from corpus.index import Index

if TYPE_CHECKING:
    from assistant.dialogue import Assistant

log = logging.getLogger(__name__)

Key = tuple[str, date]


class Guide:
    """The way through one assistant's documents; an index that is gone takes its stations along."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._made: WeakKeyDictionary[Index, dict[Key, Made]] = WeakKeyDictionary()
        self._ahead: WeakKeyDictionary[Index, date] = WeakKeyDictionary()
        self._lock = Lock()  # one station is made at a time: others may have questions

    def station(self, assistant: "Assistant", station: Station) -> Made:
        """Return a station; the first to ask for it waits for some questions to be answered."""
        retriever = assistant.retriever
        index, key = retriever.index, (station.id, today := self._today())
        with self._lock:
            # Of today alone: an index may stay for months.
            kept = {one: made for one, made in self._made.get(index, {}).items() if one[1] == today}
            self._made[index] = kept
            if key not in kept:
                kept[key] = make(station, asker(retriever, today))
            return kept[key]

    def make_ahead(self, assistant: "Assistant") -> None:
        """Make all stations in the background, once, so that nobody waits for the next one."""

        def run() -> None:
            try:
                for station in stations():
                    self.station(assistant, station)
            except Exception:  # raised beyond the thread, it would be printed with its words
                log.exception("The stations could not be made ahead")

        try:
            index = assistant.index
        except UserFacingError:
            return  # whoever opens a station is told
        if self._ahead.get(index) != self._today():
            self._ahead[index] = self._today()
            Thread(target=run, name="einstieg", daemon=True).start()
