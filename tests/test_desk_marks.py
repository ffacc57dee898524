import pytest

from assistant.desk.marks import Piece, marked_words, matched_spans, pieces


def marked(index, question, text):
    spans = matched_spans(text, marked_words(question, index))
    assert list(spans) == sorted(spans)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Antrag", "Anträge stellt der Kreis. Der Antrag gilt.", ["Anträge", "Antrag"]),
        ("Förderung", "FÖRDERUNG und Foerderung", ["FÖRDERUNG", "Foerderung"]),
        ("Frist", "Die Antragsfrist endet.", ["Antragsfrist"]),
        ("Antragsfrist", "Der Antrag hat eine Frist.", ["Antrag", "Frist"]),
        ("Aufbau", "Der Auf- und Ausbau der Lesewege", ["Auf", "Ausbau"]),
        ("Kulturele Angebote", "Kulturelle Bildung", ["Kulturelle"]),
        ("Die der und", "Die Kreise und der Bus", []),
        ("Wetter", "Ein Newsletter über den Lesebus", []),
        ("Bus", "<b>Bus</b> & Bahn", ["Bus"]),
    ],
    ids=[
        "umlaut and plural",
        "case and spelling",
        "inside a compound",
        "parts of a compound",
        "a word written once for two",
        "misspelt",
        "stop words",
        "a chance likeness",
        "markup is text",
    ],
)
def test_words_are_marked_where_the_analysis_finds_them(corpus_index, question, text, found):
    assert marked(corpus_index, question, text) == found


def test_marks_never_change_a_text(corpus_index):
    text = "Vor\tdem <i>Antrag</i>\nsteht der Antrag\u00a0\U0001f642 – e\u0301 Anträge"
    spans = matched_spans(text, marked_words("Antrag", corpus_index))
    cut = pieces(text, (0, len(text)), spans)
    assert "".join(piece.text for piece in cut) == text
    assert [piece.text for piece in cut if piece.is_marked] == ["Antrag", "Antrag", "Anträge"]


def test_a_part_of_a_text_is_cut_at_its_ends():
    assert pieces("Antrag stellen", (2, 9), [(0, 6), (7, 14), (20, 22)]) == [
        Piece("trag", is_marked=True),
        Piece(" ", is_marked=False),
        Piece("st", is_marked=True),
    ]
