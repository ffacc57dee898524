import pytest

from assistant.figures import amounts, contradicted, counted, in_english, spans


@pytest.mark.parametrize(
    ("question", "quote", "figures"),
    [
        ("Warum beträgt die Quote 95 %?", "Sie beträgt 60 Prozent.", "95 %; … 60 %"),
        ("Warum sind es 95 Prozent?", "Es sind 60 vom Hundert.", "95 %; … 60 %"),
        ("Why is it 95 percent?", "Die Quote beträgt 60%.", "95 %; … 60 %"),
        ("Warum sind es 12,5 %?", "Es sind 7 Prozent, oft 15,5 Prozent.", "12,5 %; … 7 %, 15,5 %"),
        ("Wo sitzen die zwölf Büros?", "Es gibt acht Büros.", "12; … 8"),
        ("Wo sitzen die 12 Büros?", "Es gibt acht kleine Büros.", "12; … 8"),
        ("Wo sitzen die zwölf LBR?", "Es gibt acht Leseräume (LBR).", "12; … 8"),
        ("Läuft sie auf zehn Jahre?", "Sie läuft höchstens vier Jahre.", "10; … 4"),
        ("Who runs the twelve Module?", "Es gibt drei Module.", "12; … 3"),
    ],
    ids=[
        "percent", "in words", "English", "decimals", "number word", "digits", "abbreviation",
        "duration", "English number word",
    ],
)  # fmt: skip
def test_wrong_premise_names_both_figures(question, quote, figures):
    asked, said = figures.split("; … ")

    assert contradicted(question, [quote]) == (asked, said)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("Warum beträgt die Quote 60 %?", ["Sie beträgt 60 Prozent."]),
        ("Warum sind es 12,5 %?", ["Es sind 12,5 vom Hundert."]),
        ("Warum beträgt die Quote 90 %?", ["Sie beträgt 60 Prozent.", "Im Norden 90 Prozent."]),
        ("Warum beträgt die Quote 95 %?", ["Die Quote ist hoch."]),
        ("Warum beträgt die Quote 95 %?", []),
        ("Wo sitzen die zwölf Büros?", ["Es gibt 12 Büros."]),
        ("Wo sitzen die zwölf Büros?", ["Es gibt acht Busse."]),
        ("Wo sitzen die Büros?", ["Es gibt acht Büros."]),
        ("Gibt es zwölf Büros?", ["Es gibt acht Büros."]),
        ("Gelten die 1.500 Euro?", ["Es sind 1500 Euro."]),
    ],
    ids=[
        "same figure", "same decimals", "one of the quotes has it", "quote without a figure",
        "no quotes", "same number in digits", "other things are counted", "question without one",
        "asked and not presumed", "thousands",
    ],
)  # fmt: skip
def test_no_premise_is_called_wrong_without_another_figure(question, quotes):
    assert contradicted(question, quotes) is None


@pytest.mark.parametrize(
    "quote",
    ["Seit 2030 fahren 130 Busse.", "Im Jahr 2030 gab es 130 Busse."],
    ids=["since", "in the year"],
)
def test_year_before_a_count_is_no_count(quote):
    assert contradicted("Wohin fahren die 130 Busse?", [quote]) is None
    assert contradicted("Wohin fahren die 12 Busse?", [quote]) == ("12", "130")


@pytest.mark.parametrize(
    "quote",
    ["Die Module 1,2,3 umfassen alles.", "Nach § 1.2,3.4 Absatz 2 gilt das.", "1,000,000 Busse"],
    ids=["list", "paragraph", "English thousands"],
)
def test_numbers_that_are_none_do_no_harm(quote):
    assert contradicted("Warum beträgt die Quote 95 %?", [quote]) is None


def test_large_figures_are_written_out():
    found = contradicted("Gilt das für die 1.500.000 Bücher?", ["Es sind 2.500.000 Bücher."])

    assert found == ("1.500.000", "2.500.000")


@pytest.mark.parametrize(
    ("question", "quote", "figures"),
    [
        ("Wie heißt die sechste Stelle?", "Es gibt fünf Stellen.", "6; … 5"),
        ("Wem nützt das vierte Modul?", "Es gibt 3 Module (A, B, C).", "4; … 3"),
    ],
)
def test_number_in_a_row_beyond_its_end_is_a_wrong_premise(question, quote, figures):
    asked, said = figures.split("; … ")

    assert contradicted(question, [quote]) == (asked, said)

    within = question.replace("sechste", "fünfte").replace("vierte", "dritte")
    assert contradicted(within, [quote]) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bis zu 40 Prozent", {"40 %"}),
        ("40.000 € im Jahr", {"40.000 Euro"}),
        ("höchstens 1,5 Mio. Euro", {"1.500.000 Euro"}),
        ("rund 3 Mrd. Euro und 2 Milliarden Euro", {"3.000.000.000 Euro", "2.000.000.000 Euro"}),
        ("im Jahr 2030 drei Busse", set()),
    ],
)
def test_amounts_are_spelled_alike(text, found):
    assert amounts(text) == found


def test_counts_and_spans_are_spelled_alike():
    assert counted("Es gibt acht kleine Module (LBR).", "Modul") == {"8"}
    assert counted("Seit 2030 gibt es Module.", "Modul") == set()
    assert spans("vier Jahre, längstens 48 Monate") == {"4 Jahre", "48 Monate"}


@pytest.mark.parametrize(
    ("figure", "english"),
    [
        ("40.000 Euro", "40,000 euros"),
        ("1,5 %", "1.5 %"),
        ("4 Jahre", "4 years"),
        ("10", "10"),
    ],
)
def test_figures_are_written_as_english_does(figure, english):
    assert in_english(figure) == english
