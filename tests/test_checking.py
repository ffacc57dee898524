"""Which sentences the passages back: what is literal stays literal, what differs is refused."""

import pytest
from sample_passages import BUS, CONTACT, PASSAGES, RATE, passage

from assistant.generation.checking import Support, check
from assistant.generation.counted import contradicts, repeats
from assistant.generation.literals import literals
from assistant.generation.qualifiers import same_qualifiers

QUESTION = "Wie hoch ist die Förderquote?"
AMOUNTS = passage(
    "Die Zuwendung beträgt bis zu 1.000 Euro je Schule. Gefördert werden drei Module. "
    "Anträge sind nicht an eine Frist gebunden. Teilnehmen dürfen nur Schulen.",
    "betrag",
)
EVERYTHING = (*PASSAGES, AMOUNTS)


def backed(text, question=QUESTION):
    found = check(text, question, EVERYTHING)
    return found.passage.text[found.start : found.end] if isinstance(found, Support) else found


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Die Förderquote beträgt 60 Prozent.", RATE.split(". ")[0] + "."),
        ("Die Förderquote liegt bei 60 % der anerkannten Ausgaben.", RATE.split(". ")[0] + "."),
        ("Auskunft gibt Lena Beispiel unter 0555/123456.", CONTACT),
        ("Der Lesebus fährt mittwochs durch Dörfer.", BUS.split(". ")[0] + "."),
        ("Gefördert werden 3 Module.", "Gefördert werden drei Module."),
        ("Die Zuwendung beträgt bis zu 1000 € je Schule.", AMOUNTS.text.split(". ")[0] + "."),
    ],
)
def test_what_is_said_is_found_where_it_stands(claim, quote):
    assert backed(claim) == quote


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("Die Förderquote beträgt 80 Prozent.", "figure"),
        ("Die Förderquote beträgt 60 Euro.", "figure"),
        ("Anträge sind bis zum 30. Oktober 2031 beim Lesebüro einzureichen.", "figure"),
        ("Auskunft gibt Lena Beispiel, Telefon 0555 123457.", "contact"),
        ("Auskunft gibt Lena Beispiel, lesebruecke@example.com.", "contact"),
        ("Mehr steht unter https://fremd.example/x?q=60.", "contact"),
        ("Auskunft gibt Erna Beispiel.", "name"),
        ("Auskunft gibt Lena Beispiel, die Leiterin.", "name"),
        ("Die Zuwendung beträgt 1.000 Euro je Schule.", "sense"),
        ("Die Zuwendung beträgt mindestens 1.000 Euro je Schule.", "sense"),
        ("Anträge sind an eine Frist gebunden.", "sense"),
        ("Gefördert werden nicht drei Module.", "sense"),
        ("Gefördert werden nur drei Module.", "sense"),
        ("Das lohnt sich sehr.", "words"),
        ("", "words"),
    ],
)
def test_what_differs_is_refused_with_the_reason(claim, reason):
    assert backed(claim) == reason


def test_premise_of_the_question_backs_nothing():
    assert (
        backed("Die Förderquote beträgt 90 Prozent.", "Beträgt die Förderquote 90 %?") == "figure"
    )
    assert backed("Erna Muster gibt Auskunft.", "Gibt Erna Muster Auskunft?") != CONTACT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("31.3.2024", "31. März 2024"),
        ("31.03.24", "2024-03-31"),
        ("1.000", "1000"),
        ("1,5 Mio. Euro", "1.500.000 €"),
        ("drei", "3"),
        ("einundzwanzig", "21"),
        ("40 v.H.", "40 %"),
        ("40 Prozent", "40%"),
        ("die Hälfte", "50 %"),
        ("+49 30 123456", "030/123456"),
        ("https://www.x.example.org/", "x.example.org"),
        ("Name(at)example.org", "name@example.org"),
    ],
)
def test_forms_of_the_same(one, other):
    first, second = literals(one), literals(other)

    assert first.backs(second)
    assert second.backs(first)
    assert first.contacts == second.contacts


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("30. März 2024", "31. März 2024"),
        ("31. März 2025", "31. März"),
        ("60 %", "60 Euro"),
        ("10.000", "1.000"),
        ("1,5", "15"),
        ("zwei", "drei"),
    ],
)
def test_forms_of_something_else(claim, source):
    assert not literals(source).backs(literals(claim))


