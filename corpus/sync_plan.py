"""What a synchronisation would change, to be shown before anything is."""

from dataclasses import dataclass, field

from corpus.documents import Source


@dataclass(frozen=True, slots=True)
class Item:
    """A file or a page; `origin` is how the index knows it, `entry` its id in the catalogue.

    `source` is what is to be said about a page from now on.
    """

    name: str  # to be shown: the file's place in its folder, the title of a page
    origin: str
    entry: str = ""
    source: Source = field(default_factory=Source)


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be compared or read; the version in the index stays.

    `lost` is a page that is no longer found at its address: applying the plan marks it.
    """

    name: str
    message: str  # German, a whole sentence
    advice: str = ""
    lost: Item | None = None


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """The differences between some places and the index; `guard` says why deletions need a word."""

    new: tuple[Item, ...] = ()
    changed: tuple[Item, ...] = ()
    gone: tuple[Item, ...] = ()
    unchanged: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    guard: str = ""

    @property
    def has_changes(self) -> bool:
        """Whether applying it would change the index."""
        return self.touched > 0

    @property
    def touched(self) -> int:
        """How many documents applying it would touch."""
        marked = sum(problem.lost is not None for problem in self.problems)
        return len(self.new) + len(self.changed) + len(self.gone) + marked

    @property
    def text(self) -> str:
        """One German line: "3 neu, 2 geändert, 1 entfällt"."""
        line = f"{len(self.new)} neu, {len(self.changed)} geändert, {len(self.gone)} "
        line += "entfällt" if len(self.gone) == 1 else "entfallen"
        return f"{line}, {len(self.unchanged)} unverändert"

    def joined(self, other: "SyncPlan") -> "SyncPlan":
        """Return one plan for both."""
        return SyncPlan(
            self.new + other.new,
            self.changed + other.changed,
            self.gone + other.gone,
            self.unchanged + other.unchanged,
            self.problems + other.problems,
            " ".join(filter(None, (self.guard, other.guard))),
        )
