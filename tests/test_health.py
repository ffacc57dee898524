from dataclasses import replace
from datetime import date

import pytest

from corpus.documents import Block, Health, Page, Source
from corpus.health import HealthCard, card_lines, health_cards, likeness, remarks
from corpus.records import IndexedDocument
from ingest.health import FINGERPRINT, health_of
from ingest.readers import read
from ingest.repairs import Repairs, counting, mend_umlauts

WORDS = [f"wort{number}" for number in range(400)]


def health(*texts, **values):
    pages = [Page(number, (Block(text),) if text else ()) for number, text in enumerate(texts, 1)]
    return health_of(pages, Repairs(**values))


def indexed(name, state, pages=1):
    return IndexedDocument(
        name, f"/a/{name}", name, f"Titel {name}", "de", pages, 3, Source(), state
    )


# --- what a document shows


def test_pages_without_text_are_counted():
    assert health("Text", "", "Text", "").pages_without_text == 2


def test_pages_read_off_images_and_tables_are_counted():
    block = Block("Jahr: 2024 | Quote: 40 %", (), "table")
    pages = [Page(1, (block, Block("Text"), block)), Page(2, (block,), is_recognised=True)]

    state = health_of(pages, Repairs())

    assert (state.tables, state.pages_recognised) == (3, 1)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Stand: 1.3.2024", [date(2024, 3, 1)]),
        ("ab dem 01. 07. 2022", [date(2022, 7, 1)]),
        ("vom 18. Januar 2022 an", [date(2022, 1, 18)]),
        ("am 5. MÄRZ 2025", [date(2025, 3, 5)]),
        ("2026-11-01", [date(2026, 11, 1)]),
        ("31.12.2027 und 1.1.2022, noch einmal 1.1.2022", [date(2022, 1, 1), date(2027, 12, 31)]),
        ("31.2.2024, Nr. 1.2.3.2024, 99.99.9999, 1.3.20245", []),
    ],
)
def test_dates_are_found(text, days):
    assert health(text).dates == tuple(days)


@pytest.mark.parametrize("share", [0, 0.5, 0.9, 1])
def test_likeness_estimates_the_share_of_common_word_runs(share):
    same = int(len(WORDS) * share)
    other = [*WORDS[:same], *(f"anders{number}" for number in range(len(WORDS) - same))]
    runs = [{" ".join(text[at : at + 5]) for at in range(396)} for text in (WORDS, other)]
    true = len(runs[0] & runs[1]) / len(runs[0] | runs[1])

    estimate = likeness(health(" ".join(WORDS)), health(" ".join(other)))

    assert estimate == pytest.approx(true, abs=0.12)


def test_fingerprint_is_small_and_that_of_nothing_is_empty():
    assert len(health(" ".join(WORDS)).fingerprint) == FINGERPRINT
    assert health("").fingerprint == ()
    assert likeness(health(""), health("")) == 0


# --- repairs


@pytest.mark.parametrize(
    ("broken", "mended", "count"),
    [
        ("FÃ¶rderung fÃ¼r GroÃŸstÃ¤dte", "Förderung für Großstädte", 4),
        ("Ã–ffentliche Ã„mter", "Öffentliche Ämter", 2),
        ("â€žZitatâ€œ â€“ 5 â‚¬", "„Zitat“ – 5 €", 4),
        ("Â§ 5 Absatz", "§ 5 Absatz", 1),
        ("F¨orderung f¨ur Beh¨orden", "Förderung für Behörden", 3),
        ("Bu¨ro und Ma¨dchen", "Büro und Mädchen", 2),
        ("fu ̈r", "für", 1),
        ("Château São Â", "Château São Â", 0),
        ("für Größe", "für Größe", 0),
    ],
)
def test_broken_umlauts_are_mended_and_counted(broken, mended, count):
    with counting() as repairs:
        assert mend_umlauts(broken) == mended
    assert repairs.umlauts == count


def test_repairs_are_counted_for_one_document(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("FÃ¶rderung\n\nUn\u200bsichtbar \u202eund \U000e0041getaggt.\n", "utf-8")

    state = read(path).health

    assert (state.repaired_umlauts, state.removed_characters) == (1, 3)
    assert read(path).health == state


# --- cards


def test_card_joins_what_is_stored_with_what_is_alike():
    state = replace(
        health(" ".join(WORDS)), pages_recognised=1, dates=(date(2022, 1, 1), date(2027, 12, 31))
    )
    copy = replace(health(" ".join([*WORDS[:-1], "anders"])), pages_without_text=2)
    first, second, third = health_cards(
        [indexed("a.pdf", state, pages=3), indexed("b.pdf", copy), indexed("c.pdf", health("Bus"))]
    )

    assert first == HealthCard(
        "a.pdf", "Titel a.pdf", "/a/a.pdf", "de", 3, 0, 0.333, 0, 0, 0, ("b.pdf",), state.dates, 3
    )
    assert (second.near_duplicates, third.near_duplicates) == (("a.pdf",), ())
    assert dict(card_lines(first)) == {
        "Seiten": "3",
        "Seiten ohne Text": "0",
        "Anteil aus Texterkennung": "33 %",
        "Reparierte Umlaute": "0",
        "Entfernte unsichtbare Zeichen": "0",
        "Vermutete Tabellen": "0",
        "Sprache": "Deutsch",
        "Beinahe gleiche Dokumente": "b.pdf",
        "Gefundene Daten": "2, 01.01.2022 bis 31.12.2027",
        "Passagen": "3",
    }
    assert remarks([first, second, third]) == [
        "Seiten ohne Text: b.pdf",
        "Text aus Texterkennung: a.pdf",
        "Beinahe gleich: a.pdf, b.pdf",
    ]


def test_long_lists_of_remarks_are_cut():
    cards = health_cards([indexed(f"{n}.pdf", Health(pages_without_text=1)) for n in range(8)])
    assert remarks(cards) == ["Seiten ohne Text: 0.pdf, 1.pdf, 2.pdf, 3.pdf, 4.pdf und 3 weitere"]


def test_many_copies_of_one_phrase_stay_affordable():
    phrase = health("immer derselbe Satz in jedem Haus")
    cards = health_cards([indexed(f"{n}.pdf", phrase) for n in range(3_000)])
    assert len(cards) == 3_000


# --- the command


def test_status_shows_cards_in_german_and_as_json(call, tmp_path):
    folder = tmp_path / "unterlagen"
    folder.mkdir()
    (folder / "frist.txt").write_text("Frist\n\nDie FÃ¶rderung endet am 31.12.2027.", "utf-8")
    call("ingest", folder)

    code, named, _ = call("status", "frist.txt")
    _, every, _ = call("status", "--documents")
    _, row, _ = call("status", "--json")

    assert code == 0
    assert named == every
    assert named.startswith("frist.txt: Frist\n  Seiten: 1\n")
    assert "Reparierte Umlaute: 1\n" in named
    assert '"dates": ["2027-12-31"]' in row
    assert '"near_duplicates": []' in row


def test_status_of_an_unknown_document_says_so(call, indexed):
    code, _, err = call("status", "fehlt.pdf")
    assert (code, "fehlt.pdf" in err) == (1, True)
