"""Ingestion against the raw encoder: `python -m bench.ingest [--documents 1000] [--rounds 2]`.

With `--archives 100 1000 4000` it is what one changed document costs in archives of those sizes,
with synthetic vectors.

The whole pipeline (reading in the cage, splitting, embedding, writing) takes in new documents; then
the encoder alone embeds the same texts on the same cores, so that a busy machine slows both. Then
nothing has changed, then one document. CPU time includes that of the reading processes.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.synthetic import SyntheticEmbedder, synthetic_documents
from corpus.documents import Passage
from corpus.embedder import Embedder, Vectors
from corpus.embedder_choice import load_embedder
from corpus.settings import Settings
from corpus.vector_cache import VectorCache
from ingest.pipeline import IngestRun

PER_DOCUMENT = 2  # passages
FLOOR = 0.92
SETTLED = 2.5  # seconds until the state of a file tells whether it has changed
CHANGES = 9


class Noting:
    """Implements `corpus.embedder.Embedder` and notes the texts that were embedded."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.dimension = embedder.name, embedder.dimension
        self.encode_query, self.count_tokens = embedder.encode_query, embedder.count_tokens
        self._embedder = embedder
        self.texts: list[str] = []

    def encode_document(self, texts: list[str]) -> Vectors:
        self.texts += texts
        return self._embedder.encode_document(texts)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock and of processor time."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:8.2f} s, {self.cpu:8.2f} CPU s, {self.cpu / self.wall:.2f} cores busy"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model-data", type=Path, default=Path("var"), help="where the model lies")
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--archives", type=int, nargs="+", help="sizes, in documents")
    arguments = parser.parse_args()
    if arguments.archives:
        _report_archives(arguments.archives)
        return
    embedder = load_embedder(Settings(data=arguments.model_data))
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "archive")
        _write_archive(archive, arguments.documents)
        pipeline, raw = [], []
        for number in range(arguments.rounds):
            noting = Noting(embedder)
            run = _ingest(Path(folder, f"data-{number}"), archive, noting)
            pipeline.append(_spent(run))
            raw.append(_spent(lambda noting=noting: embedder.encode_document(noting.texts)))
        _report(pipeline, raw, sum(map(embedder.count_tokens, noting.texts)))
        _report_changes(run, archive, min(one.cpu for one in pipeline), arguments.documents)


def _write_archive(archive: Path, documents: int) -> None:
    """Write Markdown files of about a page each."""
    archive.mkdir()
    passages: list[Passage] = []
    for _, found in synthetic_documents(documents * PER_DOCUMENT):
        passages += found
    for number in range(documents):
        own = passages[number * PER_DOCUMENT :][:PER_DOCUMENT]
        text = "\n\n".join(f"## Abschnitt {each.page}\n\n{each.text}" for each in own)
        path = archive / f"bericht-{number:06d}.md"
        path.write_text(f"# Bericht {number}\n\n{text}\n", "utf-8")


def _ingest(data: Path, archive: Path, embedder: Embedder) -> Callable[[], object]:
    settings = Settings(data=data)
    cache = VectorCache(embedder, data)
    return lambda: list(IngestRun([archive], settings=settings, embedder=cache))


def _spent(work: Callable[[], object]) -> Spent:
    wall, cpu = time.perf_counter(), _cpu()
    work()
    return Spent(time.perf_counter() - wall, _cpu() - cpu)


def _cpu() -> float:
    """CPU seconds of this process and of those it has seen end."""
    return sum(os.times()[:4])


def _report(pipeline: list[Spent], raw: list[Spent], tokens: int) -> None:
    for number, (whole, encoder) in enumerate(zip(pipeline, raw, strict=True), 1):
        print(f"round {number}  pipeline {whole}\n         encoder  {encoder}")
    # Sums: the fastest round of each would compare two lucky moments of a noisy machine.
    wall = sum(one.wall for one in raw) / sum(one.wall for one in pipeline)
    cpu = sum(one.cpu for one in raw) / sum(one.cpu for one in pipeline)
    rate = tokens * len(pipeline) / sum(one.wall for one in pipeline)
    print(f"{tokens} tokens, {rate:.0f} in a second by the whole pipeline")
    print(f"of the encoder's rate: {wall:.1%} by the clock, {cpu:.1%} by CPU (floor {FLOOR:.0%})")


def _report_changes(run: Callable[[], object], archive: Path, first: float, documents: int) -> None:
    same = _spent(run)
    print(f"nothing changed: {same.cpu:.3f} CPU s, {same.cpu / first:.2%} of the first run")
    changed = next(archive.iterdir())
    changed.write_text(changed.read_text("utf-8").replace("Bericht", "Jahresbericht"), "utf-8")
    one = _spent(run)
    print(
        f"one changed: {one.cpu:.3f} CPU s, {one.cpu - same.cpu:.3f} more than without; "
        f"a document of the first run took {first / documents:.3f}"
    )


def _report_archives(sizes: list[int]) -> None:
    least = 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder, "archive")
            _write_archive(archive, size)
            run = _ingest(Path(folder, "data"), archive, SyntheticEmbedder())
            run()
            time.sleep(SETTLED)
            run()
            more = median(_one_more(run, path) for path in sorted(archive.iterdir())[:CHANGES])
        least = least or more
        print(
            f"{size:6} documents: one changed {more:.2f} CPU s more than none, "
            f"{more / least:.2f} times that of {sizes[0]}",
            flush=True,
        )


def _one_more(run: Callable[[], object], changed: Path) -> float:
    same = _spent(run).cpu
    changed.write_text(changed.read_text("utf-8") + "\n\nDas ist neu.\n", "utf-8")
    return _spent(run).cpu - same


if __name__ == "__main__":
    main()
