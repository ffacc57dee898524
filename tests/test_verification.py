"""Every kind of damage is noticed, in a process of its own, and mended without a loss."""

import json
import shutil
from itertools import product
from random import Random
from string import ascii_lowercase

import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import PASSAGES, build, passage

from corpus.generation import parts_of, read_generation, segment_folder
from corpus.history import NothingToUndo, undo
from corpus.index import Index, chroma_folder, live_documents
from corpus.inventory import read_inventory
from corpus.manifest import index_folder, read_manifest
from corpus.originals import originals_folder
from corpus.settings import Settings
from corpus.upkeep import refill_store
from corpus.verification import check, verify
from ingest.recovery import rebuild_index

MANY = 1_050  # beyond what Chroma keeps in its log alone: its graph has files then


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """An index whose graph lies in files."""
    data = tmp_path_factory.mktemp("large")
    chance = Random(1)
    texts = [" ".join(chance.choices(ascii_lowercase, k=12)) for _ in range(MANY)]
    passages = [passage(text, "viele", 1, n) for n, text in enumerate(texts)]
    build(data, HashingEmbedder(), passages)
    return data


@pytest.fixture
def copy(large, tmp_path):
    return shutil.copytree(large, tmp_path / "copy")


def places(findings):
    return {one.place for one in findings}


