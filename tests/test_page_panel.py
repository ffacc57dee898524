import html
import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from scripted_assistant import AFTER, BEFORE, BY_ID, HOSTILE, MODULES, QUOTE, cite

from assistant.page.panel import Mark, Surroundings, panel_address, proof_of, render_panel
from assistant.page.provenance import validity_of
from assistant.page.text import ENGLISH, GERMAN
from corpus.documents import Source

TODAY = date(2026, 11, 22)
LATER = date(2027, 5, 1)


def panel(passage_id: str, quote: str, *, words=GERMAN, around: Surroundings | None = None) -> str:
    citation = cite(1, passage_id, quote)
    mark = Mark(1, citation.start, citation.end, proof_of(quote))
    return render_panel(citation.passage, around or Surroundings(), mark, words, TODAY)


def marked(rendered: str) -> list[str]:
    return [html.unescape(text) for text in re.findall(r"<mark>(.*?)</mark>", rendered)]


@pytest.mark.parametrize("quote", [QUOTE, MODULES])
def test_the_quote_and_nothing_else_is_marked(quote):
    assert marked(panel("richtlinie:14:1", quote)) == [quote]


def test_the_panel_says_what_a_file_note_needs():
    text = html.unescape(panel("richtlinie:14:1", QUOTE))
    for fact in (
        "Förderrichtlinie „Bildungskommunen“",
        "<dt>Stelle</dt><dd>S. 12 (PDF-Seite 14)</dd>",
        "<dt>Abschnitt</dt><dd>2 Gegenstand der Förderung › 2.1 Zuwendungsempfänger</dd>",
        "<dt>Stand</dt><dd>18.01.2022</dd>",
        "<dt>Gültigkeit</dt><dd>gilt seit 18.01.2022</dd>",
        "<dt>Herausgeber</dt><dd>Bundesministerium für Bildung und Forschung</dd>",
        "<dt>Art</dt><dd>Richtlinie</dd>",
        "<dt>Ebene</dt><dd>Bund</dd>",
        'href="https://www.bmbf.de/bekanntmachung.html" target="_blank" rel="noopener noreferrer"',
        "öffnet bmbf.de in neuem Tab",
    ):
        assert fact in text


def test_what_is_not_known_is_said():
    bare = replace(BY_ID["richtlinie:14:1"], source=Source(), page_label="", heading_path=())
    text = render_panel(bare, Surroundings(), Mark(1, 0, 1, ""), GERMAN, TODAY)
    assert "<dt>Stand</dt><dd>nicht bekannt</dd>" in text
    assert "<dt>Gültigkeit</dt><dd>nicht bekannt</dd>" in text
    assert "<a " not in text


def test_an_expired_source_is_marked_visibly():
    text = panel("integriert:3:0", BY_ID["integriert:3:0"].text)
    assert (
        '<p class="abgelaufen"><strong>Nicht mehr gültig:</strong> galt bis 31.12.2022</p>' in text
    )


def test_a_span_that_no_longer_holds_the_quote_is_not_marked():
    rendered = render_panel(
        BY_ID["richtlinie:14:1"],
        Surroundings(),
        Mark(1, 5, 20, proof_of(QUOTE)),
        GERMAN,
        TODAY,
    )
    assert marked(rendered) == []
    assert "hat sich seit der Antwort geändert" in rendered


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (0, 0), (3, 1), (10**9, 10**9 + 1)])
def test_senseless_spans_do_no_harm(start, end):
    rendered = render_panel(
        BY_ID["richtlinie:14:1"], Surroundings(), Mark(1, start, end, ""), GERMAN, TODAY
    )
    assert marked(rendered) == []


def test_surroundings_open_on_request():
    around = Surroundings(BY_ID["richtlinie:14:0"], BY_ID["richtlinie:14:2"])
    rendered = html.unescape(panel("richtlinie:14:1", QUOTE, around=around))
    assert rendered.count("<details") == 2
    assert rendered.index(BEFORE) < rendered.index("<mark>") < rendered.index(AFTER)


def test_hostile_documents_stay_text():
    rendered = panel("boese:14:0", HOSTILE, around=Surroundings(BY_ID["boese:14:0"]))
    assert marked(rendered) == [HOSTILE]
    assert not set(re.findall(r"<([a-z0-9]+)", rendered)) & {"script", "img", "form", "svg", "a"}


def test_the_address_of_a_panel_holds_no_text_of_the_document():
    address = urlsplit(panel_address(cite(2, "boese:14:0", HOSTILE), ENGLISH))
    assert unquote(address.path) == "quelle/boese:14:0"
    assert parse_qs(address.query) == {
        "nr": ["2"],
        "von": ["0"],
        "bis": [str(len(HOSTILE))],
        "beleg": [proof_of(HOSTILE)],
        "sprache": ["en"],
    }


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
