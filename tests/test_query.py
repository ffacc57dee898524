import pytest

from assistant.query import build_query
from assistant.question import understand
from corpus.analysis import stem


@pytest.fixture
def query_of(corpus_index):
    return lambda text: build_query(understand(text), corpus_index)


def weights(query):
    return {word.folded: word.weight for word in query.words}


def test_words_are_those_with_content_each_once(query_of):
    query = query_of("Wer bezahlt die Ersatzteile für den Bus, wer bezahlt die Ersatzteile?")

    assert [word.folded for word in query.words].count("ersatzteile") == 1
    assert {word.folded for word in query.words} == {"bezahlt", "ersatzteile", "bus"}


def test_rare_words_weigh_more(query_of):
    weight = weights(query_of("Was machen die Kreise am Mittwoch?"))

    assert weight["mittwoch"] > weight["kreise"] > 0


def test_sentence_around_the_question_weighs_less(query_of):
    alone = weights(query_of("Wie hoch ist die Förderquote der Ausgaben?"))
    told = weights(query_of("Ich leite eine Werkstatt. Wie hoch ist die Förderquote der Ausgaben?"))

    assert told["foerderquote"] == pytest.approx(alone["foerderquote"])
    assert told["werkstatt"] < told["foerderquote"]


def test_what_all_documents_are_about_weighs_less_without_a_name(query_of):
    named = weights(query_of("Welche Module nennt eine Förderung der Kreise?"))
    unnamed = weights(query_of("Welche Module nennt die Förderung der Kreise?"))

    assert unnamed["foerderung"] < named["foerderung"]
    assert unnamed["module"] == named["module"]


@pytest.mark.parametrize(
    ("question", "names_kind", "says_more"),
    [
        ("Ab welchem Alter fährt der Lesebus?", "alter", "lesebus"),
        ("Wie viel Geld bekommt der Verein?", "geld", "verein"),
        ("Wo finde ich den Fahrplan im Internet?", "internet", "fahrplan"),
    ],
)
def test_word_that_only_names_the_kind_of_fact_weighs_less(
    query_of, question, names_kind, says_more
):
    weighs = weights(query_of(question))
    alone = weights(query_of(f"{names_kind.title()} {says_more.title()}"))

    assert weighs[names_kind] < alone[names_kind]
    assert weighs[says_more] == alone[says_more]


def test_focus_is_the_word_that_is_asked_for(query_of):
    query = query_of("Wie hoch ist die Förderquote der Lesebrücke?")

    assert query.focus.folded == "foerderquote"
    assert query_of("Lesebus und Werkstatt").focus is None


def test_place_adds_its_land(query_of):
    query = query_of("Wer hilft im Landkreis Görlitz?")

    assert [place.name for place in query.places] == ["Görlitz"]
    assert "Sachsen" in query.text
    assert "sachsen" in {word.folded for word in query.words}


def test_land_that_is_named_is_not_added(query_of):
    text = "Wer hilft in Görlitz in Sachsen?"

    assert query_of(text).text == text


def test_question_without_a_place_is_searched_as_it_stands(query_of):
    query = query_of("Wie hoch ist die Förderquote?")

    assert (query.text, query.places) == ("Wie hoch ist die Förderquote?", ())


def test_abbreviation_means_its_long_form(query_of):
    query = query_of("Was macht der FKL?")

    assert query.synonyms & {stem("förderkreis"), stem("lesebrücke")}


def test_everyday_word_means_the_official_one(query_of):
    assert stem("zuwendung") in query_of("Wie viel Geld gibt es?").synonyms


def test_book_of_the_social_code_is_cited_by_its_ordinal(query_of):
    words = {word.folded: word for word in query_of("Gilt das auch nach SGB II im Kreis?").words}

    assert stem("zweites") in words["ii"].synonyms
    assert stem("sozialgesetzbuch") in words["sgb"].synonyms


def test_roman_number_of_anything_else_is_no_ordinal(query_of):
    words = {word.folded: word for word in query_of("Was steht in Teil II?").words}

    assert stem("zweites") not in words["ii"].synonyms


def test_english_words_that_cannot_be_met_are_left_out(query_of):
    folded = {word.folded for word in query_of("Is there a wonderful deadline for the FKL?").words}

    assert "wonderful" not in folded
    assert {"deadline", "fkl"} <= folded


@pytest.mark.parametrize("text", ["Was ist das?", "und", "§ 2", "🙂 a"])
def test_question_without_content_is_a_query_too(query_of, text):
    query = query_of(text)

    assert query.text == text
    assert all(word.weight > 0 for word in query.words)
