import pytest

from ingest.cleaning import (
    clean_characters,
    clean_line,
    clean_text,
    hyphenated_words,
    invisible_count,
    join_lines,
    text_width,
    unwrap,
)
from ingest.page_text import PageText, without_furniture
from ingest.runs import Line


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Fo\u0308rderung", "Förderung"),
        ("An\u00adtrag", "Antrag"),
        ("Be\u200bscheid", "Bescheid"),
        ("a\u200cb\u200dc\u2060d\ufeffe", "abcde"),
        ("Bescheid\u202efdp.html", "Bescheidfdp.html"),
        ("\u2066links\u2069", "links"),
        ("Frist\U000e0049\U000e0047\U000e004e", "Frist"),
        ("Frist\ufe0f\U000e0101", "Frist"),
        ("a\x00b\x07c\x1bd\x7fe", "abcde"),
        ("eﬃzient, ﬁnden, ﬂink", "effizient, finden, flink"),
        ("\uf0b7 Personal", "• Personal"),
        ("a\ue123b", "ab"),
        ("Zeile\r\nZeile\rZeile\u2028Zeile", "Zeile\nZeile\nZeile\nZeile"),
        ("zwei\u00a0 \tBlanks", "zwei Blanks"),
        ("ein\n\n\n\n\nAbsatz ", "ein\n\nAbsatz"),
        ("  eingerückt  \n  auch", "eingerückt\nauch"),
        ("½ m² und 1. Größe", "½ m² und 1. Größe"),
        ("«Zitat» „Zitat“ …", "«Zitat» „Zitat“ …"),
        ("Łódź, Kraków, façade", "Łódź, Kraków, façade"),
        ("שלום", "שלום"),
    ],
)
def test_text_is_cleaned(raw, clean):
    assert clean_text(raw) == clean


def test_indentation_survives_where_it_means_something():
    assert clean_characters("-  eins\n    -  zwei\u200b") == "-  eins\n    -  zwei"


def test_a_line_stays_one_line():
    assert clean_line(" Zweck\nder   Förderung ") == "Zweck der Förderung"


def test_invisible_characters_are_counted():
    assert invisible_count("a\u200bb\U000e0041\x00c\nä\u00a0ö") == 3


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Bildungs-", "management"], "Bildungsmanagement"),
        (["Bildungs\u2010", "management"], "Bildungsmanagement"),
        (["Bildungs\u00ad", "management"], "Bildungsmanagement"),
        (["Bildungs-", "und Beratungsangebote"], "Bildungs- und Beratungsangebote"),
        (["Schul-", "oder Kitaträger"], "Schul- oder Kitaträger"),
        (["Stadt-", "sowie Landkreise"], "Stadt- sowie Landkreise"),
        (["Tesla-", "Patente"], "Tesla-Patente"),
        (["ESF-Plus-", "Programm"], "ESF-Plus-Programm"),
        (["0561/12 34 56-", "78"], "0561/12 34 56-78"),
        (["Die Jahre 2014 –", "2020"], "Die Jahre 2014 – 2020"),
        (["ohne", "Trennung"], "ohne Trennung"),
    ],
)
def test_hyphens_at_line_ends(lines, joined):
    assert join_lines(lines) == joined


def test_a_word_the_text_writes_with_a_hyphen_keeps_it():
    known = hyphenated_words("Die analog-digitale Landschaft ist analog-digital vernetzt.")
    assert join_lines(["Sie ist analog-", "digital"], known) == "Sie ist analog-digital"


def test_width_of_wrapped_and_of_unwrapped_text():
    assert text_width(["x" * 70, "y" * 72, "z" * 71, "kurz"]) == 72
    assert text_width(["x" * 70, "y" * 400, "z" * 71]) == 0
    assert text_width(["kurz", "auch kurz"]) == 0


def test_a_full_line_runs_on_and_a_short_one_ends_its_paragraph():
    lines = [
        "Die Kommune richtet ein Büro ein, das den Schulen, Kitas und Vereinen",
        "Angebote macht.",
        "Der Kreis berät die Gemeinden.",
    ]
    assert unwrap(lines, 70, frozenset()) == [f"{lines[0]} {lines[1]}", lines[2]]


def page(*texts: str) -> PageText:
    return PageText([Line(text) for text in texts])


def texts(pages: list[PageText]) -> list[list[str]]:
    return [[line.text for line in one.lines] for one in pages]


def test_running_lines_are_found_with_digits_masked():
    pages = [
        page("Leitfaden 2024", "", f"Text der Seite {word}.", "", f"Stand 1/24 – {number}")
        for number, word in enumerate(["eins", "zwei", "drei", "vier"], 7)
    ]
    assert texts(without_furniture(pages))[3] == ["", "Text der Seite vier.", ""]


def test_lines_inside_the_page_and_on_few_pages_stay():
    pages = [
        page("A", "B", "C", "Modul 1", "D", "E", f"F{letter}", "Nur hier" if letter == "x" else "Z")
        for letter in "xyz"
    ]
    kept = texts(without_furniture(pages))
    assert "Modul 1" in kept[0]
    assert "Nur hier" in kept[0]


def test_two_pages_are_too_few_for_a_running_line():
    assert texts(without_furniture([page("Gleich", "a"), page("Gleich", "b")])) == [
        ["Gleich", "a"],
        ["Gleich", "b"],
    ]


@pytest.mark.parametrize("number", ["7", "- 7 -", "Seite 7", "Seite 7 von 12", "7/12", "S. 7"])
def test_page_numbers_go(number):
    pages = without_furniture([page("Text eins.", number), page("Text zwei.")])
    assert texts(pages) == [["Text eins."], ["Text zwei."]]


def test_slides_with_one_similar_line_each_keep_it():
    pages = [page(f"Folie {number}") for number in range(5)]
    assert without_furniture(pages) == pages


def test_a_word_cut_by_the_page_end_moves_to_its_first_page():
    pages = [page("Das Bil-", "3"), page("dungsbüro hilft."), page("Bildungs-"), page("Rat")]
    assert texts(without_furniture(pages)) == [
        ["Das Bildungsbüro"],
        ["hilft."],
        ["Bildungs-"],
        ["Rat"],
    ]
