"""A folder of real documents, from files to hits: `python -m bench.documents [FOLDER …]`.

Every file has to end in one verdict, and every German document that has text has to be among the
first hits for phrases of its own. Phrases are taken without our readers: from the bytes of a text
file, from what pypdf finds in a PDF.
"""

import argparse
import logging
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader

from assistant.dialogue import Assistant
from corpus.documents import IngestReport, Verdict
from corpus.embedder_choice import load_embedder
from corpus.settings import Settings
from corpus.vector_cache import VectorCache
from ingest.files import find_files
from ingest.pipeline import IngestRun

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "docs"
ALLOWED = 600  # seconds
WORDS = 10  # of a phrase
WITHIN = 10  # hits
_PROSE = re.compile(rf"(?:[A-ZÄÖÜa-zäöüß]{{2,}},? ){{{WORDS}}}")
_GERMAN = frozenset("der die das und oder nicht ist wird werden eine einer des dem den".split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*", default=[DEFAULT])
    parser.add_argument("--model-data", type=Path, default=Path("var"), help="where the model lies")
    arguments = parser.parse_args()
    if missing := [folder for folder in arguments.folders if not folder.exists()]:
        print(f"{missing[0]} is missing; name a folder of documents")
        return
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it has much to say of broken files
    files = find_files(arguments.folders)
    embedder = load_embedder(Settings(data=arguments.model_data))
    with tempfile.TemporaryDirectory() as folder:
        cache = VectorCache(embedder, Path(folder))
        started = time.perf_counter()
        reports = list(IngestRun(files, settings=Settings(data=Path(folder)), embedder=cache))
        seconds = time.perf_counter() - started
        lost = _not_found(Assistant(Path(folder), embedder), files)
    _report(reports, seconds)
    for name, phrase in lost:
        print(f"not found: {name} by {phrase!r}")
    if lost or len(reports) != len(files) or seconds > ALLOWED:
        raise SystemExit(1)


def _not_found(assistant: Assistant, files: Sequence[Path]) -> list[tuple[str, str]]:
    """Search for phrases of every German document; return what did not lead to it."""
    lost, searched = [], 0
    for path in files:
        for phrase in _phrases(path):
            searched += 1
            hits = assistant.search(phrase, WITHIN)
            if path.name not in {hit.passage.document_name for hit in hits}:
                lost.append((path.name, phrase))
    print(f"{searched} phrases of German documents, {searched - len(lost)} lead to theirs")
    return lost


def _phrases(path: Path) -> list[str]:
    """Take German phrases from the beginning, the middle and the end of a file, if it has any."""
    found = [match[0].strip() for match in _PROSE.finditer(" ".join(_text(path).split()))]
    german = [phrase for phrase in found if len(_GERMAN & set(phrase.lower().split())) >= 2]
    places = sorted({0, len(german) // 2, len(german) - 1})
    return [german[place] for place in places] if german else []


def _text(path: Path) -> str:
    if path.suffix.lower() != ".pdf":
        return path.read_text("utf-8", "replace")
    try:
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    except Exception:  # pypdf raises everything; a file that it cannot read gives no phrases
        return ""


def _report(reports: Sequence[IngestReport], seconds: float) -> None:
    verdicts: dict[Verdict, int] = defaultdict(int)
    kinds: dict[str, list[IngestReport]] = defaultdict(list)
    for report in reports:
        verdicts[report.verdict] += 1
        kinds[Path(report.name).suffix.lower()].append(report)
    print(f"{len(reports)} files in {seconds:.0f} s (allowed for 81: {ALLOWED} s)")
    print(", ".join(f"{verdict} {count}" for verdict, count in verdicts.items()))
    for kind, own in sorted(kinds.items()):
        slowest = max(own, key=lambda report: report.seconds)
        print(
            f"{kind:6} {len(own)} files, {sum(report.passages for report in own)} passages, "
            f"read in {sum(report.seconds for report in own):.1f} s; "
            f"slowest {slowest.name} {slowest.seconds:.1f} s"
        )


if __name__ == "__main__":
    main()
