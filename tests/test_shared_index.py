"""An index on a real Chroma server that two machines share, and that is killed under them."""

import itertools
import os
import time
from dataclasses import replace
from functools import partial

import pytest
from chroma_process import chroma_process
from hashing_embedder import HashingEmbedder
from sample_passages import BUS, CONTACT, PASSAGES, documents_of

from corpus import removal as removal_module
from corpus import server as server_module
from corpus import shared as shared_module
from corpus.contact import OutOfTouch, require_contact
from corpus.errors import Unavailable
from corpus.follower import Follower
from corpus.following import ForeignIndex, fetch_anew, follow
from corpus.generation import kept_generations, segment_folder, stale_paths
from corpus.history import NothingToUndo, undo
from corpus.index import Index, live_documents
from corpus.lock import IndexLocked, write_lock
from corpus.manifest import IndexMismatch, read_manifest
from corpus.removal import remove_documents
from corpus.server import Server
from corpus.shared import ATTEMPTS, Overtaken, SharedIndex, holder_file, insist
from corpus.tombstones import read_tombstones
from corpus.transfer import Incomplete
from corpus.upkeep import refill_store
from corpus.verification import verify
from corpus.writer import IndexWriter

EMBEDDER = HashingEmbedder()
MORE = tuple(
    replace(one, document_id="neu", document_name="neu.md", id=f"neu:{one.id}")
    for one in PASSAGES[:2]
)
QUERY = EMBEDDER.encode_query(["Bilderbücher für Kindergärten"])[0]


@pytest.fixture(scope="module")
def chroma(tmp_path_factory):
    with chroma_process(tmp_path_factory.mktemp("chroma")) as process:
        yield process


@pytest.fixture
def server(chroma, monkeypatch):
    chroma.empty()
    monkeypatch.setattr(server_module, "PATIENCE", 0.3)
    return Server(chroma.url, seconds=5)


@pytest.fixture
def desks(tmp_path):
    """Return the data directories of two machines."""
    return tmp_path / "a", tmp_path / "b"


def write(data, server, passages=PASSAGES, *, gone=()):
    """Put in the documents of these passages and take out those of the origins `gone`."""
    with IndexWriter.open(data, embedder=EMBEDDER, passage_tokens=200, server=server) as writer:
        for origin in gone:
            writer.remove(origin)
        for document in documents_of(passages):
            own = [one for one in passages if one.document_id == document.id]
            writer.put(document, own)
        return writer.commit()


def found(data, server, vector=QUERY):
    """Return the ids of the passages near a vector, in order."""
    index = Index.open(data, EMBEDDER, server)
    rows, _ = index.nearest(vector, 3)
    return [one.id for one in index.passages(rows)]


def everything(data):
    """Return all that the index of a machine holds."""
    index = Index(data, read_manifest(data))
    units = [index.unit_vectors(row).tolist() for row in range(len(index))]
    return index.passages(range(len(index))), units, index.documents, index.background


def asked(data, server):
    """Open an index, ask, and tell whether the server found the passages."""
    index = Index.open(data, EMBEDDER, server)
    return len(index._found(QUERY, 3)) == 3


def test_another_machine_gets_the_same_index(server, desks):
    one, other = desks
    manifest = write(one, server)

    assert follow(other, server)
    assert not follow(other, server)

    assert read_manifest(other) == manifest
    assert everything(other) == everything(one)
    assert found(other, server) == found(one, server)
    assert asked(other, server)
    assert Index.open(other, EMBEDDER, server).lexical.idf("lesebus") > 0


def test_no_vectors_lie_beside_the_copy_and_none_are_embedded_again(server, desks):
    one, other = desks
    write(one, server)
    idle = HashingEmbedder()

    follow(other, server)
    Index.open(other, idle, server).nearest(QUERY, 3)

    assert idle.documents == []
    assert not (one / "index" / "chroma").exists()
    assert not (other / "index" / "chroma").exists()


