"""The source view over HTTP: what is marked, what is said, where it leads, what is refused."""

import html
import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from scripted_assistant import (
    AFTER,
    BEFORE,
    BY_ID,
    HOSTILE,
    MODULES,
    PASSAGES,
    QUOTE,
    ScriptedAssistant,
    ScriptedIndex,
    cite,
    passage,
)
from scripted_originals import PAGES, QUOTED_PAGE, keep_originals

from assistant.mark import Mark, proof_of
from assistant.page.context import PageContext
from assistant.page.places import add_places
from assistant.page.shell import Visit
from assistant.page.source import excerpt
from assistant.page.source.addresses import panel_address, passage_link
from assistant.page.source.excerpt import excerpt_of
from assistant.page.source.words import SOURCE_WORDS
from assistant.warmup import Warmup
from assistant.wording.provenance import validity_of
from assistant.wording.texts import ENGLISH, GERMAN
from corpus.documents import Source
from corpus.errors import UserFacingError
from corpus.page_views import PageView, Rectangle
from corpus.settings import Settings

TODAY = date(2026, 11, 22)
WORDS = SOURCE_WORDS["de"]


class Images:
    """Pages without a PDF; remembers what was asked for."""

    def __init__(self):
        self.viewed, self.drawn = [], []

    def view(self, path, page, quote=None):
        self.viewed.append((path.name, page, quote and quote.text[quote.start : quote.end]))
        if page > PAGES:
            raise UserFacingError("Gibt es nicht.", hint="")
        return PageView(PAGES, 595, 842, (Rectangle(0.1, 0.2, 0.5, 0.22),) if quote else ())

    def draw(self, path, page, dots_per_inch):
        self.drawn.append((path.name, page, dots_per_inch))
        return b"\x89PNG"


@pytest.fixture
def images():
    return Images()


@pytest.fixture
def client(tmp_path, images):
    warmup = Warmup(ScriptedAssistant)
    warmup.start()
    warmup.wait()
    settings = Settings(data=keep_originals(tmp_path))
    app = FastAPI()
    add_places(app, PageContext(warmup, settings, images, lambda: TODAY))
    return TestClient(app)


@pytest.fixture
def part(client):
    """Return a function that opens the source of a quote beside the conversation."""

    def open_part(passage_id, quote, words=GERMAN):
        return client.get(panel_address(cite(1, passage_id, quote), words).removeprefix(".")).text

    return open_part


def marked(rendered):
    return [html.unescape(text) for text in re.findall(r"<mark>(.*?)</mark>", rendered, re.DOTALL)]


@pytest.mark.parametrize("quote", [QUOTE, MODULES])
def test_the_quote_and_nothing_else_is_marked(part, images, quote):
    assert marked(part("richtlinie:14:1", quote)) == [quote]
    assert images.viewed == [("richtlinie.pdf", 14, quote)]


def test_it_says_what_a_file_note_needs(part):
    text = html.unescape(part("richtlinie:14:1", QUOTE))
    for fact in (
        "Förderrichtlinie „Bildungskommunen“",
        "<dt>Stelle</dt><dd>S. 12 (PDF-Seite 14)</dd>",
        "<dt>Abschnitt</dt><dd>2 Gegenstand der Förderung › 2.1 Zuwendungsempfänger</dd>",
        "<dt>Stand</dt><dd>18.01.2022</dd>",
        "<dt>Gültigkeit</dt><dd>gilt seit 18.01.2022</dd>",
        "<dt>Herausgeber</dt><dd>Bundesministerium für Bildung und Forschung</dd>",
        "<dt>Art</dt><dd>Richtlinie</dd>",
        "<dt>Ebene</dt><dd>Bund</dd>",
        "2 von 20 Seiten haben keinen Text",
        "1 Bild ausgelassen.",
        'href="https://www.bmbf.de/bekanntmachung.html" target="_blank" rel="noopener noreferrer"',
        "öffnet bmbf.de in neuem Tab",
    ):
        assert fact in text


def test_it_speaks_english(part):
    text = part("richtlinie:14:1", QUOTE, ENGLISH)
    assert "<dt>As of</dt><dd>18 January 2022</dd>" in text
    assert "p. 12 (PDF page 14 of 20)" in text


