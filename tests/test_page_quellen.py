"""The desk's pages over a real index: addresses, facets, marks, empty states, the Merkliste."""

import re
from dataclasses import fields
from datetime import date
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sample_passages import DEADLINE, ELIGIBLE, PASSAGES, RATE, build, passage
from scripted_assistant import HOSTILE
from starlette.datastructures import QueryParams

from assistant.desk.facets import Choice
from assistant.dialogue import Assistant
from assistant.mark import proof_of
from assistant.page.context import PageContext
from assistant.page.places import add_places
from assistant.page.quellen.collection_words import COLLECTION_WORDS
from assistant.page.quellen.wish import Wish, read_wish
from assistant.page.quellen.words import DESK_WORDS
from assistant.warmup import Warmup
from corpus.documents import Source
from corpus.settings import Settings

TODAY = date(2035, 1, 1)


def client_of(data, embedder):
    warmup = Warmup(lambda: Assistant(data, embedder))
    warmup.start()
    warmup.wait()
    app = FastAPI()
    add_places(app, PageContext(warmup, Settings(data=data), today=lambda: TODAY))
    return TestClient(app, headers={"Accept-Language": "de"})


@pytest.fixture
def client(indexed, embedder):
    return client_of(indexed, embedder)


def text_of(answer):
    assert answer.status_code == 200, answer.text
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def links_of(answer, text):
    pattern = rf'href="([^"]*)"[^>]*>(?:<span[^>]*>)?{re.escape(text)}'
    return [unescape(found) for found in re.findall(pattern, answer.text)]


# --- Addresses

ADDRESSES = [
    ("", Wish()),
    ("q=Antrag&sort=datum&seite=3", Wish("Antrag", order="date", page=3)),
    ("q=%20%20", Wish()),
    (
        "land=Hessen&land=Bayern&art=Richtlinie&am=2024-02-29",
        Wish(
            choice=Choice(
                {"land": frozenset({"Hessen", "Bayern"}), "kind": frozenset({"Richtlinie"})},
                date(2024, 2, 29),
            )
        ),
    ),
    ("am=1.3.2024&land=", Wish(choice=Choice(day=date(2024, 3, 1)))),
    ("seite=-1&sort=zufall&fremd=1", Wish()),
    ("seite=9999999999", Wish()),
]


@pytest.mark.parametrize(("query", "wish"), ADDRESSES, ids=[one[0] for one in ADDRESSES])
def test_an_address_is_a_wish(query, wish):
    assert read_wish(QueryParams(query)) == wish


@pytest.mark.parametrize("wish", [one[1] for one in ADDRESSES])
def test_a_wish_has_an_address_that_says_the_same(wish):
    pairs = [(name, value) for name, values in wish.parameters.items() for value in values]
    assert read_wish(QueryParams(pairs)) == Wish(wish.question, wish.choice, wish.order)


def test_a_value_is_added_and_taken_away_again():
    wish = Wish("Antrag", page=4).toggled("land", "Hessen").toggled("land", "Bayern")
    assert wish.parameters == {"q": ("Antrag",), "land": ("Bayern", "Hessen")}
    assert wish.page == 1
    assert wish.toggled("land", "Hessen").toggled("land", "Bayern").choice.is_empty


@pytest.mark.parametrize(
    ("query", "says"),
    [("am=31.02.2024", "ist kein Datum"), (f"q={'a' * 2001}", "zu lang"), ("q=%3F%3F", "leer")],
)
def test_what_cannot_be_meant_is_said(client, query, says):
    answer = client.get(f"/quellen?{query}")
    assert answer.status_code == 400
    assert says in answer.text


# --- Search


def test_hits_stand_under_their_document_with_the_words_marked(client):
    answer = client.get("/quellen?q=Förderquote")
    text = text_of(answer)
    assert "1 Fundstelle in 1 Dokument" in text
    assert "Leitfaden Lesebrücke" in text
    assert "galt bis 31.12.2034" in text
    assert "<mark>Förderquote</mark>" in answer.text
    start, end = RATE.index("Die"), RATE.index(" Der")
    assert f'value="leitfaden:4:1 {start} {end} {proof_of(RATE[start:end])}"' in answer.text


def test_a_facet_leads_to_a_narrower_search_and_back(client):
    wide = client.get("/quellen")
    (narrower,) = links_of(wide, "Richtlinie")
    narrow = client.get(narrower)
    assert "1 Dokument " in text_of(narrow)
    (back,) = set(links_of(narrow, "Richtlinie"))
    assert text_of(client.get(back)) == text_of(wide)


