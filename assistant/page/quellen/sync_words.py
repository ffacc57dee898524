"""What comparing folders and pages with the documents says, in German and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.wording.words import Language
from corpus.sync_plan import SyncPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncWords:
    """The texts of one language; `{…}` is filled with `str.format`."""

    title: str
    lead: str
    places: str
    catalogue: str
    compare: str
    no_place: str
    comparison: str
    applied: str
    nothing_yet: str
    up_to_date: str
    new: str
    changed: str
    gone: str
    problems: str
    lost: str
    more: str
    guard: str
    allow: str
    apply: str
    leave: str
    successor: str


_GERMAN = SyncWords(
    title="Ordner und amtliche Seiten abgleichen",
    lead="Zeigt erst, was neu ist, was sich geändert hat und was entfällt. Geändert wird nichts, "
    "bis Sie es anwenden.",
    places="Womit abgleichen?",
    catalogue="Amtliche Seiten des Quellenkatalogs, aus dem Netz",
    compare="Vergleichen",
    no_place="Kein Ordner ist dafür eingerichtet. Die Betriebsstelle nennt Ordner mit der "
    "Einstellung „sync_folders“.",
    comparison="Vergleich",
    applied="Abgleich",
    nothing_yet="Noch ist nichts geändert.",
    up_to_date="Der Bestand ist auf dem neuesten Stand.",
    new="Neu",
    changed="Geändert",
    gone="Entfällt",
    problems="Nicht vergleichbar",
    lost="Nicht mehr abrufbar, wird gekennzeichnet",
    more="und {count} weitere",
    guard="So viele Dokumente entfallen selten mit Absicht.",
    allow="Ja, diese Dokumente sollen entfallen.",
    apply="Anwenden",
    leave="Nichts ändern",
    successor="Zum Abgleich, der daraus wurde",
)

_ENGLISH = SyncWords(
    title="Compare folders and official pages",
    lead="First shows what is new, what has changed and what is gone. Nothing is changed until "
    "you apply it.",
    places="What to compare?",
    catalogue="Official pages of the catalogue, from the web",
    compare="Compare",
    no_place="No folder is set up for this. Whoever runs the program names folders with the "
    "setting “sync_folders”.",
    comparison="Comparison",
    applied="Update",
    nothing_yet="Nothing has changed yet.",
    up_to_date="The documents are up to date.",
    new="New",
    changed="Changed",
    gone="Gone",
    problems="Not comparable",
    lost="No longer found at its address, will be marked",
    more="and {count} more",
    guard="So many documents rarely go on purpose.",
    allow="Yes, these documents are to go.",
    apply="Apply",
    leave="Change nothing",
    successor="To the update that came of it",
)

SYNC_WORDS: Mapping[Language, SyncWords] = MappingProxyType({"de": _GERMAN, "en": _ENGLISH})


def plan_line(plan: SyncPlan, language: Language) -> str:
    """Say in one line how much would change."""
    if language == "de":
        return plan.text
    return (
        f"{len(plan.new)} new, {len(plan.changed)} changed, {len(plan.gone)} gone, "
        f"{len(plan.unchanged)} unchanged"
    )