def test_both_machines_write_in_turn_and_undo(server, desks):
    one, other = desks
    write(one, server)
    second = write(other, server, MORE)
    follow(one, server)
    assert read_manifest(one) == second
    assert [each.id for each in live_documents(one)] == ["leitfaden", "kontakte", "lesebus", "neu"]

    before = undo(one, server)
    follow(other, server)

    assert read_manifest(other) == before
    assert everything(other) == everything(one)
    assert {each.id for each in live_documents(other)} == {"leitfaden", "kontakte", "lesebus"}
    assert verify(one, server) == verify(other, server) == ()


def test_a_machine_that_never_had_the_generation_before_can_undo(server, desks):
    one, other = desks
    write(one, server)
    write(one, server, MORE)
    follow(other, server)

    undo(other, server)

    assert "neu" not in {each.id for each in live_documents(other)}


def test_nothing_to_undo_is_said(server, desks):
    write(desks[0], server)

    with pytest.raises(NothingToUndo):
        undo(desks[0], server)


def test_old_generations_leave_the_server(server, desks):
    one, _ = desks
    for number in range(4):
        last = write(one, server, [replace(one, text=f"{one.text} {number}.") for one in MORE])
    shared = SharedIndex(server, one)

    assert len(shared.vectors(last)) == 2 * len(MORE)  # the live one and the one before
    assert verify(one, server) == ()


def test_a_removed_document_is_gone_from_both_machines_and_the_server(server, desks, chroma):
    one, other = desks
    write(one, server)
    follow(other, server)
    (document,) = [each for each in live_documents(one) if each.id == "kontakte"]

    receipt = remove_documents(one, [document], server)
    follow(other, server)

    assert (receipt.found, receipt.rows_on_server) == ((), 0)
    assert [each.id for each in read_tombstones(other)] == ["kontakte"]
    for data in desks:
        assert verify(data, server) == ()
        assert not [
            path
            for path in data.rglob("*")
            if path.is_file() and CONTACT.encode() in path.read_bytes()
        ]
    with pytest.raises(NothingToUndo):
        undo(other, server)

    chroma.kill()
    chroma.clean()
    try:
        assert chroma.files_holding(b"Der Lesebus")
        assert not chroma.files_holding(b"Auskunft gibt Lena Beispiel")
        assert not chroma.files_holding(EMBEDDER.encode_document([CONTACT]).tobytes())
    finally:
        chroma.start()


def test_a_switch_is_seen_by_a_machine_that_looks(server, desks):
    one, other = desks
    write(one, server)
    follow(other, server)
    pinned = Index.open(other, EMBEDDER, server)
    follower = Follower(other, server, every=0.05)
    follower.start()
    try:
        manifest = write(one, server, gone=["/dokumente/lesebus.md"], passages=MORE)
        wait_until(lambda: read_manifest(other) == manifest)
    finally:
        follower.stop()

    assert BUS in {one.text for one in pinned.passages(pinned.nearest(QUERY, 6)[0])}
    assert "lesebus" not in " ".join(found(other, server))


def test_only_who_has_taken_over_what_is_live_is_in_touch(server, desks, chroma):
    one, other = desks
    write(one, server)
    follow(other, server)
    for data in desks:
        os.utime(holder_file(data), (0, 0))
    write(one, server, MORE)
    chroma.kill()
    try:
        with pytest.raises(Unavailable):
            follow(other, server)
        with pytest.raises(OutOfTouch, match="nicht erreichbar"):
            require_contact(other, 60)
    finally:
        chroma.start()

    wait_until(lambda: follow(other, server))
    require_contact(other, 60)
    os.utime(holder_file(other), (0, 0))
    assert not follow(other, server)
    require_contact(other, 60)


def test_questions_are_answered_while_the_server_is_gone_and_again_by_it(server, desks, chroma):
    one, _ = desks
    write(one, server)
    before = found(one, server)
    chroma.kill()
    try:
        assert found(one, server)[0] == before[0]  # the others are equally near
        assert not asked(one, server)
        started = time.monotonic()
        found(one, server)
        assert time.monotonic() - started < server_module.LONGEST_PAUSE
    finally:
        chroma.start()

    wait_until(lambda: asked(one, server))


