"""Which segments to merge, so that there are few of them and a change stays cheap."""

from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.generation import Part, reopened
from corpus.segment import Entry, Segment

MOST = 8_192  # passages that a merge may bring together: bounds its memory
Save = Callable[[Segment, Sequence[Entry]], Part]


def merged(data: Path, parts: Sequence[Part], save: Save) -> list[Part]:
    """Merge neighbours until each segment is much larger than the one after it.

    A passage is so copied a handful of times in its life, and there are as many segments as
    `MOST` needs and a few more. Documents that are gone lose their place on the way.
    """
    result = []
    for group in _groups([_passages(part) for part in parts]):
        chosen = [parts[number] for number in group]
        if len(chosen) == 1 and 2 * _passages(chosen[0]) >= len(chosen[0].segment):
            result.append(chosen[0])
        else:
            opened = [reopened(data, part) for part in chosen]
            segment = Segment.merged([(part.segment, part.entries) for part in opened])
            del opened  # before the result is written and its pages take memory as well
            result.append(save(segment, segment.entries))
    return result


def without(parts: Sequence[Part], is_unwanted: Callable[[Entry], bool], save: Save) -> list[Part]:
    """Return the parts without some documents, of which no segment holds anything any more."""
    found = []
    for part in parts:
        kept = tuple(entry for entry in part.entries if not is_unwanted(entry))
        if kept and any(map(is_unwanted, part.segment.entries)):
            segment = Segment.merged([(part.segment, kept)])
            part = save(segment, segment.entries)
        if kept:
            found.append(part)
    return found


def _passages(part: Part) -> int:
    return sum(entry.end - entry.start for entry in part.entries)


def _groups(sizes: Sequence[int]) -> list[list[int]]:
    """Group numbers of neighbours, from the newest: a group takes in what is not twice its size."""
    groups: list[list[int]] = []
    total = 0
    for number in reversed(range(len(sizes))):
        if groups and sizes[number] < 2 * total and sizes[number] + total <= MOST:
            groups[0].insert(0, number)
            total += sizes[number]
        else:
            groups.insert(0, [number])
            total = sizes[number]
    return groups