def test_an_expired_source_is_marked_visibly(part):
    text = part("integriert:3:0", BY_ID["integriert:3:0"].text)
    assert (
        '<p class="abgelaufen"><strong>Nicht mehr gültig:</strong> galt bis 31.12.2022</p>' in text
    )


def test_hostile_documents_stay_text(part):
    rendered = part("boese:14:0", HOSTILE)
    assert marked(rendered) == [HOSTILE]
    assert not set(re.findall(r"<([a-z0-9]+)", rendered)) & {"script", "img", "form", "svg"}
    assert "javascript:" not in re.findall(r'href="([^"]*)"', rendered)


def test_a_span_that_no_longer_holds_the_quote_is_not_marked(client):
    query = {"von": 5, "bis": 20, "beleg": proof_of(QUOTE)}
    rendered = client.get("/stelle/richtlinie:14:1", params=query).text
    assert marked(rendered) == []
    assert "hat sich seit der Antwort geändert" in rendered


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 1), (10**9, 10**9 + 1)])
def test_senseless_spans_do_no_harm(client, start, end):
    answer = client.get("/stelle/richtlinie:14:1", params={"von": start, "bis": end})
    assert answer.status_code == 200
    assert marked(answer.text) == []


def test_the_link_to_a_passage_opens_the_whole_page(client):
    start = BY_ID["richtlinie:14:1"].text.index(QUOTE)
    link = passage_link(Visit(), BY_ID["richtlinie:14:1"], start, start + len(QUOTE))
    answer = client.get(link)
    assert answer.text.startswith("<!doctype html>")
    assert marked(answer.text) == [QUOTE]
    assert client.get(passage_link(Visit(), BY_ID["richtlinie:14:1"])).status_code == 200


def test_pages_can_be_turned_and_enlarged(client, images):
    first = client.get("/stelle/richtlinie:14:1", params={"von": 0, "bis": len(QUOTE)}).text
    links = {
        way: html.unescape(href)
        for way, href in re.findall(r'data-weg="(\w+)" href="([^"]*)"', first)
    }
    assert set(links) == {"back", "next", "larger"}
    following = client.get(links["next"]).text
    assert "PDF-Seite 15 von 20" in following
    assert images.viewed[-1] == ("richtlinie.pdf", 15, None)
    assert 'data-weg="quote"' in following
    larger = client.get(links["larger"]).text
    assert 'class="blatt-bild z150"' in larger
    assert "/seitenbild/richtlinie/14?zoom=150" in larger


def test_the_first_and_the_last_page_have_no_way_on(client):
    for page, way in ((1, "back"), (PAGES, "next")):
        text = client.get("/stelle/richtlinie:14:1", params={"seite": page}).text
        assert f'data-weg="{way}"' not in text


def test_the_text_of_another_page_can_be_read(client):
    text = client.get("/stelle/richtlinie:14:1", params={"seite": 15}).text
    assert "Text dieser Seite" not in text  # there is none
    assert html.escape(BEFORE) in client.get("/stelle/richtlinie:14:1").text


def test_a_page_without_picture_still_shows_the_text(client):
    answer = client.get("/stelle/richtlinie:14:1", params={"seite": 99})
    assert answer.status_code == 200
    assert WORDS.no_picture in html.unescape(answer.text)


def test_a_picture_is_drawn_for_a_document_in_the_index_and_no_other(client, images):
    answer = client.get("/seitenbild/richtlinie/14?zoom=200")
    assert (answer.content, answer.headers["content-type"]) == (b"\x89PNG", "image/png")
    assert images.drawn == [("richtlinie.pdf", 14, 240)]
    for path in ("fremd/1", "boese/1", "integriert/1", "..%2Frichtlinie/1", "richtlinie/x"):
        assert client.get(f"/seitenbild/{path}").status_code in (404, 422)


def test_originals_are_attachments_and_never_shown(client):
    answer = client.get("/original/richtlinie")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="richtlinie.pdf"'
    page = client.get("/original/boese")
    assert page.headers["content-type"] == "application/octet-stream"
    assert page.headers["content-disposition"].startswith("attachment")
    for name in ("fremd", "integriert", "..%2f..%2fetc%2fpasswd", "richtlinie.pdf"):
        assert client.get(f"/original/{name}").status_code == 404


