"""How an archive grows: `python -m bench.scale [--sizes 1000 10000 100000]`, in passages.

German text with synthetic vectors, so that what is measured is everything but the encoder. Each
size and each step has a process of its own; time is that of the processor, memory the most that
the process held.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from assistant.dialogue import Assistant
from bench.synthetic import PASSAGES, SyntheticEmbedder, synthetic_documents
from corpus.vector_cache import VectorCache
from corpus.writer import IndexWriter
from ingest.cage.limits import peak_megabytes

QUESTIONS = 30
FLOOR = 1.5  # times the memory for ten times the passages
MEGABYTE = 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--step", choices=sorted(STEPS), help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        print(json.dumps(STEPS[arguments.step](arguments.data, arguments.sizes[0])))
        return
    print(f"{'':11}{'ingest':>24}{'on disk':>9}{'start':>16}{'question':>10}{'one changed':>13}")
    print(f"{'passages':>11}{'CPU s':>9}{'ms each':>8}{'MB':>7}{'MB':>9}", end="")
    print(f"{'CPU s':>8}{'MB':>8}{'CPU ms':>10}{'CPU s':>13}")
    peaks = {}
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder:
            build, ask, change = (_measured(step, Path(folder), size) for step in STEPS)
        peaks[size] = build["peak"]
        print(
            f"{size:11,}{build['cpu']:9.1f}{1000 * build['cpu'] / size:8.2f}{build['peak']:7.0f}"
            f"{build['disk']:9.0f}{ask['start']:8.2f}{ask['peak']:8.0f}{ask['question']:10.1f}"
            f"{change['cpu']:13.2f}",
            flush=True,
        )
    if {10_000, 100_000} <= peaks.keys():
        ratio = peaks[100_000] / peaks[10_000]
        print(f"memory for 100,000 passages: {ratio:.2f} times that for 10,000 (floor {FLOOR})")


def _measured(step: str, data: Path, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.scale", "--step", step, "--data", str(data)]
    done = subprocess.run([*command, "--sizes", str(size)], stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _build(data: Path, size: int) -> dict[str, float]:
    cpu = _cpu(lambda: _put(data, size))
    disk = sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
    return {"cpu": cpu, "peak": peak_megabytes(), "disk": disk / MEGABYTE}


def _put(data: Path, size: int) -> None:
    embedder = VectorCache(SyntheticEmbedder(), data)
    with IndexWriter.open(data, embedder=embedder, passage_tokens=200) as writer:
        for document, passages in synthetic_documents(size):
            writer.put(document, passages)
        writer.commit()


def _ask(data: Path, size: int) -> dict[str, float]:
    embedder = SyntheticEmbedder()
    asked = [
        passages[0].text[slice(*passages[0].sentences[1])]
        for _, passages in synthetic_documents(QUESTIONS * PASSAGES, first=size)
    ]
    made: list[Assistant] = []
    start = _cpu(lambda: made.append(Assistant(data, embedder)))
    start += _cpu(lambda: made[0].search(asked[0]))
    spent = [_cpu(lambda text=text: made[0].search(text)) for text in asked[1:]]
    return {"start": start, "question": 1000 * median(spent), "peak": peak_megabytes()}


def _change(data: Path, size: int) -> dict[str, float]:
    document, passages = next(synthetic_documents(min(size, PASSAGES)))
    changed = [replace(one, text=one.text + " Das ist neu.") for one in passages]
    embedder = VectorCache(SyntheticEmbedder(), data)

    def put() -> None:
        with IndexWriter.open(data, embedder=embedder, passage_tokens=200) as writer:
            writer.put(document, changed)
            writer.commit()

    return {"cpu": _cpu(put)}


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


STEPS = {"build": _build, "ask": _ask, "change": _change}

if __name__ == "__main__":
    main()
