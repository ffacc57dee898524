"""The catalogue against a real server: what is new, changed, lost, and how that reaches a quote."""

from dataclasses import replace
from datetime import date

import pytest
from misbehaving_site import (
    HOST,
    OTHER,
    Site,
    certificate_authority,
    issue,
    of_kind,
    page,
    redirecting,
    trusting,
    versioned,
    with_status,
)
from sample_passages import BUS, DEADLINE, ELIGIBLE, RATE

from assistant.dialogue import Assistant
from corpus.documents import Source
from corpus.health import card_lines, health_cards
from corpus.index import Index, live_documents
from corpus.manifest import read_manifest
from corpus.removal import remove_documents
from corpus.settings import Settings
from ingest.catalogue import CatalogueEntry
from ingest.kept_pages import KeptPages
from ingest.pipeline import IngestRun
from ingest.recovery import rebuild_index
from ingest.sync import apply, plan_pages
from ingest.sync.fetching import Fetcher, FetchLimits

pytestmark = pytest.mark.usefixtures("without_cage")
TODAY = date(2031, 6, 15)
QUOTE = "Richtlinie"


def entry(name="q1", path="/richtlinie", host=HOST, **source):
    values = {"title": f"{QUOTE} „{name}“", "publisher": "Amt", "level": "Bund", **source}
    return CatalogueEntry(name, f"https://{host}{path}", Source(**values))


CATALOGUE = [entry(), entry("q2", "/wer", OTHER, level="Land")]


@pytest.fixture(scope="module")
def authority():
    return certificate_authority()


@pytest.fixture(scope="module")
def server(authority, tmp_path_factory):
    made = Site(issue(authority, tmp_path_factory.mktemp("amt"), [HOST, OTHER]))
    yield made
    made.close()


@pytest.fixture
def site(server):
    server.requests[:] = []
    server.pages = {
        "/richtlinie": versioned(page(f"{RATE} {DEADLINE}")),
        "/wer": versioned(page(ELIGIBLE)),
    }
    return server


@pytest.fixture
def settings(data):
    return Settings(data=data)


@pytest.fixture
def look(site, authority, settings):
    """Return a function that plans as a new process would, without changing the index."""

    def plan(catalogue=CATALOGUE, today=TODAY):
        fetcher = Fetcher(
            hosts={one.host for one in catalogue},
            limits=FetchLimits(seconds_between=0),
            resolve=lambda host, port: ["127.0.0.1"],
            is_allowed=lambda address: address == "127.0.0.1",
            context=trusting(authority),
            port=site.port,
        )
        return plan_pages(catalogue, settings, fetcher.fetch, today=today)

    return plan


@pytest.fixture
def make_true(settings, embedder):
    def run(plan, **values):
        return [one.status for one in apply(plan, settings, embedder, **values)]

    return run


@pytest.fixture
def synced(site, look, make_true):
    assert make_true(look()) == ["added", "added"]
    site.requests[:] = []
    return site


def names(items):
    return [item.entry for item in items]


def documents(data):
    return {document.name: document for document in live_documents(data)}


def passages(data, embedder):
    index = Index.open(data, embedder)
    return index.passages(range(len(index)))


def first(data):
    return documents(data)["Richtlinie „q1“.html"]


def test_first_time_every_page_is_new(look, data):
    plan = look()

    assert [item.name for item in plan.new] == ["Richtlinie „q1“", "Richtlinie „q2“"]
    assert read_manifest(data) is None


def test_page_is_cited_by_its_title_and_carries_what_the_catalogue_says(synced, data, embedder):
    index = Index.open(data, embedder)
    sources = {one.document_name: one.source for one in index.passages(range(len(index)))}

    source = sources["Richtlinie „q2“.html"]
    assert (source.level, source.publisher) == ("Land", "Amt")
    assert source.url == f"https://{OTHER}/wer"
    assert source.as_of == TODAY  # the page names no date of its own