@pytest.mark.parametrize(
    ("passage_id", "status", "words"),
    [
        ("0123456789ab:3:1", 410, WORDS.removed),
        ("richtlinie:14:77", 404, WORDS.gone),
        ("gibt:es:nicht", 404, WORDS.gone),
    ],
)
def test_what_is_gone_is_said_to_be(client, passage_id, status, words):
    for route in ("quelle", "stelle"):
        answer = client.get(f"/{route}/{passage_id}")
        assert answer.status_code == status
        assert words in html.unescape(answer.text)


def test_a_section_without_pages_is_shown_whole(monkeypatch):
    texts = ("Davor.", "Eins.", "Zwei.", "Drei.", "Danach.")
    heads = (("A",), ("B",), ("B",), ("B",), ("C",))
    section = tuple(
        passage("merkblatt", n, text, page=1, label="", heading=head)
        for n, (text, head) in enumerate(zip(texts, heads, strict=True))
    )
    monkeypatch.setattr(
        ScriptedIndex, "passages", lambda self, rows: [section[row] for row in rows]
    )
    monkeypatch.setattr(ScriptedIndex, "row", lambda self, passage_id: 2)
    monkeypatch.setattr(ScriptedIndex, "__len__", lambda self: len(section))
    found = excerpt_of(section[2], Mark(0, 4), ScriptedIndex())
    assert (found.lead, found.quote, found.rest) == ("", "Zwei", ".")
    assert found.section_before == (section[1],)
    assert found.section_after == (section[3],)
    assert (found.before, found.after) == (section[0], section[4])
    monkeypatch.setattr(excerpt, "_REACH", 1)
    assert excerpt_of(section[2], Mark(), ScriptedIndex()).before is None


def test_beside_a_page_the_neighbours_open_on_request(part):
    rendered = html.unescape(part("richtlinie:14:1", QUOTE))
    assert rendered.count("<details") == 2
    assert rendered.index(BEFORE) < rendered.index("<mark>") < rendered.index(AFTER)
    assert PASSAGES[3].text not in rendered  # another document


def test_the_address_of_a_source_holds_no_text_of_the_document():
    address = urlsplit(panel_address(cite(2, "boese:14:0", HOSTILE), ENGLISH))
    assert unquote(address.path) == "./quelle/boese:14:0"
    assert parse_qs(address.query) == {
        "nr": ["2"],
        "von": ["0"],
        "bis": [str(len(HOSTILE))],
        "beleg": [proof_of(HOSTILE)],
        "sprache": ["en"],
    }


def test_what_is_not_known_is_said(client, monkeypatch):
    bare = replace(BY_ID["richtlinie:14:1"], source=Source(), page_label="", heading_path=())
    monkeypatch.setattr(ScriptedAssistant, "passage", lambda self, passage_id: bare)
    text = client.get("/quelle/richtlinie:14:1").text
    assert "<dt>Stand</dt><dd>nicht bekannt</dd>" in text
    assert "<dt>Gültigkeit</dt><dd>nicht bekannt</dd>" in text
    assert "amtlich" not in text


@pytest.mark.parametrize(
    ("start", "end", "german", "english", "is_over"),
    [
        (date(2022, 1, 8), None, "gilt seit 08.01.2022", "in force since 8 January 2022", False),
        (None, date(2026, 5, 1), "galt bis 01.05.2026", "was in force until 1 May 2026", True),
        (None, TODAY, "gilt bis 22.11.2026", "in force until 22 November 2026", False),
        (
            date(2022, 1, 1),
            date(2027, 6, 30),
            "gilt vom 01.01.2022 bis 30.06.2027",
            "in force from 1 January 2022 to 30 June 2027",
            False,
        ),
        (
            date(2027, 5, 1),
            None,
            "gilt erst ab 01.05.2027",
            "not in force before 1 May 2027",
            False,
        ),
    ],
)
def test_validity_in_words(start, end, german, english, is_over):
    source = Source(valid_from=start, valid_until=end)
    for words, text in ((GERMAN, german), (ENGLISH, english)):
        validity = validity_of(source, words, TODAY)
        assert validity is not None
        assert (validity.text, validity.has_expired) == (text, is_over)


def test_unknown_validity_is_none():
    assert validity_of(Source(), GERMAN, TODAY) is None
    assert QUOTED_PAGE == 14
