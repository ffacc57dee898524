"""Changes, removals, undos and crashes in any order against a plain dictionary."""

import os
import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hashing_embedder import HashingEmbedder
from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sample_passages import build, documents_of, passage

import corpus.faults
from corpus.faults import VARIABLE
from corpus.generation import parts_of
from corpus.history import NothingToUndo, undo
from corpus.manifest import read_manifest
from corpus.removal import remove_documents
from corpus.verification import check
from corpus.writer import IndexWriter

NAMES = st.sampled_from(("antrag", "bus"))
TEXTS = st.sampled_from(("Die Frist endet im März.", "Der Bus fährt."))
COMMIT_STEPS = st.sampled_from(("manifest", "generation", "switch", "cleared-vectors"))
REMOVAL_STEPS = st.sampled_from(("tombstone", "removal-cache", "removal-originals", "cleared"))


class Crash(BaseException):
    """The process would have ended here."""


def crash(code):
    raise Crash


class Corpus(RuleBasedStateMachine):
    """`live` and `before` are what the index and the generation before have to hold."""

    @initialize()
    def begin(self):
        self.data = Path(tempfile.mkdtemp())
        self.embedder = HashingEmbedder()
        passages = [one_of("rest", "Alles Übrige steht hier."), one_of("bus", "Der Bus steht.")]
        build(self.data, self.embedder, passages)
        self.live = self.stored()
        self.before = None

    @rule(name=NAMES, text=TEXTS)
    def ingest_or_change(self, name, text):
        wanted = {**self.live, name: text}
        self.put(name, text)
        self.switched_to(wanted)

    @rule(name=NAMES)
    def take_out(self, name):
        wanted = {key: value for key, value in self.live.items() if key != name}
        self.take(name)
        self.switched_to(wanted)

    @rule(name=NAMES)
    def remove_for_good(self, name):
        if name in self.live:
            self.remove(name)
            del self.live[name]
            self.before = None

    @rule()
    def undo(self):
        if self.before is None:
            try:
                undo(self.data)
            except NothingToUndo:
                return
            raise AssertionError("something came back that was given up")
        undo(self.data)
        self.live, self.before = self.before, self.live

    @rule(name=NAMES, text=TEXTS, step=COMMIT_STEPS)
    def crash_while_ingesting(self, name, text, step):
        wanted = {**self.live, name: text}
        self.crashing(step, lambda: self.put(name, text))
        if self.stored() != self.live:
            self.switched_to(wanted)

    @rule(name=NAMES, step=REMOVAL_STEPS)
    def crash_while_removing(self, name, step):
        if name in self.live:
            self.crashing(step, lambda: self.remove(name))
            with self.writer():
                pass  # whoever writes next finishes it
            del self.live[name]
            self.before = None

    @rule()
    def verify(self):
        with self.writer():
            pass  # sweeps away what a crash left
        assert list(check(self.data)) == []

    @invariant()
    def index_is_what_it_should_be(self):
        assert self.stored() == self.live

    def teardown(self):
        shutil.rmtree(self.data)

    def writer(self):
        return IndexWriter.open(self.data, embedder=self.embedder, passage_tokens=200)

    def put(self, name, text):
        one = one_of(name, text)
        with self.writer() as writer:
            writer.put(documents_of([one])[0], [one])
            if writer.has_changes:
                writer.commit()

    def take(self, name):
        origin = documents_of([one_of(name, "")])[0].origin
        with self.writer() as writer:
            if origin in writer.documents:
                writer.remove(origin)
                writer.commit()

    def remove(self, name):
        remove_documents(self.data, documents_of([one_of(name, self.live[name])]))

    def stored(self):
        parts = parts_of(self.data, read_manifest(self.data))
        passages = [one for part in parts for entry in part.entries for one in part.passages(entry)]
        return {one.document_name.removesuffix(".md"): one.text for one in passages}

    def switched_to(self, wanted):
        if wanted != self.live:
            self.live, self.before = wanted, self.live

    def crashing(self, step, work):
        os.environ[VARIABLE] = step
        end, corpus.faults.os._exit = os._exit, crash
        try:
            work()
        except Crash:
            pass
        finally:
            corpus.faults.os._exit = end
            del os.environ[VARIABLE]


def one_of(name, text):
    return passage(text, name)


TestCorpus = Corpus.TestCase
TestCorpus.settings = settings(
    max_examples=10,
    stateful_step_count=12,
    phases=[Phase.generate],
    derandomize=True,
    deadline=None,
    database=None,
)
