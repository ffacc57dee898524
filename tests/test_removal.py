"""What is removed is gone from every byte under the data directory, and stays gone."""

import json
import shutil
import unicodedata

import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import BUS, PASSAGES, build, documents_of, passage

from corpus.history import NothingToUndo, undo
from corpus.index import Index, chroma_folder, live_documents
from corpus.manifest import read_manifest
from corpus.originals import original
from corpus.receipt import FOLDER
from corpus.removal import finish_removals, remove_documents
from corpus.store import VectorStore, connect
from corpus.tombstones import note_removal, read_tombstones, removed_on
from corpus.vector_cache import VectorCache
from corpus.writer import IndexWriter

CANARY = "Zibetkatzenzulage"
SECRET = f"Die {CANARY} beträgt 99 Taler. Sie wird in Gold gezahlt, siehe Ärmelkanal."


@pytest.fixture
def cached(data):
    return VectorCache(HashingEmbedder(), data)


@pytest.fixture
def secret(data, cached, tmp_path):
    """An index with a document that had two versions, its original and its cached vectors."""
    build(data, cached)
    for text in (f"{SECRET} Alte Fassung.", SECRET):
        one = passage(text, "geheim")
        (document,) = documents_of([one])
        file = tmp_path / "geheim.txt"
        file.write_text(text)
        with IndexWriter.open(data, embedder=cached, passage_tokens=200) as writer:
            writer.put(document, [one, passage(BUS, "geheim", 1, 2)], original=file)
            writer.commit()
    cached.close()
    return document


def holding(data, needle):
    return [str(path) for path in data.rglob("*") if path.is_file() and needle in path.read_bytes()]


def forms_of(embedder):
    """Text and vector of the secret in every form in which they are stored."""
    vector = embedder.encode_document([SECRET])[0]
    return [CANARY.encode(), vector.tobytes(), vector.astype("f2").tobytes(), b"rmelkanal"]


def test_no_byte_of_a_removed_document_is_left(data, secret, cached):
    forms = forms_of(cached)
    cached.close()
    assert all(holding(data, form) for form in forms)

    receipt = remove_documents(data, [secret])

    assert [holding(data, form) for form in forms] == [[], [], [], []]
    assert receipt.found == ()
    assert receipt.looked_for >= 3
    assert {"index", "cache"} <= set(receipt.places)
    assert original(data, secret.id) is None


def test_the_others_are_as_they_were(data, secret, cached):
    remove_documents(data, [secret])
    cached._embedder.documents.clear()

    index = Index.open(data, cached)
    rows, _ = index.nearest(cached.encode_query([BUS])[0], 7)
    cached.encode_document([text for one in PASSAGES for text in (one.text, *one.unit_texts)])

    assert index.passages(range(6)) == list(PASSAGES)
    assert sorted(rows.tolist()) == list(range(6))
    assert cached._embedder.documents == []
    assert (index.manifest.documents, index.manifest.passages) == (3, 6)


def test_a_text_that_others_have_too_is_not_looked_for(data, secret):
    receipt = remove_documents(data, [secret])

    assert holding(data, json.dumps(BUS)[1:-1].encode())
    assert receipt.found == ()


def test_undo_does_not_bring_it_back(data, secret, embedder):
    remove_documents(data, [secret])

    with pytest.raises(NothingToUndo):
        undo(data)
    build(data, embedder, PASSAGES[:2])
    undo(data)

    assert len(Index.open(data, embedder)) == 6


def test_tombstone_says_the_day_and_nothing_else(data, secret, embedder):
    remove_documents(data, [secret])

    day = Index.open(data, embedder).tombstone(secret.id)
    (receipt,) = (data / FOLDER).glob("*.json")

    assert day == removed_on(data, secret.id)
    assert day is not None
    assert Index.open(data, embedder).tombstone("leitfaden") is None
    assert secret.name not in (data / "tombstones.json").read_text() + receipt.read_text()
    assert json.loads(receipt.read_text())["documents"] == ["geheim"]


def test_taken_in_again_it_has_no_tombstone(data, secret, embedder):
    remove_documents(data, [secret])
    with IndexWriter.open(data, embedder=embedder, passage_tokens=200) as writer:
        writer.put(secret, [passage(SECRET, "geheim")])
        writer.commit()

    assert removed_on(data, secret.id) is None


def test_what_a_crash_interrupted_is_finished_by_the_next_writer(data, secret, embedder):
    note_removal(data, [(secret.id, secret.origin)])

    with IndexWriter.open(data, embedder=embedder, passage_tokens=200) as writer:
        assert secret.origin not in writer.documents

    assert holding(data, CANARY.encode()) == []
    assert [one.origin for one in read_tombstones(data)] == [""]


def test_finishing_again_changes_nothing(data, secret):
    remove_documents(data, [secret])
    before = read_manifest(data)

    finish_removals(data)

    assert read_manifest(data) == before


def test_last_document_can_be_removed(data, embedder):
    build(data, embedder, PASSAGES[:1])

    remove_documents(data, live_documents(data))

    assert live_documents(data) == ()
    assert build(data, embedder).passages == 6


def test_receipt_names_what_still_holds_a_trace(data, secret, monkeypatch):
    shutil.copy(original(data, secret.id), data / "vergessen.txt")

    receipt = remove_documents(data, [secret])

    assert receipt.found == ("vergessen.txt",)


def test_store_holds_the_rest(data, secret, embedder):
    remove_documents(data, [secret])

    store = VectorStore(connect(chroma_folder(data)), read_manifest(data).collection)
    assert len(store) == 6


# --- the commands


def test_remove_asks_first_and_prints_the_receipt(call, indexed, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    code, _, _ = call("remove", "lesebus.md")
    assert code == 1
    assert len(live_documents(indexed)) == 3

    code, out, err = call("remove", "lesebus.md", "--yes")

    assert code == 0
    assert "Gefunden: 0" in out
    assert "lesebus.md" in err
    assert [one.name for one in live_documents(indexed)] == ["leitfaden.pdf", "kontakte.md"]


def test_umlaut_in_two_characters_is_the_same_name(call, data, tmp_path):
    decomposed = unicodedata.normalize("NFD", "Übersicht.txt")
    (tmp_path / decomposed).write_text("Das Büro berät.", "utf-8")
    call("ingest", tmp_path / decomposed)

    code, out, _ = call("remove", "Übersicht.txt", "--yes")

    assert (code, len(live_documents(data))) == (0, 0)
    assert "1 entfernt" in out


def test_unknown_name_removes_nothing(call, indexed):
    code, _, err = call("remove", "lesebus.md", "fehlt.md", "--yes")

    assert (code, "`fehlt.md` ist nicht eingelesen" in err) == (1, True)
    assert len(live_documents(indexed)) == 3


def test_undo_brings_back_and_takes_back(call, indexed, embedder):
    build(indexed, embedder, PASSAGES[:1])

    _, first, _ = call("undo")
    back = len(live_documents(indexed))
    _, second, _ = call("undo")

    assert "3 Dokumente, 6 Passagen" in first
    assert back == 3
    assert "1 Dokumente, 1 Passagen" in second
    assert len(live_documents(indexed)) == 1


def test_undo_without_a_generation_before_says_so(call, data):
    code, _, err = call("undo")

    assert (code, "keinen früheren Stand" in err) == (1, True)
