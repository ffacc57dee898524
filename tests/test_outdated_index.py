"""An index of a version that embedded sentences without title and heading: nothing gets mixed."""

import json

import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import PASSAGES, build, documents_of, passage

from commands.warming import warm_up
from corpus.backup import back_up
from corpus.documents import Passage
from corpus.history import NothingToUndo, undo
from corpus.index import Index
from corpus.manifest import FORMAT, OUTDATED, IndexMismatch, index_folder, read_manifest
from corpus.progress import LatestProgress, show_nothing
from corpus.removal import remove_documents
from corpus.restoring import restore
from corpus.settings import Settings
from corpus.vector_cache import VectorCache
from corpus.verification import check
from corpus.writer import IndexWriter
from ingest.pipeline import RENEWAL, IngestRun


@pytest.fixture
def outdated(data):
    """Build the sample documents as that version did, its vectors in the cache."""
    with pytest.MonkeyPatch.context() as then:
        then.setattr(Passage, "unit_texts", property(bare_units))
        then.setattr("corpus.writer.FORMAT", OUTDATED)
        build(data, VectorCache(HashingEmbedder(), data))
    for name in ("manifest.json", "gen-000001.json"):
        path = index_folder(data) / name
        path.write_text(path.read_text().replace(f'"format": {FORMAT}', f'"format": {OUTDATED}'))
    assert read_manifest(data).is_outdated
    return data


def bare_units(one):
    return [one.text[start:end] for start, end in one.sentences]


def ingest(data, progress=show_nothing):
    embedder = VectorCache(HashingEmbedder(), data)
    list(IngestRun([], settings=Settings(data=data), embedder=embedder, progress=progress))


def units(data):
    """Return the vectors of sentences by passage."""
    index = Index.open(data, HashingEmbedder())
    rows = range(len(index))
    names = zip(index.passages(rows), rows, strict=True)
    return {one.id: index.unit_vectors(row).tolist() for one, row in names}


def fresh_units(tmp_path, passages=PASSAGES):
    """Return what an index has that this version builds from nothing."""
    build(tmp_path / "frisch", VectorCache(HashingEmbedder(), tmp_path / "frisch"), passages)
    return units(tmp_path / "frisch")


def test_nobody_asks_it(outdated):
    with pytest.raises(IndexMismatch, match="früheren Version") as raised:
        Index.open(outdated, HashingEmbedder())

    assert "verify --repair" in raised.value.hint


@pytest.mark.parametrize("is_known", [True, False], ids=["nothing new", "a new document"])
def test_the_next_ingest_embeds_all_of_it_anew(outdated, tmp_path, is_known):
    new = () if is_known else (passage("Neu hier.", "neu", heading=("Abschnitt",)),)
    embedder = HashingEmbedder()

    with IndexWriter.open(
        outdated, embedder=VectorCache(embedder, outdated), passage_tokens=200
    ) as writer:
        assert writer.has_changes
        for one in new:
            writer.put(documents_of(new)[0], [one])
        writer.commit()

    assert read_manifest(outdated).format == FORMAT
    assert units(outdated) == fresh_units(tmp_path, PASSAGES + new)
    assert PASSAGES[0].text not in embedder.documents  # the same as then: from the cache
    assert list(check(outdated)) == []
    with pytest.raises(NothingToUndo):
        undo(outdated)


def test_a_run_that_embeds_anew_says_so(outdated, tmp_path):
    latest = LatestProgress()

    ingest(outdated, latest)

    assert latest.now.stage == RENEWAL
    assert units(outdated) == fresh_units(tmp_path)


def test_it_stays_the_old_one_until_the_switch(outdated):
    with IndexWriter.open(outdated, embedder=HashingEmbedder(), passage_tokens=200) as writer:
        writer.remove("/dokumente/lesebus.md")

    assert read_manifest(outdated).is_outdated


def test_a_removal_leaves_it_outdated(outdated, tmp_path):
    remove_documents(outdated, [one for one in documents_of(PASSAGES) if one.id == "lesebus"])

    assert read_manifest(outdated).is_outdated
    ingest(outdated)
    rest = [one for one in PASSAGES if one.document_id != "lesebus"]
    assert units(outdated) == fresh_units(tmp_path, rest)


def test_two_versions_call_the_same_document_by_two_names(outdated):
    def versions():
        shares = json.loads((index_folder(outdated) / "gen-000001.json").read_text())["shares"]
        folder = index_folder(outdated) / "segments" / shares[0]["segment"]
        lines = (folder / "documents.jsonl").read_text().splitlines()
        return {json.loads(line)["version"] for line in lines}

    old = versions()
    ingest(outdated)

    assert old.isdisjoint(Index.open(outdated, HashingEmbedder())._of_version)


def test_the_check_finds_it_and_the_service_mends_it_before_it_answers(
    outdated, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(
        "commands.verify.cached_embedder", lambda _: VectorCache(HashingEmbedder(), outdated)
    )
    assert [one.place for one in check(outdated)] == ["vectors"]

    warm_up(Settings(data=outdated), HashingEmbedder(), None, show_nothing)

    assert "früheren Version" in capsys.readouterr().err
    assert list(check(outdated)) == []
    assert units(outdated) == fresh_units(tmp_path)


def test_a_backup_of_it_comes_back_whole(outdated, tmp_path):
    back_up(outdated, tmp_path / "sicherung.tar")
    restore(tmp_path / "zurück", tmp_path / "sicherung.tar")

    assert read_manifest(tmp_path / "zurück").is_outdated
    assert [one.place for one in check(tmp_path / "zurück")] == ["vectors"]
