"""Readers and editors while the Chroma server is killed: `python -m bench.mixed [--minutes 30]`.

Two replicas of the service share an index on a real `chroma run`. Readers of several audiences ask
over REST, MCP and the page, an editor at each replica takes in, changes, closes and removes
documents, and the server is killed and restarted `--kills` times. Every answer has to be right for
its reader at its moment, or say that there is none just now; in the end both replicas hold exactly
what was acknowledged, undamaged. Ends with 1 where anything was not so.
"""

import argparse
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.ledger import NEVER, Ledger
from bench.load import LOG, Service, running
from bench.people import FEWEST, GROUPS, NAMES, Editor, Reader, Run, client, documents
from tests.chroma_process import ChromaProcess, chroma_process

READERS = (frozenset(), *(frozenset({group}) for group in GROUPS))
LAG = 15.0  # seconds that a replica may take to show a change while the server is up
DOWN = (3.0, 15.0)  # seconds that the server stays away


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=0.75)
    parser.add_argument("--kills", type=int, default=1)
    arguments = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "chroma").mkdir()
        chroma = stack.enter_context(chroma_process(folder / "chroma"))
        own = {"BILDUNGSLOTSE_INDEX_URL": chroma.url}
        data = [folder / "a", folder / "b"]
        services = [stack.enter_context(running(one, own)) for one in data]
        run = Run(services, Ledger(LAG, library(services[0])))
        editors = [Editor(run, number) for number in range(len(services))]
        for editor in editors * FEWEST:
            editor.add()
        readers = [Reader(run, groups, n) for n, groups in enumerate(READERS * 2)]
        run.end = time.monotonic() + 60 * arguments.minutes
        work = [one.work for one in (*editors, *readers)]
        together(*work, lambda: tell(run), lambda: kill(run, chroma, arguments.kills))
        run.defects += unlike(run)
        run.defects += [problem for one in data for problem in damage(one, own)]
        run.defects += [line for one in data for line in errors(one)]
    report(run)


def together(*work: Callable[[], None]) -> None:
    """Do everything at once; raise what went wrong in one of them when all have ended."""
    with ThreadPoolExecutor(len(work)) as pool:
        for done in [pool.submit(one) for one in work]:
            done.result()


def kill(run: Run, chroma: ChromaProcess, kills: int) -> None:
    chance = random.Random(0)
    pause = (run.end - time.monotonic()) / (kills + 1)
    for _ in range(kills):
        time.sleep(max(0.0, pause - DOWN[1] / 2))
        outage = [time.monotonic(), NEVER]
        run.ledger.outages.append(outage)
        chroma.kill()
        time.sleep(chance.uniform(*DOWN))
        chroma.start()
        outage[1] = time.monotonic()


def tell(run: Run) -> None:
    while not run.is_over:
        time.sleep(min(60.0, max(0.1, run.end - time.monotonic())))
        print(dict(run.counts), f"{len(run.ledger.outages)} outages", file=sys.stderr)


def library(service: Service) -> list[str]:
    """Return the passages of the starter documents."""
    reader = client(service, "library", ())
    return [
        passage["text"]
        for identity in documents(reader).values()
        for passage in reader.get(f"/api/documents/{identity}").json()["text"]
    ]


def unlike(run: Run) -> list[str]:
    """Return where a replica does not hold exactly what was acknowledged."""
    current = {f"{one.name}.md" for one in run.ledger.facts if one.there < one.gone == NEVER}
    ours = {f"{name}.md" for name in NAMES}
    found = []
    for service in run.services:
        everyone = client(service, "everything", GROUPS)
        end = time.monotonic() + 2 * LAG
        while (here := ours & documents(everyone).keys()) != current:
            if time.monotonic() > end:
                found.append(f"lost {sorted(current - here)}, left over {sorted(here - current)}")
                break
            time.sleep(0.5)
    return found


def damage(data: Path, own: dict[str, str]) -> list[str]:
    """Return what `verify` says of a replica's data."""
    done = subprocess.run(
        [sys.executable, "app.py", "verify", "--data", str(data)],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
    )
    return [done.stderr] if done.returncode else []


def errors(data: Path) -> list[str]:
    """Return what a replica logged of its own defects."""
    lines = (data / LOG).read_text("utf-8").splitlines()
    return [line for line in lines if '"level": "ERROR"' in line]


def report(run: Run) -> None:
    """Say how it went; end with 1 where an answer was wrong or a document lost."""
    for seen in run.seen:
        run.defects += run.ledger.faults(seen)
    answered = sum(one.answer is not None for one in run.seen)
    away = sum(up - down for down, up in run.ledger.outages)
    due = sum(bool(run.ledger.due(one)) for one in run.seen)
    closed = sum(map(run.ledger.is_closed, run.seen))
    print(f"{len(run.seen)} looks, {answered} of them answers to a question; {due} had to name a")
    print(f"figure, {closed} asked for what is closed to the reader")
    print(", ".join(f"{name} {count}" for name, count in sorted(run.counts.items())))
    print(f"server away {len(run.ledger.outages)} times, {away:.0f} s in all")
    stalest = max(map(run.ledger.staleness, run.seen), default=0)
    print(f"the stalest answer showed what was gone for {stalest:.1f} s, allowed are {LAG:.0f}")
    for message in sorted({one.shown for one in run.seen if one.is_unavailable}):
        print(f"said instead of an answer: {message[:300]}")
    if run.defects:
        raise SystemExit("\n".join([f"{len(run.defects)} defects", *run.defects[:10]]))
    print("no wrong answer, nothing closed shown, no document lost, nothing damaged")


if __name__ == "__main__":
    main()