def test_nobody_waits_for_a_server_that_hears_and_says_nothing(chroma, desks, server):
    write(desks[0], server)
    impatient = Server(chroma.url, seconds=0.2)
    asked(desks[0], impatient)
    chroma.halt()
    try:
        assert not asked(desks[0], impatient)
        with pytest.raises(Unavailable, match=r"in 0\.2 Sekunden nicht geantwortet"):
            follow(desks[1], Server(chroma.url, seconds=0.2))
    finally:
        chroma.go_on()


def test_taking_in_during_an_outage_says_so_and_can_be_repeated(server, desks, chroma):
    one, other = desks
    write(one, server)
    embedded = EMBEDDER.documents.copy()
    chroma.kill()
    try:
        with pytest.raises(Unavailable, match="nicht erreichbar"):
            write(one, server, MORE)
        with pytest.raises(Unavailable, match="nicht erreichbar"):
            follow(other, server)
        assert "neu" not in {each.id for each in live_documents(one)}
    finally:
        chroma.start()
    assert len(EMBEDDER.documents) == len(embedded)  # it was noticed before the work

    wait_until(lambda: server.client() is not None)
    write(one, server, MORE)
    follow(other, server)

    assert everything(other) == everything(one)
    assert verify(other, server) == ()


def test_a_server_restarted_in_the_middle_of_a_change_costs_nothing(
    server, desks, chroma, monkeypatch
):
    one, other = desks
    write(one, server)
    monkeypatch.setattr(server_module, "PATIENCE", 60.0)
    claim = SharedIndex.claim

    def claim_and_restart(self, listed, *, base):
        claim(self, listed, base=base)
        chroma.kill()
        chroma.start()

    monkeypatch.setattr(SharedIndex, "claim", claim_and_restart)
    manifest = write(one, server, MORE)
    follow(other, server)

    assert read_manifest(other) == manifest
    assert everything(other) == everything(one)


class Died(BaseException):
    """Nothing in the product catches it, as nothing catches SIGKILL."""


@pytest.mark.parametrize("before", ["write_generation", "switch_to"])
def test_a_change_that_died_half_way_is_cleared_up(server, desks, before, monkeypatch):
    one, other = desks
    write(one, server)

    def die(*_):
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(f"corpus.upkeep.{before}", die)
        with pytest.raises(Died):
            write(one, server, MORE)
    follow(other, server)
    was_announced = before == "switch_to"
    assert ("neu" in {each.id for each in live_documents(other)}) == was_announced

    changed = [replace(each, text=f"{each.text} Neu.") for each in MORE]
    last = write(one, server, changed)
    follow(other, server)

    assert everything(other) == everything(one)
    kept = len(PASSAGES) + len(MORE) * (2 if was_announced else 1)
    assert len(SharedIndex(server, one).vectors(last)) == kept


def test_who_began_before_another_switch_has_to_begin_again(server, desks):
    one, other = desks
    write(one, server)
    with IndexWriter.open(one, embedder=EMBEDDER, passage_tokens=200, server=server) as writer:
        writer.put(documents_of(MORE)[0], MORE)
        write(other, server, [replace(each, text="Zuerst.", sentences=()) for each in MORE[:1]])
        with pytest.raises(Overtaken, match="inzwischen geändert"):
            writer.commit()

    follow(one, server)
    assert everything(one) == everything(other)
    write(one, server, MORE)
    follow(other, server)
    assert everything(one) == everything(other)


def test_a_change_that_is_overtaken_is_made_upon_the_other_one(server, desks):
    one, other = desks
    write(one, server)
    attempts = []

    def change():
        with IndexWriter.open(one, embedder=EMBEDDER, passage_tokens=200, server=server) as writer:
            writer.put(documents_of(MORE)[0], MORE)
            if not attempts:
                write(other, server, [replace(PASSAGES[-1], text="Zuerst.", sentences=())])
            return writer.commit()

    insist(change, attempts.append)
    follow(other, server)

    assert attempts == [2]
    assert everything(one) == everything(other)
    texts = [each.text for each in everything(one)[0]]
    assert "Zuerst." in texts
    assert MORE[0].text in texts


