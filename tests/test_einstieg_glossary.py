"""Terms are read off glossaries and brackets, each with the sentence that explains it."""

import pytest
from sample_passages import build, passage

from assistant.dialogue import Assistant
from assistant.einstieg.glossary import GLOSSARY, Glossary, read_terms
from corpus.documents import Source

OWN = Source(kind=GLOSSARY)


def terms_of(*texts, source=OWN):
    passages = [passage(text, f"d{n}", source=source) for n, text in enumerate(texts)]
    return {term.name: term.citation.quote for term in read_terms(passages)}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Der Eigenanteil ist der Teil, den die Kommune trägt.", "Eigenanteil"),
        ("Eine Fachstelle ist eine Stelle mit Fachwissen.", "Fachstelle"),
        ("BNE steht für Bildung für nachhaltige Entwicklung.", "BNE"),
        ("BMBF stand bis Mai 2025 für ein Ministerium.", "BMBF"),
        ("„Hauptlinie“ meint das Programm ohne die Ganztag-Linie.", "Hauptlinie"),
        ("„Ganztag-Linie“ ist die Kurzform.", "Ganztag-Linie"),
        ("ESF Plus steht für Europäischer Sozialfonds Plus.", "ESF Plus"),
        ("Anteilfinanzierung bedeutet: Der Zuschuss deckt einen Teil.", "Anteilfinanzierung"),
    ],
)
def test_a_sentence_of_a_glossary_explains_its_subject(sentence, name):
    assert terms_of(sentence) == {name: sentence}


def test_other_sentences_explain_nothing():
    assert terms_of("In einer Region beträgt die Quote 40 %.", "Wer fragt, ist klug.") == {}
    assert terms_of("Der Eigenanteil ist der Teil.", source=Source(kind="Meldung")) == {}


def test_an_abbreviation_is_explained_where_its_long_form_stands():
    spelt = "Das datenbasierte kommunale Bildungsmanagement (DKBM) hilft Kommunen."
    assert terms_of(f"Es regnet. {spelt} Es schneit.", source=Source()) == {"DKBM": spelt}
    assert terms_of("Die Bildung (DKBM) hilft Kommunen.", source=Source()) == {}


def test_a_glossary_comes_before_brackets_and_the_alphabet_orders():
    introduced = "Das datenbasierte kommunale Bildungsmanagement (DKBM) hilft."
    assert list(terms_of(introduced)) == ["DKBM"]
    found = terms_of(introduced, "DKBM steht für eine Arbeit. Ähre ist ein Wort. Berg ist hoch.")
    assert list(found) == ["Ähre", "Berg", "DKBM"]
    assert found["DKBM"] == "DKBM steht für eine Arbeit."


def test_terms_are_read_once_for_each_index(data, embedder):
    explained = passage("Lesebus ist ein Bus mit Büchern.", "glossar", source=OWN)
    build(data, embedder, [explained])
    assistant, glossary = Assistant(data, embedder), Glossary()
    first = glossary.terms(assistant.index)
    assert [term.name for term in first] == ["Lesebus"]
    assert glossary.terms(assistant.index) is first
    build(data, embedder, [passage("Nichts erklärt.", "anderes")])
    assert glossary.terms(assistant.index) == ()