def truncated(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zeroed(path):
    path.write_bytes(bytes(path.stat().st_size))


def test_sound_index_has_no_findings(large, data):
    assert verify(large) == ()
    assert verify(data) == ()


def flipped(path):
    """Change one bit in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def deleted(path):
    path.unlink()


@pytest.mark.parametrize("damage", [truncated, zeroed, flipped])
def test_damage_to_any_file_of_the_index_is_found(indexed, damage):
    store = chroma_folder(indexed)
    files = [
        path
        for path in index_folder(indexed).rglob("*")
        if path.is_file() and path.stat().st_size and not path.is_relative_to(store)
    ]
    assert len(files) >= 13
    for path in files:
        whole = path.read_bytes()
        damage(path)
        assert places(check(indexed)) == {"index"}, path.name
        path.unlink()
        found = path.name == "manifest.json" or places(check(indexed)) == {"index"}
        assert found or path.name == "write.lock", path.name
        path.write_bytes(whole)
    assert list(check(indexed)) == []


GRAPH = ("data_level0.bin", "header.bin", "index_metadata.pickle", "length.bin", "link_lists.bin")


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        *product(GRAPH, [truncated, zeroed, flipped, deleted]),
        # The one bit in the middle lies where a deleted row was: nobody reads it.
        *product(["chroma.sqlite3"], [truncated, zeroed, deleted]),
    ],
)
def test_damage_to_any_file_of_the_store_is_found(copy, name, damage):
    (path,) = chroma_folder(copy).rglob(name)
    damage(path)

    assert places(check(copy)) == {"store"}


def test_these_are_all_files_of_the_store(large):
    names = {path.name for path in chroma_folder(large).rglob("*") if path.is_file()}
    assert names == {"chroma.sqlite3", "seal.json", *GRAPH}


def test_another_name_in_the_database_is_noticed(copy):
    """A bit that no check of the database itself can see."""
    path = chroma_folder(copy) / "chroma.sqlite3"
    content = bytearray(path.read_bytes())
    (part,) = parts_of(copy, read_manifest(copy))
    content[content.rindex(part.entries[0].vector_ids[7].encode()) + 3] ^= 1
    path.write_bytes(content)

    (found,) = check(copy)

    assert "chroma.sqlite3/embeddings" in found.text


@pytest.mark.parametrize("damage", [truncated, deleted])
def test_damaged_store_is_mended(copy, damage):
    for name in ("chroma.sqlite3", "header.bin"):
        (path,) = chroma_folder(copy).rglob(name)
        damage(path)
    assert places(verify(copy)) == {"store"}

    refill_store(copy)

    assert verify(copy) == ()


def test_what_a_small_index_has_instead_of_a_graph_is_made_anew(indexed):
    """A store that has saved no graph yet reads none: damage there is none."""
    for path in chroma_folder(indexed).rglob("*.bin"):
        truncated(path)

    assert verify(indexed) == ()


def test_damaged_generation_before_does_not_come_back(indexed, embedder):
    live = build(indexed, embedder, [passage("Alles ist anders.", "anders")])
    for share in read_generation(indexed, live.previous).shares:
        flipped(segment_folder(indexed, share.segment) / "vectors.npy")

    with pytest.raises(NothingToUndo):
        undo(indexed)

    assert read_manifest(indexed) == live


def test_reading_changes_nothing_that_is_compared(copy):
    embedder = HashingEmbedder()
    for _ in range(2):
        index = Index.open(copy, embedder)
        assert len(index.nearest(embedder.encode_query(["a b"])[0], 5)[0]) == 5

    assert list(check(copy)) == []


def test_manifest_that_is_gone_is_noticed_by_the_list_of_documents(indexed):
    (index_folder(indexed) / "manifest.json").unlink()

    assert places(verify(indexed)) == {"index"}


def test_lost_vectors_are_noticed(indexed):
    shutil.rmtree(chroma_folder(indexed))

    assert places(verify(indexed)) == {"store"}


# --- recovery and the command


@pytest.fixture
def files(call, tmp_path):
    folder = tmp_path / "unterlagen"
    folder.mkdir()
    (folder / "frist.txt").write_text("Frist\n\nDie Frist endet am 31. März 2032.", "utf-8")
    (folder / "quote.md").write_text("# Quote\n\nDie Quote beträgt 60 Prozent.", "utf-8")
    call("ingest", folder)
    return folder


def content(data, embedder):
    index = Index.open(data, embedder)
    return index.documents, index.passages(range(len(index)))


def test_damaged_index_is_rebuilt_from_the_copies_alone(call, files, data, embedder):
    before = content(data, embedder)
    shutil.rmtree(files)
    shutil.rmtree(index_folder(data) / "segments")

    code, out, err = call("verify", "--repair", "--json")

    assert (code, json.loads(out)["ok"]) == (0, True)
    assert "Neuaufbau" in err
    assert content(data, embedder) == before


def test_rebuilding_embeds_nothing_that_is_cached(call, files, data, embedder):
    embedder.documents.clear()
    zeroed(index_folder(data) / "manifest.json")

    call("verify", "--repair")

    assert embedder.documents == []


def test_verify_names_the_damage_and_the_way_out(call, files, data):
    for path in (index_folder(data) / "segments").rglob("vectors.npy"):
        zeroed(path)

    code, _, err = call("verify")

    assert code == 1
    assert "vectors.npy" in err
    assert "verify --repair" in err


def test_damaged_copy_is_replaced_by_the_file(call, files, data):
    damaged = sorted(originals_folder(data).iterdir())[0]
    whole = damaged.read_bytes()
    zeroed(damaged)

    code, _, err = call("verify", "--repair")

    assert code == 0, err
    assert damaged.read_bytes() == whole


def test_interrupted_rebuild_can_be_repeated(call, files, data, embedder):
    zeroed(index_folder(data) / "manifest.json")
    settings = Settings(data=data)
    next(iter(rebuild_index(settings, embedder)))
    assert live_documents(data) == ()

    code, _, _ = call("verify", "--repair")

    assert code == 0
    assert len(live_documents(data)) == 2


def test_without_a_list_of_documents_nothing_is_thrown_away(call, files, data):
    zeroed(index_folder(data) / "manifest.json")
    (data / "documents.jsonl").unlink()
    before = sorted(index_folder(data).rglob("*"))

    code, _, err = call("verify", "--repair")

    assert code == 1
    assert "nichts verändert" in err
    assert sorted(index_folder(data).rglob("*")) == before


def test_list_of_documents_follows_the_index(indexed, embedder):
    build(indexed, embedder, PASSAGES[:1])

    assert read_inventory(indexed) == live_documents(indexed)