def test_a_removal_that_is_overtaken_is_made_upon_the_other_change(server, desks, monkeypatch):
    one, other = desks
    write(one, server)
    follow(other, server)
    (document,) = [each for each in live_documents(one) if each.id == "kontakte"]
    note, attempts = removal_module.note_removal, []

    def overtaken_first(*arguments):
        note(*arguments)
        if not attempts:
            write(other, server, MORE)

    monkeypatch.setattr(removal_module, "note_removal", overtaken_first)
    receipt = insist(lambda: remove_documents(one, [document], server), attempts.append)
    follow(other, server)

    assert attempts == [2]
    assert (receipt.documents, receipt.found) == (("kontakte",), ())
    assert receipt.rows_on_server == 0
    assert [each.id for each in live_documents(one)] == ["leitfaden", "lesebus", "neu"]
    assert everything(one) == everything(other)


def test_who_is_overtaken_every_time_is_told(server, desks):
    one, other = desks
    attempts = []

    def change():
        with IndexWriter.open(one, embedder=EMBEDDER, passage_tokens=200, server=server) as writer:
            writer.put(documents_of(MORE)[0], MORE)
            text = f"Zuerst {len(attempts)}."
            write(other, server, [replace(each, text=text, sentences=()) for each in MORE[:1]])
            return writer.commit()

    with pytest.raises(Overtaken):
        insist(change, attempts.append)
    assert attempts == list(range(2, ATTEMPTS + 1))


def test_a_machine_follows_while_it_writes_itself(server, desks, monkeypatch):
    one, other = desks
    write(one, server)
    follow(other, server)
    (document,) = [each for each in live_documents(one) if each.id == "kontakte"]
    with IndexWriter.open(one, embedder=EMBEDDER, passage_tokens=200, server=server) as writer:
        monkeypatch.setattr(writer, "_batch", 1)
        writer.put(documents_of(MORE)[0], MORE)  # embedded, in no generation yet
        remove_documents(other, [document], server)

        assert follow(one, server)

        assert [each.id for each in live_documents(one)] == ["leitfaden", "lesebus"]
        with pytest.raises(Overtaken, match="inzwischen geändert"):
            writer.commit()

    assert stale_paths(one, kept_generations(one, read_manifest(one))) == []
    assert not [
        path for path in one.rglob("*") if path.is_file() and CONTACT.encode() in path.read_bytes()
    ]
    write(one, server, MORE)
    follow(other, server)
    assert everything(one) == everything(other)
    assert verify(one, server) == verify(other, server) == ()


def test_nobody_takes_over_another_state_while_a_change_is_switched(server, desks):
    one, other = desks
    write(one, server)
    follow(other, server)
    write(one, server, MORE)
    follower = Follower(other, server, every=0.05)
    with write_lock(other):
        follower.start()
        time.sleep(0.5)
        assert "neu" not in {each.id for each in live_documents(other)}
    try:
        wait_until(lambda: "neu" in {each.id for each in live_documents(other)})
    finally:
        follower.stop()


def test_only_one_machine_writes_at_a_time(server, desks, monkeypatch):
    one, other = desks
    manifest = write(one, server)
    follow(other, server)
    shared = SharedIndex(server, other)
    listed = shared.listed(1)
    shared.claim(replace(listed, manifest=replace(manifest, generation=2)), base=1)
    monkeypatch.setattr(shared_module, "SILENCE", 0.3)
    beats = itertools.count(1)
    monkeypatch.setattr(
        shared_module.time,
        "sleep",
        lambda _: shared._generations().change("000000002", {"beat": next(beats)}),
    )

    with pytest.raises(IndexLocked, match="Ein anderer Rechner"):
        write(one, server, MORE)

    monkeypatch.undo()
    monkeypatch.setattr(shared_module, "SILENCE", 0.1)
    write(one, server, MORE)  # by now the other is given up
    with pytest.raises(Overtaken):
        shared.announce(2)


