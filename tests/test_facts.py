import pytest
from sample_passages import passage

from assistant.composition import cite
from assistant.facts import fact_table
from assistant.question import understand
from assistant.selection import Quote
from corpus.documents import Hit


def rows_of(question, *texts):
    quotes = [
        Quote(Hit(passage(text, f"d{n}"), 1.0, 1), 0, len(text)) for n, text in enumerate(texts)
    ]
    citations = cite(quotes)
    table = fact_table(understand(question), citations)
    if table is None:
        return None
    for _, cells in table.rows:
        for cell in cells:
            assert cell.text in citations[cell.number - 1].quote
    return [(label, cell.text, cell.number) for label, (cell,) in table.rows]


def test_contacts_carry_the_label_of_their_line():
    quote = (
        "So ist das Lesebüro zu erreichen:\n"
        "• E-Mail für Anträge: antrag@lesen.example\n"
        "• Postanschrift: Lesebüro, Am Markt 3a, 12345 Buchstadt\n"
        "• Tel. 0555 1234-56, https://lesen.example/kontakt."
    )

    assert rows_of("Wie erreiche ich das Lesebüro?", quote) == [
        ("E-Mail für Anträge", "antrag@lesen.example", 1),
        ("Postanschrift", "Am Markt 3a, 12345 Buchstadt", 1),
        ("Telefon", "0555 1234-56", 1),
        ("Internet", "https://lesen.example/kontakt", 1),
    ]


def test_amounts_stand_beside_the_clause_they_belong_to():
    quotes = (
        "Die Quote beträgt 40 % im Westen, in ärmeren Kreisen 60 %.",
        "Höchstens werden 40.000 Euro gezahlt.",
    )

    assert rows_of("Wie hoch ist die Quote?", *quotes) == [
        ("40 %", "Die Quote beträgt 40 % im Westen", 1),
        ("60 %", "in ärmeren Kreisen 60 %", 1),
        ("40.000 Euro", "Höchstens werden 40.000 Euro gezahlt", 2),
    ]


def test_dates_of_a_list_are_rows():
    quote = "Fristen waren:\n• 30.06.2022\n• 30. September 2022 (zusätzlich)"

    assert rows_of("Wann waren die Fristen?", quote) == [
        ("30.06.2022", "30.06.2022", 1),
        ("30. September 2022", "30. September 2022 (zusätzlich)", 1),
    ]


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Wie hoch ist die Quote?", "Die Quote beträgt 40 %."),
        ("Was ist das?", "Die Quote beträgt 40 %, sonst 60 %."),
        ("Wie hoch ist die Quote?", "Die Quote ist hoch."),
        ("Wie hoch?", "\n".join(f"{n} Euro im Jahr {n}" for n in range(9))),
    ],
    ids=["one fact", "no facts asked for", "no fact there", "too many for a glance"],
)
def test_table_is_left_out_where_it_helps_nobody(question, quote):
    assert rows_of(question, quote) is None


def test_clause_that_repeats_known_facts_in_known_words_is_no_row_of_its_own():
    rows = rows_of(
        "Wie hoch ist die Quote?",
        "Die Quote für Lesebusse beträgt 40 %, für Büros auf dem Land 60 %.",
        "Quote für Lesebusse: 40 %.\nDer Eigenanteil der Gemeinden beträgt 40 %.",
    )

    assert [label for label, _, _ in rows] == ["40 %", "60 %", "40 %"]
    assert "Eigenanteil" in rows[-1][1]
