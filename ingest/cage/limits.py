"""The limits that a process which reads foreign files puts on itself."""

import sys
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take.

    Memory, processor time and files written are limited where the system can do so: wholly on
    Linux, without the memory on macOS, not on Windows. The wall limit holds everywhere.
    """

    memory_megabytes: int = 1024  # address space
    cpu_seconds: int = 30  # for one file, or for one page where text is recognised in images
    wall_seconds: float = 180.0  # without a sign of life; generous, because offices share machines


def confine(limits: Limits) -> None:
    """Limit this process for good: memory, no files written, no core dumps."""
    if sys.platform == "win32":
        return
    import resource

    memory = limits.memory_megabytes * MEGABYTE
    for kind, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, allowed))


def grant_cpu(seconds: int) -> None:
    """Allow so many seconds of processor time from now on; beyond them the system ends us."""
    if sys.platform == "win32":
        return
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    until = int(usage.ru_utime + usage.ru_stime) + seconds + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    allowed = until if hard == resource.RLIM_INFINITY else min(until, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))


def peak_megabytes() -> float:
    """Return the most memory this process has held so far; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0.0
    if sys.platform == "linux":
        # Not ru_maxrss: there a process begins with the peak of the one that started it.
        status = Path("/proc/self/status").read_text("ascii", "replace")
        kilobytes = status.partition("VmHWM:")[2].split()
        return int(kilobytes[0]) / 1024 if kilobytes else 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
