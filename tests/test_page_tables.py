import pytest

from assistant.answers import Cell, Table
from assistant.page.tables import render_table
from assistant.wording.texts import WORDS

CHIPS = {1: "<button>1</button>", 2: "<button>2</button>"}
COMPARISON = Table(
    ("Bus", "<b>Bahn</b>"),
    (("Quote", (Cell("40 %\nim Westen", 1), Cell("", None))),),
)
FACTS = Table(("",), (("E-Mail", (Cell("a@b.example", 2),)),))


@pytest.mark.parametrize(
    ("language", "caption", "open_cell"),
    [("de", "Vergleich", "nicht angegeben"), ("en", "Comparison", "not stated")],
)
def test_comparison_names_rows_columns_and_what_is_open(language, caption, open_cell):
    html = render_table(COMPARISON, CHIPS, WORDS[language])

    assert f"<caption>{caption}</caption>" in html
    assert '<th scope="col">Bus</th>' in html
    assert '<th scope="row">Quote</th>' in html
    kept = '<span class="zusammen">Westen<button>1</button></span>'  # never apart
    assert f"<td>40 %<br>im {kept}</td>" in html.replace("&#37;", "%")
    assert f'<td class="offen">{open_cell}</td>' in html


def test_words_of_a_document_never_become_markup():
    html = render_table(COMPARISON, CHIPS, WORDS["de"])

    assert "<b>" not in html
    assert "&lt;b&gt;Bahn" in html


def test_facts_are_pairs_without_a_head():
    html = render_table(FACTS, CHIPS, WORDS["de"])

    assert "<caption>Auf einen Blick</caption>" in html
    assert "<thead>" not in html
    kept = '<span class="zusammen">a@b.example<button>2</button></span>'
    assert f'<th scope="row">E-Mail</th><td>{kept}</td>' in html


def test_growing_answer_has_no_buttons_yet():
    assert "<button" not in render_table(FACTS, {}, WORDS["de"])
