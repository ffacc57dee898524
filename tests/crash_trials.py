"""Kills a writing process over and over: `python tests/crash_trials.py --kills 300 [--seed 1]`.

Each trial copies a small index, lets a process take in, replace, take out and remove documents,
kills it at a named step or at a random moment, and looks with a fresh process: the state is one of
those before and after each change, nothing acknowledged is lost, and running the same again ends
where an undisturbed run ends. Processes are forked before Chroma is opened, so a trial is short.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from hashing_embedder import HashingEmbedder
from sample_passages import BUS, PASSAGES, build, documents_of, passage

from corpus.faults import KILLED, STEPS, VARIABLE
from corpus.generation import kept_generations, stale_paths
from corpus.index import Index, chroma_folder, live_documents
from corpus.manifest import read_manifest
from corpus.originals import originals_folder
from corpus.removal import remove_documents
from corpus.store import VectorStore, connect
from corpus.store_seal import broken_parts
from corpus.vector_cache import VectorCache
from corpus.writer import IndexWriter

NEW = passage("Die Lesepaten treffen sich im Rathaus.", "paten")
CHANGED = passage(f"{BUS} Er fährt nun täglich.", "leitfaden", name="leitfaden.pdf")
EXPECTED = (3, 3, 2)  # documents at the start, after the ingest, after the removal


def change(data, acknowledge):
    """Take in, replace and take out, then remove for good; running it again changes nothing."""
    embedder = VectorCache(HashingEmbedder(), data)
    with IndexWriter.open(data, embedder=embedder, passage_tokens=200) as writer:
        for one in (NEW, CHANGED):
            writer.put(documents_of([one])[0], [one], original=Path(__file__))
        if "/dokumente/kontakte.md" in writer.documents:
            writer.remove("/dokumente/kontakte.md")
        if writer.has_changes:
            writer.commit()
    acknowledge("1")
    bus = [one for one in live_documents(data) if one.id == "lesebus"]
    if bus:
        remove_documents(data, bus)
    acknowledge("2")


def look(data):
    """Return the live state, after checking that all of it can be found."""
    embedder = HashingEmbedder()
    index = Index.open(data, embedder)
    for row, one in enumerate(index.passages(range(len(index)))):
        rows, cosines = index.nearest(embedder.encode_query([one.text])[0], 1)
        assert cosines[0] > 0.999, one.id
        assert index.passages(rows)[0].text == one.text
        assert index.unit_vectors(row).shape[0] == len(one.sentences)
    return sorted(index._of_version)


def look_closely(data):
    """Return all that an undisturbed run leaves: state, vectors, copies; nothing stale."""
    manifest = read_manifest(data)
    assert stale_paths(data, kept_generations(data, manifest)) == []
    assert broken_parts(chroma_folder(data)) == []
    store = VectorStore(connect(chroma_folder(data)), manifest.collection)
    copies = sorted(path.name for path in originals_folder(data).iterdir())
    return [look(data), sorted(store.ids()), copies]


def forked(work, *, step="", kill_after=None):
    """Run `work(tell)` in a process; return its exit code and what it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.environ[VARIABLE] = step
        code = 1
        try:
            work(lambda text: os.write(writing, text.encode()))
            code = 0
        except BaseException:
            sys.excepthook(*sys.exc_info())
        os._exit(code)
    os.close(writing)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told


def asked(question, data):
    """Ask a fresh process about an index."""
    code, told = forked(lambda tell: tell(json.dumps(question(data))))
    assert code == 0, f"{data} cannot be read"
    return json.loads(told)


class Trials:
    """The states of an undisturbed run, and trials against them."""

    def __init__(self, folder):
        self._folder = folder
        self._base = folder / "base"
        forked(lambda tell: build(self._base, HashingEmbedder(), PASSAGES))
        self._states = [asked(look, self._base)]
        for step in ("tombstone", ""):
            data = self._copy()
            started = time.perf_counter()
            forked(lambda tell, data=data: change(data, tell), step=step)
            self.seconds = time.perf_counter() - started
            self._states.append(asked(look, data))
        self._end = asked(look_closely, data)
        assert len({str(state) for state in self._states}) == len(EXPECTED)

    def run(self, *, step="", kill_after=None):
        """Kill once, look, run again; return whether the process died before its end."""
        data = self._copy()
        code, told = forked(lambda tell: change(data, tell), step=step, kill_after=kill_after)
        assert code in (0, KILLED, -signal.SIGKILL), code
        acknowledged = int(told[-1:] or 0)
        assert asked(look, data) in self._states[acknowledged:], (step, kill_after, told)
        code, _ = forked(lambda tell: change(data, tell))
        assert code == 0, (step, kill_after)
        assert asked(look_closely, data) == self._end, (step, kill_after)
        return told != "12"

    def _copy(self):
        data = self._folder / "trial"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self._base, data)
        return data


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        trials = Trials(Path(folder))
        steps = [f"{step}:{time}" for step in STEPS for time in (1, 2)]
        died = [step for step in steps if trials.run(step=step)]
        unreached = [step for step in STEPS if f"{step}:1" not in died]
        kills = len(died)
        while kills < arguments.kills:
            kills += trials.run(kill_after=chance.uniform(0, trials.seconds))
    summary = f"{kills} kills, {len(died)} of them at named steps; never reached: {unreached}"
    sys.stdout.write(summary + "\n")
    sys.exit(bool(unreached))


if __name__ == "__main__":
    main()
