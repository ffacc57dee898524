"""How many processor cores this program may use."""

import os


def usable_cores() -> int:
    """Return their number, at least 1."""
    if hasattr(os, "sched_getaffinity"):  # knows of containers and taskset; Linux only
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