def test_a_change_waits_for_one_that_is_being_made_and_begins_upon_it(server, desks, monkeypatch):
    one, other = desks
    manifest = write(one, server)
    follow(other, server)
    shared, attempts = SharedIndex(server, other), []
    listed = shared.listed(1)
    shared.claim(replace(listed, manifest=replace(manifest, generation=2)), base=1)
    signs = iter([partial(shared._generations().change, "000000002", {"beat": 1})])
    announce = partial(shared.announce, 2)
    monkeypatch.setattr(shared_module.time, "sleep", lambda _: next(signs, announce)())

    insist(lambda: write(one, server, MORE), attempts.append)

    assert attempts == [2]
    assert shared.newest() == 3
    follow(other, server)
    assert everything(one) == everything(other)


def test_what_is_damaged_on_the_server_is_never_taken_over(server, desks):
    one, other = desks
    manifest = write(one, server)
    store = SharedIndex(server, one).vectors(manifest)
    name = next(iter(store.ids()))
    store.change(name, {"units": ""})

    with pytest.raises(Incomplete, match="beschädigt"):
        follow(other, server)

    assert read_manifest(other) is None


def test_what_is_missing_on_the_server_is_filled_from_a_copy(server, desks):
    one, other = desks
    manifest = write(one, server)
    follow(other, server)
    store = SharedIndex(server, one).vectors(manifest)
    store.delete(list(store.ids())[:2])
    (finding,) = verify(other, server)
    assert (finding.place, finding.text) == ("store", "Auf dem Server fehlen 2 von 6 Vektoren.")

    refill_store(other, server)
    follow(one, server)

    assert verify(one, server) == verify(other, server) == ()
    assert everything(one) == everything(other)


def test_an_empty_server_is_filled_from_a_copy_or_from_an_index_of_its_own(server, desks, chroma):
    one, other = desks
    write(one, None)  # embedded until now
    with pytest.raises(IndexMismatch, match="verify --repair"):
        write(one, server, MORE)
    refill_store(one, server)
    follow(other, server)
    assert everything(one) == everything(other)

    chroma.empty()
    fresh = Server(chroma.url)
    with pytest.raises(IndexMismatch, match="Generation 0"):
        follow(other, fresh)
    assert found(other, fresh) == found(one, fresh)
    refill_store(other, fresh)
    follow(one, fresh)
    assert verify(one, fresh) == ()


def test_an_index_of_its_own_is_not_replaced(server, desks):
    one, other = desks
    write(one, server)
    write(other, None, MORE)

    with pytest.raises(ForeignIndex, match="eigener Index"):
        follow(other, server)
    with pytest.raises(Overtaken):
        refill_store(other, server)

    assert {each.id for each in live_documents(other)} == {"neu"}


def test_a_copy_is_not_used_as_an_index_of_its_own(server, desks):
    write(desks[0], server)

    with pytest.raises(IndexMismatch, match="`index_url` ist nicht gesetzt"):
        write(desks[0], None, MORE)


def test_a_damaged_copy_is_fetched_anew(server, desks):
    one, _ = desks
    write(one, server)
    (path,) = segment_folder(one, "").glob("*/lines.npy")
    path.write_bytes(b"x")
    assert verify(one, server)[0].place == "index"

    assert fetch_anew(one, server)

    assert verify(one, server) == ()
    assert found(one, server)


def test_collections_of_others_stay(server, desks, chroma):
    server.client().get_or_create_collection("fremd", embedding_function=None)

    write(desks[0], server)
    write(desks[0], server, MORE)

    assert "fremd" in chroma.collections()


def wait_until(condition):
    end = time.monotonic() + 30
    while True:
        try:
            if condition():
                return
        except Unavailable:
            pass
        assert time.monotonic() < end
        time.sleep(0.02)
