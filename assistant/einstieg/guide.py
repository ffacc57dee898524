"""Stations made once for each generation of the index and each group of readers, then kept."""

import threading
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from assistant.einstieg.composing import Made, asker, make
from assistant.einstieg.stations import Station, stations
from corpus.index import Index

if TYPE_CHECKING:
    from assistant.dialogue import Assistant

Key = tuple[str, date]


class Guide:
    """The way through one assistant's documents; an index that is gone takes its stations along."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._made: WeakKeyDictionary[Index, dict[Key, Made]] = WeakKeyDictionary()
        self._lock = threading.Lock()  # one station is made at a time: others may have questions

    def station(self, assistant: "Assistant", station: Station) -> Made:
        """Return a station; the first to ask for it waits for some questions to be answered."""
        retriever = assistant.retriever
        index, key = retriever.index, (station.id, self._today())
        with self._lock:
            kept = self._made.setdefault(index, {})
            if key not in kept:
                kept[key] = make(station, asker(retriever, self._today()))
            return kept[key]

    def make_ahead(self, assistant: "Assistant") -> None:
        """Make all stations in the background, so that nobody waits for the next one."""

        def run() -> None:
            for station in stations():
                self.station(assistant, station)

        threading.Thread(target=run, name="einstieg", daemon=True).start()