def test_figure_of_another_programme_is_not_given_to_the_one_asked_about():
    other = passage("Für das Ganztagsprogramm stehen insgesamt 3,5 Mrd. Euro bereit.", "d")
    own = passage("Das Programm Bildungskommunen hat drei Module.", "e")
    claim = "Für Bildungskommunen stehen insgesamt 3,5 Mrd. Euro bereit."
    question = "Wie viele Millionen Euro stehen für Bildungskommunen insgesamt bereit?"

    assert check(claim, question, [other, own]) == "name"


def test_place_of_the_question_that_no_passage_names_is_not_told():
    there = passage("Die Agentur Niedersachsen unterstützt Kommunen in Niedersachsen.", "f")
    question = "Welche Agentur unterstützt Kommunen in Wolfsburg?"
    claim = "Die Agentur Niedersachsen unterstützt Kommunen in {}."

    assert check(claim.format("Wolfsburg"), question, [there]) == "name"
    assert isinstance(check(claim.format("Niedersachsen"), question, [there]), Support)


@pytest.mark.parametrize(
    ("claim", "source", "differs"),
    [
        ("Gefördert werden zwei Jahre.", "Gefördert werden drei Jahre in zwei Stufen.", True),
        ("Seit 2021 Kommunen.", "Es sind 20 Kommunen seit 2021.", False),
        ("Das regelt DIN-2 allein.", "Das regelt DIN 2.", False),
        ("Das regelt DIN-4 allein.", "Das regelt DIN 2, Absatz 4.", True),
    ],
)
def test_numbers_belong_to_what_they_count(claim, source, differs):
    assert contradicts(claim, source) is differs


def test_number_said_twice_has_to_stand_there_twice():
    assert repeats("Von 2024 bis 2024.", "Von 2024 bis 2026.")
    assert not repeats("Von 2024 bis 2026.", "Von 2024 bis 2026.")


def test_new_name_of_the_sentence_before_needs_a_word_that_points_back():
    text = "Das Lesebüro sitzt in Altenstadt. {} berät Gemeinden zu allen Modulen der Förderung."
    claim = "Das Lesebüro berät Gemeinden zu allen Modulen der Förderung."

    pointing, other = passage(text.format("Es"), "a"), passage(text.format("Erna"), "b")

    assert isinstance(check(claim, QUESTION, [pointing]), Support)
    assert check(claim, QUESTION, [other]) == "name"


def test_place_that_answers_another_question_is_none():
    texts = "Die Leitung hat Lena Beispiel. Die Beratung der Schulen übernimmt Erna Muster."
    claim = "Lena Beispiel übernimmt die Beratung der Schulen."

    judgement = check(claim, "Wer übernimmt die Beratung der Schulen?", [passage(texts, "c")])

    assert not isinstance(judgement, Support)


@pytest.mark.parametrize(
    ("claim", "source", "same"),
    [
        ("Das gilt.", "Das gilt nicht.", False),
        ("Das gilt nicht nur hier.", "Das gilt hier.", True),
        ("Kreise sind berechtigt.", "Kreise sind berechtigt, Vereine sind es nicht.", True),
        ("höchstens 5 Tage", "bis zu 5 Tage", True),
        ("mindestens 5 Tage", "bis zu 5 Tage", False),
        ("ausschließlich Kreise", "nur Kreise", True),
        ("mindestens 4 Jahre", "mindestens vier Jahre", True),
        ("Das gilt für private Schulen.", "Das gilt für nicht-staatliche, private Schulen.", True),
    ],
)
def test_qualifiers(claim, source, same):
    assert same_qualifiers(claim, source) is same
