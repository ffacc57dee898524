import json

import pytest
from sample_passages import BUS, ELIGIBLE, RATE

from corpus.index import live_documents
from ingest.sync.fetching import Fetched, FetchProblem, Trouble

pytestmark = pytest.mark.usefixtures("without_cage")
CATALOGUE = """
[[source]]
id = "q1"
title = "Richtlinie"
url = "https://amt.test/richtlinie"
level = "Bund"
valid_until = 2027-12-31
"""


@pytest.fixture
def folder(folder_of):
    return folder_of({"wer.txt": ELIGIBLE, "bus.txt": BUS})


@pytest.fixture
def web(monkeypatch, tmp_path):
    """Allow a catalogue of one page and return what its address answers."""
    path = tmp_path / "katalog.toml"
    path.write_text(CATALOGUE, "utf-8")
    monkeypatch.setenv("BILDUNGSLOTSE_SYNC_WEB", "1")
    monkeypatch.setenv("BILDUNGSLOTSE_SYNC_CATALOGUE", str(path))
    answers = {"https://amt.test/richtlinie": Fetched(RATE.encode(), ".txt")}

    class Fetcher:
        def __init__(self, hosts):
            assert hosts == {"amt.test"}

        def fetch(self, url, *, etag, last_modified):
            if isinstance(answers[url], FetchProblem):
                raise answers[url]
            return answers[url]

    monkeypatch.setattr("ingest.sync.fetching.Fetcher", Fetcher)
    return answers


def names(data):
    return sorted(document.name for document in live_documents(data))


def test_plan_is_shown_and_nothing_changed(call, folder, data):
    code, out, _ = call("sync", folder)

    assert code == 0
    assert out.splitlines() == [
        "2 neu, 0 geändert, 0 entfallen, 0 unverändert.",
        "  neu: bus.txt",
        "  neu: wer.txt",
        "Nichts wurde geändert. Mit `--yes` anwenden.",
    ]
    assert names(data) == []


def test_yes_applies_it(call, folder, data):
    code, out, _ = call("sync", folder, "--yes")

    assert code == 0
    assert out.splitlines()[-3:] == ["bus.txt: neu.", "wer.txt: neu.", "Angewandt."]
    assert names(data) == ["bus.txt", "wer.txt"]


@pytest.mark.parametrize(("answer", "applied"), [("j\n", True), ("n\n", False), ("\n", False)])
def test_person_at_a_terminal_is_asked(call, folder, data, monkeypatch, answer, applied):
    import io

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("sys.stdin", Terminal(answer))

    code, _, err = call("sync", folder)

    assert code == 0
    assert "Anwenden? [j/N]" in err
    assert bool(names(data)) is applied


def test_more_than_a_third_goes_only_with_the_option(call, folder, data):
    call("sync", folder, "--yes")
    (folder / "bus.txt").unlink()

    code, out, err = call("sync", folder, "--yes")
    assert code == 1
    assert "1 von 2 Dokumenten entfallen" in out
    assert "--allow-deletions" in err
    assert names(data) == ["bus.txt", "wer.txt"]

    code, _, _ = call("sync", folder, "--yes", "--allow-deletions")
    assert code == 0
    assert names(data) == ["wer.txt"]


def test_json_is_all_there_is_on_the_output(call, folder, data):
    (folder / "kaputt.pdf").write_bytes(b"Hallo")

    code, out, _ = call("sync", folder, "--yes", "--json")

    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [one["name"] for one in rows[0]["plan"]["new"]] == ["bus.txt", "kaputt.pdf", "wer.txt"]
    assert [row["status"] for row in rows[1:-1]] == ["added", "failed", "added"]
    assert rows[-1] == {"summary": {"added": 2, "failed": 1}}

    _, out, _ = call("sync", folder, "--json")
    plan = json.loads(out)["plan"]
    assert (plan["new"], plan["unchanged"]) == ([], 2)
    assert plan["problems"][0]["name"] == "kaputt.pdf"


def test_long_lists_of_names_are_cut(call, folder):
    for number in range(30):
        (folder / f"n{number:02}.txt").write_text(f"{BUS} {number}", "utf-8")

    _, out, _ = call("sync", folder)

    assert "  neu: und 12 weitere" in out.splitlines()


def test_without_a_place_it_is_wrong_usage(call):
    code, out, err = call("sync")

    assert (code, out) == (2, "")
    assert "mindestens einen Ordner" in err


def test_web_is_off_until_it_is_allowed(call, monkeypatch):
    def refuse(*arguments, **values):
        raise AssertionError("nobody may be asked")

    monkeypatch.setattr("ingest.sync.fetching.Fetcher.fetch", refuse)

    code, out, err = call("sync", "--catalogue", "--yes")

    assert (code, out) == (1, "")
    assert "BILDUNGSLOTSE_SYNC_WEB=1" in err


def test_catalogue_is_synchronised(call, web, data):
    code, out, _ = call("sync", "--catalogue", "--yes")

    assert code == 0
    assert "  neu: Richtlinie" in out.splitlines()
    (document,) = live_documents(data)
    assert (document.name, document.source.level) == ("Richtlinie.txt", "Bund")
    assert str(document.source.valid_until) == "2027-12-31"


def test_lost_page_is_reported_and_kept(call, web, data):
    call("sync", "--catalogue", "--yes")
    web["https://amt.test/richtlinie"] = FetchProblem("Die Seite ist fort.", Trouble.LOST)

    code, out, _ = call("sync", "--catalogue", "--yes")

    assert code == 0
    assert "  Problem: Richtlinie: Die Seite ist fort. Die letzte Fassung bleibt." in out
    assert live_documents(data)[0].source.gone_since is not None
    code, out, _ = call("status", "Richtlinie.txt")
    assert "Nicht mehr abrufbar: seit" in out
    assert json.loads(call("status", "--json")[1])["documents"][0]["gone_since"]


def test_nothing_that_could_be_reached_is_a_failure(call, web):
    web["https://amt.test/richtlinie"] = FetchProblem("`amt.test` ist nicht zu erreichen.")

    code, out, _ = call("sync", "--catalogue", "--yes")

    assert code == 1
    assert "ist nicht zu erreichen" in out


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[[source]]\nid = 'q1'\ntitle = 'T'\nurl = 'http://amt.test'", "Eintrag 1, `url`"),
        ("[[source]]\nid = '../q1'\ntitle = 'T'\nurl = 'https://amt.test'", "Eintrag 1, `id`"),
        ("[[source]]\nid = 'q1'\nurl = 'https://amt.test'", "Eintrag 1, `title`"),
        ("[[source]]\nid = 'q1'\ntitle='T'\nurl='https://a.test'\nlevel='EU'", "`level`"),
        (f"{CATALOGUE}{CATALOGUE}", "zweimal"),
        ("[[source", "nicht lesbar"),
    ],
)
def test_mistake_in_the_catalogue_is_named(call, web, tmp_path, content, complaint):
    (tmp_path / "katalog.toml").write_text(content, "utf-8")

    code, out, err = call("sync", "--catalogue")

    assert (code, out) == (1, "")
    assert complaint in err