def test_validity_of_the_catalogue_reaches_the_passages(look, make_true, synced, data, embedder):
    until = date(2027, 12, 31)
    plan = look([entry(valid_from=date(2022, 1, 18), valid_until=until), CATALOGUE[1]])
    assert names(plan.changed) == ["q1"]

    assert make_true(plan) == ["replaced"]

    index = Index.open(data, embedder)
    (source,) = {
        one.source
        for one in index.passages(range(len(index)))
        if one.document_name == "Richtlinie „q1“.html"
    }
    assert (source.valid_from, source.valid_until) == (date(2022, 1, 18), until)


def test_second_time_nothing_is_sent_and_nothing_changes(look, synced):
    plan = look(today=date(2031, 7, 1))

    assert not plan.has_changes
    assert names(plan.unchanged) == ["q1", "q2"]
    assert all("If-None-Match" in headers for _, headers in synced.requests)


def test_fetched_page_waits_and_is_not_fetched_again(look, site):
    look()
    site.requests[:] = []

    plan = look()

    assert names(plan.new) == ["q1", "q2"]
    assert all(headers["If-None-Match"] for _, headers in site.requests)


def test_changed_text_is_a_change(look, make_true, synced, data):
    synced.pages["/wer"] = versioned(page(BUS), etag='"fassung-2"')

    plan = look()
    assert (names(plan.changed), names(plan.unchanged)) == (["q2"], ["q1"])
    assert make_true(plan) == ["replaced"]

    assert not look().has_changes
    assert len(documents(data)) == 2


def test_change_that_nobody_can_read_is_none(look, synced):
    content = page(ELIGIBLE).replace(b"<body>", b"<body data-sitzung='4711'>")
    synced.pages["/wer"] = versioned(content, etag='"fassung-2"')

    assert not look().has_changes
    synced.requests[:] = []
    look()
    assert synced.requests[1][1]["If-None-Match"] == '"fassung-2"'


@pytest.mark.parametrize(
    "misbehaviour",
    [with_status(404), with_status(410), redirecting("/startseite")],
    ids=["not found", "gone", "redirected"],
)
def test_lost_page_keeps_its_last_version_and_is_marked(
    look, make_true, synced, data, embedder, misbehaviour
):
    synced.pages["/richtlinie"] = misbehaviour
    synced.pages["/startseite"] = page("Willkommen")

    plan = look()
    (problem,) = plan.problems
    assert problem.lost.entry == "q1"
    assert "Die letzte Fassung bleibt. Sie wird gekennzeichnet." in problem.message
    assert plan.gone == ()
    assert make_true(plan) == ["replaced"]

    assert first(data).source.gone_since == TODAY
    card = next(one for one in health_cards(live_documents(data)) if "q1" in one.document)
    assert ("Nicht mehr abrufbar", "seit 15.06.2031, letzte Fassung") in card_lines(card)
    answer = list(Assistant(data, embedder).ask("Wie hoch ist die Förderquote?"))[-1]
    locators = [one.passage.locator for one in answer.citations]
    assert locators[0].endswith("seit 15.06.2031 nicht mehr abrufbar")


def test_mark_is_set_once(look, make_true, synced, data):
    synced.pages["/richtlinie"] = with_status(404)
    make_true(look())

    plan = look(today=date(2031, 9, 1))

    assert not plan.has_changes
    assert "Gekennzeichnet seit dem 15.06.2031." in plan.problems[0].message
    assert first(data).source.gone_since == TODAY


def test_page_that_is_back_loses_its_mark(look, make_true, synced, data):
    answer = synced.pages["/richtlinie"]
    synced.pages["/richtlinie"] = with_status(404)
    make_true(look())
    synced.pages["/richtlinie"] = answer

    plan = look()
    assert names(plan.changed) == ["q1"]
    make_true(plan)

    assert first(data).source.gone_since is None
    assert not look().has_changes