def test_a_search_keeps_what_was_chosen(client):
    answer = client.get("/quellen?format=PDF&sprache=de")
    fields_of_search = answer.text.partition('role="search"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="format" value="PDF">' in fields_of_search
    assert '<input type="hidden" name="sprache" value="de">' in fields_of_search


def test_nothing_found_shows_a_next_step(client):
    text = text_of(client.get("/quellen?q=Teilchenbeschleuniger&format=PDF"))
    assert "Keine Fundstelle" in text
    assert "passt zu" not in text.partition("Keine Fundstelle")[0]
    assert "Ohne Eingrenzung suchen" in text
    assert "Alle Dokumente zeigen" in text


def test_all_documents_are_listed_page_by_page(data, embedder):
    build(data, embedder, [passage(f"Text {n} im Bestand.", f"d{n:02}") for n in range(23)])
    client = client_of(data, embedder)
    first, last = client.get("/quellen"), client.get("/quellen?seite=99")
    assert "23 Dokumente" in text_of(first)
    assert "Seite 1 von 3" in text_of(first)
    assert "Seite 3 von 3" in text_of(last)
    assert len(re.findall("<h3 lang", first.text)) == 10
    assert len(re.findall("<h3 lang", last.text)) == 3


def test_what_documents_and_people_write_stays_text(data, embedder):
    source = Source(title=HOSTILE, publisher=HOSTILE, kind=HOSTILE, url="javascript:alert(1)")
    build(
        data,
        embedder,
        [passage(f"{HOSTILE} Antrag", "boese", title=HOSTILE, source=source, heading=(HOSTILE,))],
    )
    client = client_of(data, embedder)
    for address in ("/quellen", "/quellen?q=Antrag", "/quellen/dokument/boese?q=Antrag"):
        answer = client.get(address, params={"thema": HOSTILE} if address == "/quellen" else None)
        assert answer.status_code == 200
        for tag in ("<script>alert", "<img", "<svg", "<form action='http", 'href="javascript'):
            assert tag not in answer.text


# --- One document


def test_a_document_shows_its_state_its_source_and_its_passages(client):
    answer = client.get("/quellen/dokument/leitfaden?q=Förderquote")
    text = text_of(answer)
    for shown in ("Lesebüro", "Amtliche Quelle öffnen", "lesebruecke.example", "leitfaden.pdf"):
        assert shown in text
    for label in ("Seiten ohne Text", "Beinahe gleiche Dokumente"):
        assert label in text
    assert all(one in text for one in (ELIGIBLE, DEADLINE))
    assert "<mark>Förderquote</mark>" in answer.text


def test_a_find_leads_to_its_place_in_the_source(client):
    (link,) = links_of(client.get("/quellen?q=Förderquote"), "Im Zusammenhang")
    assert link.startswith("/stelle/leitfaden%3A4%3A1?von=0&")
    assert f"beleg={proof_of(RATE[: RATE.index(' Der')])}" in link


def test_a_document_that_is_gone_is_a_page_with_a_way_out(client):
    answer = client.get("/quellen/dokument/fort")
    assert answer.status_code == 404
    assert 'href="/quellen"' in answer.text


# --- The Merkliste


def place(one, start=0, end=None, **values):
    end = len(one.text) if end is None else end
    proof = values.pop("proof", proof_of(one.text[start:end]))
    return {"passage": one.id, "start": start, "end": end, "proof": proof, **values}


def test_collected_places_are_looked_up_and_proven(client):
    rate = PASSAGES[1]
    answer = client.post("/merkliste/stellen", json=[place(rate, 0, 15, note="bleibt im Browser")])
    assert f"{RATE[:15]}</blockquote>" in answer.text
    assert "Leitfaden Lesebrücke, S. 2 (PDF-Seite 4), Stand 01.02.2031" in text_of(answer)
    assert "bleibt im Browser" not in answer.text


@pytest.mark.parametrize(
    "broken",
    [
        place(PASSAGES[1], proof="0" * 16),
        place(PASSAGES[1], 0, 5, proof=proof_of("Vorher")),
        {"passage": "fort:1:1", "start": 0, "end": 5},
        place(PASSAGES[1], 900, 950),
        place(PASSAGES[1], 9, 3),
    ],
    ids=["other digest", "other words", "gone", "outside", "backwards"],
)
def test_a_place_that_cannot_be_proven_shows_no_words(client, broken):
    answer = client.post("/merkliste/stellen", json=[broken])
    assert "<blockquote" not in answer.text
    assert "nicht mehr nachweisen" in text_of(answer)


@pytest.mark.parametrize(
    "body",
    [
        [place(PASSAGES[1])] * 201,
        [{"passage": "a" * 201, "start": 0, "end": 1}],
        [{"passage": "a", "start": -1, "end": 1}],
        {"passage": "a"},
        [3],
    ],
    ids=["too many", "long id", "negative", "no list", "no place"],
)
def test_what_is_no_merkliste_is_refused(client, body):
    assert client.post("/merkliste/stellen", json=body).status_code == 422


def test_the_page_of_the_merkliste_says_where_it_is_kept(client):
    assert "nur in diesem Browser" in text_of(client.get("/merkliste"))


# --- Languages


@pytest.mark.parametrize("words", [DESK_WORDS, COLLECTION_WORDS])
def test_both_languages_fill_the_same_gaps(words):
    for one in fields(words["de"]):
        german, english = (str(getattr(words[name], one.name)) for name in ("de", "en"))
        assert german
        assert english
        gaps = [sorted(re.findall(r"\{\w+\}", text)) for text in (german, english)]
        assert gaps[0] == gaps[1], one.name


def test_the_desk_speaks_english(client):
    text = text_of(client.get("/quellen?q=Förderquote&sprache=en"))
    assert "1 passage in 1 document" in text
    assert "was in force until 31 December 2034" in text