@pytest.mark.parametrize("status", [403, 500, 503])
def test_page_that_was_not_reached_is_not_marked(look, synced, status):
    synced.pages["/richtlinie"] = with_status(status)

    plan = look()

    assert not plan.has_changes
    assert "Die letzte Fassung bleibt." in plan.problems[0].message


def test_page_that_was_never_there_is_a_problem_and_nothing_else(look, make_true, site, data):
    site.pages["/richtlinie"] = redirecting("/startseite")
    site.pages["/startseite"] = page("Willkommen")

    plan = look()
    assert names(plan.new) == ["q2"]
    assert plan.problems[0].advice == "Adresse prüfen: https://amt.test/richtlinie"

    make_true(plan)
    assert list(documents(data)) == ["Richtlinie „q2“.html"]


def test_version_that_cannot_be_read_does_not_replace_one_that_can(look, make_true, synced, data):
    synced.pages["/richtlinie"] = of_kind("application/pdf", b"%PDF-1.7\n\xff\xfe\x00")

    plan = look()

    assert not plan.has_changes
    assert "nicht lesbar" in plan.problems[0].message
    assert "q1" in first(data).name


def test_page_of_another_kind_takes_the_place_of_the_old_one(look, make_true, synced, data):
    synced.pages["/richtlinie"] = of_kind("text/plain", DEADLINE.encode())

    assert make_true(look()) == ["removed", "added"]

    assert sorted(documents(data)) == ["Richtlinie „q1“.txt", "Richtlinie „q2“.html"]
    assert not look().has_changes


def test_entry_that_left_the_catalogue_goes_after_a_word(look, make_true, synced, data):
    plan = look(CATALOGUE[:1])
    assert names(plan.gone) == ["q2"]
    assert "1 von 2" in plan.guard

    assert make_true(plan, allow_deletions=True) == ["removed"]

    assert KeptPages(data).ids() == ["q1"]
    assert not look(CATALOGUE[:1]).has_changes


def test_changed_address_is_asked_without_the_old_version(look, synced):
    moved = replace(CATALOGUE[0], url=f"https://{HOST}/neu")
    synced.pages["/neu"] = versioned(page(f"{RATE} {DEADLINE}"))

    plan = look([moved, CATALOGUE[1]])

    assert "If-None-Match" not in synced.requests[0][1]
    assert names(plan.changed) == ["q1"]


def test_run_that_was_cut_off_is_taken_up(look, make_true, site, data, settings, embedder):
    run = apply(look(), settings, embedder)
    next(run)
    run.close()
    assert documents(data) == {}

    plan = look()
    assert names(plan.new) == ["q1", "q2"]
    assert make_true(plan) == ["added", "added"]


def test_removed_page_leaves_nothing_behind(look, synced, data):
    synced.pages["/richtlinie"] = versioned(page(f"{RATE} {BUS}"), etag='"fassung-2"')
    look()  # a version waits

    receipt = remove_documents(data, [first(data)])

    assert receipt.found == ()
    assert KeptPages(data).ids() == ["q2"]
    assert not (data / "catalogue" / "q1").exists()


def test_rebuild_keeps_what_the_catalogue_says(synced, data, settings, embedder):
    list(IngestRun([], settings=settings, embedder=embedder, rebuild=True))

    assert first(data).source.publisher == "Amt"


def test_index_built_anew_from_the_copies_keeps_what_the_catalogue_says(
    synced, data, settings, embedder
):
    before = passages(data, embedder)
    list(rebuild_index(settings, embedder))

    assert passages(data, embedder) == before


def test_kept_pages_are_for_their_owner_alone(synced, data):
    (record,) = (data / "catalogue" / "q1").glob("page.json")

    assert record.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"url": 1}'])
def test_damaged_record_counts_as_none(look, synced, data, content):
    (data / "catalogue" / "q1" / "page.json").write_text(content, "utf-8")

    assert names(look().unchanged) == ["q2"]
