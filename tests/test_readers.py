import codecs
import time
import zipfile
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from textwrap import wrap

import pytest
from sample_files import lines, pdf, turned, with_front_matter_pages, with_password, word

from corpus.documents import Block, Document, Source, Verdict
from ingest.readers import SUFFIXES, UnreadableDocument, read

SHARED = Path(__file__).resolve().parents[2] / "shared"


def document_of(tmp_path: Path, content: bytes | str, name: str = "datei.txt") -> Document:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path)


def blocks_of(tmp_path: Path, content: bytes | str, name: str = "datei.txt") -> tuple[Block, ...]:
    return document_of(tmp_path, content, name).pages[0].blocks


def reason_of(tmp_path: Path, content: bytes | str, name: str = "datei.pdf") -> str:
    with pytest.raises(UnreadableDocument) as error:
        document_of(tmp_path, content, name)
    assert name in error.value.message
    assert error.value.hint
    return error.value.verdict


SENTENCE = "Die Kommune richtet ein Büro ein und stellt dafür Personal ein."
OTHER = "Der Kreis berät die Gemeinden bei der Planung ihrer Angebote."


# --- plain text


def test_text_has_title_headings_and_paragraphs(tmp_path):
    document = document_of(
        tmp_path, f"Bildungsbüro\n\n{SENTENCE}\n\nAufgaben\n\n{OTHER}\n\n{SENTENCE}"
    )
    assert document.title == "Bildungsbüro"
    assert document.language == "de"
    assert [(block.heading_path, block.text) for block in document.pages[0].blocks] == [
        ((), SENTENCE),
        (("Aufgaben",), OTHER),
        (("Aufgaben",), SENTENCE),
    ]


def test_stacked_headings_make_a_path(tmp_path):
    blocks = blocks_of(tmp_path, f"Titel\n\n{OTHER}\n\nModule\n\nModul 1\n\n{SENTENCE}")
    assert blocks[-1].heading_path == ("Module", "Modul 1")


def test_bullets_meet_their_introduction_across_blank_lines(tmp_path):
    (block,) = blocks_of(tmp_path, "Gefördert werden:\n\n• Personal;\n\n• Reisen.\n")
    assert block == Block("Gefördert werden:\n• Personal;\n• Reisen.", (), "list")


@pytest.mark.parametrize("mark", ["•", "-", "–", "*", "→", "▪"])
def test_every_bullet_is_one(tmp_path, mark):
    (block,) = blocks_of(tmp_path, f"Gefördert werden:\n{mark} Personal\n{mark} Reisen\n")
    assert block.text == "Gefördert werden:\n• Personal\n• Reisen"


def test_a_bullet_on_its_own_line_belongs_to_the_next(tmp_path):
    (block,) = blocks_of(tmp_path, "Gefördert werden:\n\n•\nPersonal\n\n•\n\nReisen\n")
    assert block.text == "Gefördert werden:\n• Personal\n• Reisen"


def test_lines_of_a_form_are_no_text(tmp_path):
    assert blocks_of(tmp_path, f"Titel\n\n{SENTENCE}\n\n_______\n\n* * *\n") == (Block(SENTENCE),)


@pytest.mark.parametrize("labels", [("1.", "2."), ("a)", "b)"), ("(1)", "(2)"), ("1)", "2)")])
def test_numbered_lists_keep_their_labels(tmp_path, labels):
    first, second = labels
    (block,) = blocks_of(tmp_path, f"Es gilt:\n\n{first} Personal\n{second} Reisen\n")
    assert block.text == f"Es gilt:\n{first} Personal\n{second} Reisen"


def test_only_the_last_sentence_introduces_a_list(tmp_path):
    first, second = blocks_of(tmp_path, f"{SENTENCE} Dazu gehören:\n\n• Räume\n• Personal\n")
    assert first == Block(SENTENCE)
    assert second == Block("Dazu gehören:\n• Räume\n• Personal", (), "list")


def test_short_line_between_heading_and_bullets_introduces_them(tmp_path):
    text = f"Titel\n\n{OTHER}\n\nModul 1\n\nAktivitäten zum Aufbau\n\n• Daten\n• Netz\n"
    assert blocks_of(tmp_path, text)[-1] == Block(
        "Aktivitäten zum Aufbau\n• Daten\n• Netz", ("Modul 1",), "list"
    )


def test_lines_after_a_colon_are_a_list_even_without_bullets(tmp_path):
    text = f"Titel\n\nDie Büros sind:\n\nBüro Nord\n\nBüro Süd\n\nAufgaben\n\n{SENTENCE}"
    first, second = blocks_of(tmp_path, text)
    assert first == Block("Die Büros sind:\nBüro Nord\nBüro Süd", (), "list")
    assert second.heading_path == ("Aufgaben",)


def test_many_short_lines_are_names_not_headings(tmp_path):
    names = "\n\n".join(["Partner", "Stadt Nord", "Stadt Süd", "Stadt West", "Stadt Ost"])
    blocks = blocks_of(tmp_path, f"Titel\n\n{OTHER}\n\n{names}\n\n{SENTENCE}")
    assert blocks[1] == Block("Stadt Nord\nStadt Süd\nStadt West", ("Partner",), "list")


def test_phones_are_glued_to_their_role(tmp_path):
    text = (
        f"Titel\n\n{SENTENCE}\n\nAnsprechpartner\nfür das Projekt:\n\nLeitung\n\n\n"
        "0561/12 34 56-70\n"
        "\nBeratung der Schulen\n\n0561/12 34 56-71\n\n\n0561/12 34 56-72\n"
    )
    heading = ("Ansprechpartner für das Projekt",)
    assert blocks_of(tmp_path, text)[1:] == (
        Block("Leitung\n0561/12 34 56-70", heading, "contact"),
        Block("Beratung der Schulen\n0561/12 34 56-71\n0561/12 34 56-72", heading, "contact"),
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["Erika Muster", "Telefon: 0561 12345-67", "E-Mail: e.muster@beispiel.de"],
        ["Stadt Musterhausen", "Rathausplatz 1", "12345 Musterhausen", "Tel. 0561 1234-0"],
        ["Servicestelle", "+49 (0) 561 12345", "www.beispiel.de"],
        ["Bildungsbüro", "buero(at)beispiel.de"],
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_contact_is_one_block(tmp_path, lines, gap):
    blocks = blocks_of(tmp_path, f"Büro\n\n{SENTENCE}\n\nKontakt\n\n{gap.join(lines)}")
    assert blocks[-1] == Block("\n".join(lines), ("Kontakt",), "contact")


def test_wrapped_lines_become_one_paragraph(tmp_path):
    text = (
        "Titel der Richtlinie\n\n"
        "Die Kommune richtet ein Büro für Bildungs-\nmanagement ein. Die Bildungs- und Beratungs-\n"
        "angebote werden dort gebündelt, und die Daten-\n"
        "basis wird von Jahr zu Jahr weiter ausge-\nbaut.\n"
    )
    (block,) = blocks_of(tmp_path, text)
    assert block.text == (
        "Die Kommune richtet ein Büro für Bildungsmanagement ein. Die Bildungs- und "
        "Beratungsangebote werden dort gebündelt, und die Datenbasis wird von Jahr zu Jahr "
        "weiter ausgebaut."
    )


def test_numbered_headings_are_told_from_numbered_items(tmp_path):
    text = f"Richtlinie\n\n1. Zweck der Förderung\n\n{SENTENCE}\n\n2. Verfahren\n\n{OTHER}"
    assert [block.heading_path for block in blocks_of(tmp_path, text)] == [
        ("1. Zweck der Förderung",),
        ("2. Verfahren",),
    ]


def test_a_paragraph_number_on_its_own_line_joins_its_heading(tmp_path):
    text = f"Satzung\n\n{SENTENCE}\n\n§ 3\n\nBeratung der Schulen\n\n{OTHER}"
    assert blocks_of(tmp_path, text)[-1].heading_path == ("§ 3 Beratung der Schulen",)


def test_lines_of_a_table_of_contents_are_left_out(tmp_path):
    text = f"Richtlinie\n\nZweck .......... 3\nVerfahren ....... 12\n\n{SENTENCE}"
    assert [block.text for block in blocks_of(tmp_path, text)] == [SENTENCE]


def test_two_people_are_two_contacts_but_one_role_may_have_several(tmp_path):
    two = "Erika Muster\nReferentin\n0561/12 34 56-1\n\nMax Muster\nReferent\n0561/12 34 56-2"
    assert len(blocks_of(tmp_path, f"Büro\n\n{SENTENCE}\n\nKontakt\n\n{two}")) == 3
    one = "Beratung\n\nErika Muster\n0561/12 34 56-1\n\nMax Muster\n0561/12 34 56-2"
    assert blocks_of(tmp_path, f"Büro\n\n{SENTENCE}\n\nKontakt\n\n{one}")[-1].text == one.replace(
        "\n\n", "\n"
    )


def test_a_question_introduces_its_list(tmp_path):
    (block,) = blocks_of(tmp_path, "Was wird gefördert?\n\n• Personal\n• Reisen\n")
    assert block.text == "Was wird gefördert?\n• Personal\n• Reisen"


def test_cells_saved_with_tabs_are_a_table(tmp_path):
    text = f"Titel\n\n{SENTENCE}\n\nZeitraum\tQuote\n2022–2027\t40 %\n\n•\tPunkt\n"
    assert blocks_of(tmp_path, text)[1:] == (
        Block("Zeitraum: 2022–2027 | Quote: 40 %", (), "table"),
        Block("• Punkt", (), "list"),
    )


@pytest.mark.parametrize("line", ["Stand: 01.03.2024", "Zuletzt geändert am 1.3.2024"])
def test_the_date_a_page_states_is_kept(tmp_path, line):
    document = document_of(tmp_path, f"Titel\n\n{SENTENCE}\n\n{line}\n")
    assert document.source.as_of == date(2024, 3, 1)


@pytest.mark.parametrize(
    "content",
    [
        "Förderung für Bürger".encode(),
        codecs.BOM_UTF8 + "Förderung für Bürger".encode(),
        "Förderung für Bürger".encode("utf-16"),
        "Förderung für Bürger".encode("utf-16-le"),
        "Förderung für Bürger".encode("utf-16-be"),
        "Förderung für Bürger".encode("cp1252"),
    ],
)
def test_text_is_decoded(tmp_path, content):
    assert blocks_of(tmp_path, content)[0].text == "Förderung für Bürger"


def test_english_text_is_recognised(tmp_path):
    assert document_of(tmp_path, "This is the text of a page for the city.").language == "en"


# --- Markdown

FRONT_MATTER = """---
title: Förderrichtlinie
source_title: Richtlinie zur Förderung
publisher: Ministerium
url: https://beispiel.de/richtlinie
kind: Richtlinie
level: Bund
evidence: A
as_of: 2024-02-01
valid_from: 01.01.2023
valid_until: 2027-12-31
lands: [Hessen, Thüringen, Hessen]
themes: Ganztag
tags: [eins, zwei]
---
"""


def test_front_matter_becomes_title_and_source(tmp_path):
    document = document_of(tmp_path, f"{FRONT_MATTER}\n# Förderrichtlinie\n\n{SENTENCE}\n", "a.md")
    assert document.title == "Förderrichtlinie"
    assert document.source == Source(
        title="Richtlinie zur Förderung",
        publisher="Ministerium",
        url="https://beispiel.de/richtlinie",
        kind="Richtlinie",
        level="Bund",
        evidence="A",
        as_of=date(2024, 2, 1),
        valid_from=date(2023, 1, 1),
        valid_until=date(2027, 12, 31),
        lands=("Hessen", "Thüringen"),
        themes=("Ganztag",),
    )
    assert document.pages[0].blocks == (Block(SENTENCE),)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("as_of: gestern", "as_of"),
        ("valid_until: 2024-02-30", "YAML"),
        ("level: Planet", "level"),
        ("evidence: D", "evidence"),
        ("title: [eins, zwei]", "title"),
        ("publisher: {a: b}", "publisher"),
        ("lands: [Hessen, Tirol]", "lands"),
        ("themes: [[eins]]", "themes"),
        ("title: 'offen", "YAML"),
        ("valid_from: 2025-01-01\nvalid_until: 2024-01-01", "valid_until"),
    ],
)
def test_bad_front_matter_names_the_key(tmp_path, line, word):
    with pytest.raises(UnreadableDocument, match=word):
        document_of(tmp_path, f"---\n{line}\n---\nText\n", "a.md")


@pytest.mark.parametrize("url", ["www.beispiel.de", "javascript:alert(1)", "https://"])
def test_wrong_address_is_left_out_and_said(tmp_path, url):
    text = f"---\npublisher: Amt\nurl: {url}\n---\n{SENTENCE}\n"
    document = document_of(tmp_path, text, "a.md")
    assert document.source == Source(publisher="Amt")
    (remark,) = document.health.remarks
    assert "`url`" in remark


def test_front_matter_names_the_audience(tmp_path):
    document = document_of(tmp_path, f"---\naudience: Intern\n---\n\n{SENTENCE}\n", "a.md")
    assert document.source.audience == "internal"


def test_a_rule_at_the_top_is_no_front_matter(tmp_path):
    assert blocks_of(tmp_path, f"---\n\n{SENTENCE}\n\n---\n\n{OTHER}\n", "a.md")[0].text == SENTENCE


def test_markdown_structure(tmp_path):
    text = (
        "# Titel\n\n## Module\n\nEs gibt:\n\n- **Modul 1**\n  - Daten\n- [Modul 2](https://b.de)\n\n"
        "### Sätze\n\n| Modul | Quote |\n|---|---|\n| 1 | 40 % |\n| 2 | 60 % |\n\n"
        "Bild ![Alt](b.png) und `Wort`.\n\nMehr erfahren\n"
    )
    assert blocks_of(tmp_path, text, "a.md") == (
        Block("Es gibt:\n• Modul 1\n– Daten\n• Modul 2", ("Module",), "list"),
        Block("Modul: 1 | Quote: 40 %\nModul: 2 | Quote: 60 %", ("Module", "Sätze"), "table"),
        Block("Bild und Wort.", ("Module", "Sätze")),
    )


def test_markdown_of_a_law(tmp_path):
    text = (
        "# Gesetz (G)\n\nStand\n:   2024\n\n## § 1 Leistungen\n\n(1) Leistungen sind\n\n"
        "1.  Beratung von\n    Schulen,\n\n    a)  am Ort,\n\n\n2.  Reisen.\n\n\n"
        "(2) Absatz 1 gilt.\n"
    )
    assert blocks_of(tmp_path, text, "g.md") == (
        Block("Stand: 2024"),
        Block(
            "(1) Leistungen sind\n1. Beratung von Schulen,\na) am Ort,\n2. Reisen.",
            ("§ 1 Leistungen",),
            "list",
        ),
        Block("(2) Absatz 1 gilt.", ("§ 1 Leistungen",)),
    )


def test_markdown_without_title_takes_its_only_top_heading(tmp_path):
    assert (
        document_of(tmp_path, f"Vorspann hier.\n\n# Titel\n\n{SENTENCE}", "a.md").title == "Titel"
    )


def test_title_block_of_pandoc_names_the_document(tmp_path):
    block = "% Verordnung über\n  Lesebusse\n% Ausgefertigt 2022\n\n# § 1 Zweck\n\n"

    document = document_of(tmp_path, f"{block}{SENTENCE}\n\n# § 2\n\n{SENTENCE}", "a.md")

    assert document.title == "Verordnung über Lesebusse"
    assert document.pages[0].blocks == (
        Block("Ausgefertigt 2022", ()),
        Block(SENTENCE, ("§ 1 Zweck",)),
        Block(SENTENCE, ("§ 2",)),
    )


def test_percent_sign_in_the_first_line_is_no_title_block(tmp_path):
    document = document_of(tmp_path, f"%-Sätze\n\n# Titel\n\n{SENTENCE}", "a.md")

    assert document.title == "Titel"


def test_setext_headings_and_html_in_markdown(tmp_path):
    text = f"Titel\n=====\n\nTeil\n----\n\n<div>{SENTENCE}</div>\n\n<script>boese()</script>\n"
    document = document_of(tmp_path, text, "a.md")
    assert document.title == "Titel"
    assert document.pages[0].blocks == (Block(SENTENCE, ("Teil",)),)


# --- HTML

PAGE = f"""<!DOCTYPE html><html lang="de"><head><title>Büro | Stadt</title>
<meta name="date" content="2024-03-01"></head><body>
<nav><a href="/">Startseite</a><a href="/k">Kontakt</a></nav>
<main><h1>Bildungsbüro</h1><p>{SENTENCE}</p><p hidden>Versteckte Anweisung an alle Modelle.</p>
<h2>Aufgaben</h2><p>Aufgaben sind:</p>
<ul><li>Beratung</li><li>Daten<ul><li>Monitoring</li></ul></li></ul>
<table><tr><th>Modul</th><th>Quote</th></tr><tr><td>Eins</td><td>40 %</td></tr></table>
<h2>Kontakt</h2><p>Erika Muster<br>Tel.: 0561 12345-67</p>
<p><a href="/m">Mehr erfahren</a></p></main>
<footer>Impressum</footer></body></html>"""


def test_html_main_content(tmp_path):
    document = document_of(tmp_path, PAGE, "seite.html")
    assert document.title == "Bildungsbüro"
    assert document.source.as_of == date(2024, 3, 1)
    assert document.pages[0].blocks == (
        Block(SENTENCE),
        Block("Aufgaben sind:\n• Beratung\n• Daten\n– Monitoring", ("Aufgaben",), "list"),
        Block("Modul: Eins | Quote: 40 %", ("Aufgaben",), "table"),
        Block("Erika Muster\nTel.: 0561 12345-67", ("Kontakt",), "contact"),
    )


def test_html_is_recognised_without_its_ending(tmp_path):
    assert document_of(tmp_path, PAGE, "seite.txt").title == "Bildungsbüro"


def test_html_declares_its_encoding(tmp_path):
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').encode("iso-8859-1")
    assert document_of(tmp_path, page, "seite.html").title == "Bildungsbüro"


def test_html_without_text_is_empty(tmp_path):
    assert document_of(tmp_path, "<html><body></body></html>", "leer.html").is_empty


# --- DOCX


def test_docx_structure_in_document_order(tmp_path):
    def build(document):
        document.add_heading("Richtlinie", 0)
        document.add_heading("Zweck", 1)
        document.add_paragraph(SENTENCE).add_run(" Geheim.").font.hidden = True
        document.add_paragraph("Gefördert werden:")
        document.add_paragraph("Personal", style="List Bullet")
        document.add_paragraph("Reisen", style="List Bullet")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table.rows[0].cells, ["Modul", "Quote"], strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        for cell, text in zip(table.rows[1].cells, ["Eins", "40 %"], strict=True):
            cell.text = text
        document.add_heading("Verfahren", 2)
        document.add_paragraph("Antrag", style="List Number")
        document.add_paragraph("Bescheid", style="List Number")

    document = document_of(tmp_path, word(build), "richtlinie.docx")
    assert document.title == "Richtlinie"
    assert document.pages[0].blocks == (
        Block(SENTENCE, ("Zweck",)),
        Block("Gefördert werden:\n• Personal\n• Reisen", ("Zweck",), "list"),
        Block("Modul: Eins | Quote: 40 %", ("Zweck",), "table"),
        Block("1. Antrag\n2. Bescheid", ("Zweck", "Verfahren"), "list"),
    )


def test_layout_tables_are_read_as_text(tmp_path):
    def build(document):
        document.add_table(rows=1, cols=2).rows[0].cells[0].text = f"{SENTENCE} " * 8

    assert blocks_of(tmp_path, word(build), "a.docx")[0].kind == "paragraph"


# --- PDF


def test_pdf_headings_by_type_size_and_weight(tmp_path):
    page = [
        ("Richtlinie", 20, 60, False),
        *lines("Die Kommune richtet ein Büro ein und stellt dafür auch", top=100),
        *lines("Personal ein.", top=114),
        ("Zweck der Förderung", 11, 150, True),
        *lines("Der Kreis berät die Gemeinden dabei.", top=172),
    ]
    document = document_of(tmp_path, pdf([page]), "r.pdf")
    assert document.title == "Richtlinie"
    assert document.pages[0].label == "1"
    assert document.pages[0].blocks == (
        Block("Die Kommune richtet ein Büro ein und stellt dafür auch Personal ein."),
        Block("Der Kreis berät die Gemeinden dabei.", ("Zweck der Förderung",)),
    )


def test_pdf_labels_and_metadata_title(tmp_path):
    plain = pdf([lines(f"Auf Seite {page} steht ein Satz.") for page in range(4)])
    content = with_front_matter_pages(plain, 2, title="Leitfaden für Kommunen")
    document = document_of(tmp_path, content, "leitfaden.pdf")
    assert [page.label for page in document.pages] == ["i", "ii", "1", "2"]
    assert [page.number for page in document.pages] == [1, 2, 3, 4]
    assert document.title == "Leitfaden für Kommunen"


def test_pdf_title_made_by_a_program_is_no_title(tmp_path):
    plain = pdf([lines("Das Bildungsbüro", "", SENTENCE) for _ in range(2)])
    content = with_front_matter_pages(plain, 1, title="Microsoft Word - Entwurf_v3.docx")
    assert document_of(tmp_path, content, "x.pdf").title == "Das Bildungsbüro"


@pytest.mark.parametrize("shown", [0, 90, 180, 270])
@pytest.mark.parametrize("text", [0, 90, 180, 270])
def test_page_reads_in_order_whichever_way_it_is_turned(tmp_path, text, shown):
    page = [("Aufgaben", 16, 60, True), *lines(*wrap(SENTENCE, 40), "", OTHER, top=90)]
    content = turned(pdf([page]), text=text, shown=shown)
    assert blocks_of(tmp_path, content, "gedreht.pdf") == (Block(SENTENCE), Block(OTHER))


COLUMNS = {
    "Büro": "Die Bildungskommune richtet ein Büro ein und stellt dafür Personal ein. Der Zuschuss "
    "beträgt vierzig Prozent der Ausgaben. Anträge nimmt die Servicestelle bis Ende Mai entgegen.",
    "Weiterbildung": "Wer sich weiterbilden will, findet in der Volkshochschule Kurse am Abend und "
    "am Wochenende. Die Beratung ist kostenlos und dauert eine Stunde. Termine gibt das Rathaus.",
    "Schule": "Eltern melden ihr Kind im Schulamt an. Mitzubringen sind Ausweis und Urkunde. "
    "Für den Ganztag gilt eine eigene Frist, die im Amtsblatt steht.",
}


@pytest.mark.parametrize("width", [22, 30, 38])
def test_leaflet_in_narrow_columns_is_read_as_paragraphs(tmp_path, width):
    page = lines("Ihr Bildungsbüro informiert", size=18)
    for name, text in COLUMNS.items():
        page += lines(name, top=100, size=13)
        paragraphs = [*wrap(text, width), "", *wrap(OTHER, width)]
        page += lines(*paragraphs, top=120, size=9, step=12)

    blocks = document_of(tmp_path, pdf([page]), "faltblatt.pdf").pages[0].blocks

    assert [(one.heading_path[-1], one.text) for one in blocks[::2]] == list(COLUMNS.items())


def test_short_lines_of_a_narrow_column_stay_lines(tmp_path):
    names = [
        "Anna Beispiel, Schulamt",
        "Kim Muster, Jugendamt",
        "Rathaus, Zimmer 12",
        "Amtsplatz 1",
    ]
    page = lines(*wrap(COLUMNS["Büro"], 26), "", *names, "", *wrap(COLUMNS["Schule"], 26))
    text = document_of(tmp_path, pdf([page]), "faltblatt.pdf").pages[0].text
    assert all(name in text.replace("• ", "").split("\n") for name in names)


def test_heading_at_the_top_of_a_column_is_no_end_of_the_column_before(tmp_path):
    first = lines(*[SENTENCE] * 4)
    second = lines("Aufgaben des Kreises", OTHER, OTHER)
    blocks = blocks_of(tmp_path, pdf([[*first, *second]]), "spalten.pdf")
    assert blocks == (
        Block(" ".join([SENTENCE] * 4)),
        Block(f"{OTHER} {OTHER}", ("Aufgaben des Kreises",)),
    )


def test_running_headers_footers_and_page_numbers_go_before_words_are_joined(tmp_path):
    texts = [
        "Die Kommune plant seit dem letzten Jahr zusammen mit dem Kreis ein Bil-",
        "dungsbüro. Der Kreis hilft ihr bei der Planung und bei der Auswahl da-",
        "bei gern und schnell.",
    ]
    pages = [
        [
            ("Förderrichtlinie 2024", 8, 30, False),
            *lines(text, top=100),
            (f"Seite {number} von 3", 8, 800, False),
        ]
        for number, text in enumerate(texts, 1)
    ]
    document = document_of(tmp_path, pdf(pages), "r.pdf")
    assert [page.text for page in document.pages] == [
        f"{texts[0][:-1]}dungsbüro.",
        f"{texts[1][11:-1]}bei",
        "gern und schnell.",
    ]


def test_scanned_pdf_is_empty_not_unreadable(tmp_path):
    assert document_of(tmp_path, pdf([[]]), "scan.pdf").is_empty


def test_pdf_with_owner_password_is_read(tmp_path):
    content = with_password(pdf([lines(SENTENCE)]), owner="geheim")
    assert document_of(tmp_path, content, "a.pdf").pages[0].text == SENTENCE


def test_pdf_with_user_password_is_refused(tmp_path):
    content = with_password(pdf([lines(SENTENCE)]), user="geheim")
    assert reason_of(tmp_path, content) == "passwortgeschützt"


def test_pdf_header_may_follow_some_rubbish(tmp_path):
    content = b"\n" * 100 + pdf([lines(SENTENCE)])
    assert document_of(tmp_path, content, "a.bin").pages[0].text == SENTENCE


# --- what cannot be read


def archive(members: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return target.getvalue()


WORD_TYPES = b'<Types ContentType="x.wordprocessingml.document.main+xml"/>'


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"%PDF-1.7 und dann nichts", "a.pdf", "beschädigt"),
        (b"%PDF-", "a.pdf", "beschädigt"),
        (b"nur Text", "a.pdf", "beschädigt"),
        (b"nur Text", "a.docx", "beschädigt"),
        (b"PK\x03\x04 abgeschnitten", "a.docx", "beschädigt"),
        (archive({"bild.txt": b"x"}), "a.zip", "nicht unterstützt"),
        (archive({"[Content_Types].xml": b"<Types/>"}), "a.xlsx", "nicht unterstützt"),
        (archive({"[Content_Types].xml": WORD_TYPES}), "a.docx", "beschädigt"),
        (archive({"[Content_Types].xml": WORD_TYPES, "a": bytes(9**7)}), "a.docx", "zu groß"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.png", "nicht unterstützt"),
        (bytes(range(32)) * 50, "a.txt", "nicht unterstützt"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "a.txt", "beschädigt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1alt", "a.doc", "nicht unterstützt"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "passwortgeschützt",
        ),
    ],
)
def test_unreadable_files_say_why(tmp_path, content, name, reason):
    assert reason_of(tmp_path, content, name) == reason


def test_file_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.readers.MAX_BYTES", 10)
    assert reason_of(tmp_path, b"mehr als zehn Zeichen", "a.txt") == "zu groß"


def test_more_text_than_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.readers._MAX_CHARACTERS", 10)
    assert reason_of(tmp_path, b"mehr als zehn Zeichen", "a.txt") == "zu groß"


def test_more_pages_than_the_limit_are_refused(tmp_path, monkeypatch):
    content = pdf([lines(SENTENCE)] * 2)
    assert not document_of(tmp_path, content, "a.pdf").is_empty

    monkeypatch.setattr("ingest.readers.pdf._MAX_PAGES", 1)
    assert reason_of(tmp_path, content, "a.pdf") == "zu groß"


def test_page_with_more_text_than_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.readers.pdf._MAX_PAGE_CHARACTERS", len(SENTENCE) - 1)
    with pytest.raises(UnreadableDocument, match=r"zu groß.*Seite 1 hat über"):
        document_of(tmp_path, pdf([lines(SENTENCE)]), "a.pdf")


def test_a_missing_file_is_unreadable(tmp_path):
    with pytest.raises(UnreadableDocument):
        read(tmp_path / "fehlt.pdf")


def test_half_a_file_never_raises_anything_else(tmp_path):
    whole = pdf([lines(SENTENCE)])
    for end in range(0, len(whole), 37):
        with suppress(UnreadableDocument):
            document_of(tmp_path, whole[:end], "a.pdf")


@pytest.mark.parametrize("content", [b"", b" \n\n ", codecs.BOM_UTF8, bytes(4096)])
@pytest.mark.parametrize("suffix", ["pdf", "docx", "odt", "xlsx", "html", "txt", "csv", "eml"])
def test_file_with_nothing_in_it_is_empty_whatever_its_name(tmp_path, content, suffix):
    (tmp_path / f"leer.{suffix}").write_bytes(content)
    with pytest.raises(UnreadableDocument, match="die Datei ist leer") as caught:
        read(tmp_path / f"leer.{suffix}")
    assert caught.value.verdict is Verdict.EMPTY
    assert "neu kopieren" in caught.value.hint.lower()


def test_text_without_a_heading_is_named_after_its_file(tmp_path):
    text = f"{SENTENCE} {SENTENCE} {SENTENCE}"
    assert document_of(tmp_path, text, "hinweis.txt").title == "hinweis"


def test_the_same_bytes_have_the_same_id(tmp_path):
    first = document_of(tmp_path, SENTENCE, "a.txt")
    second = document_of(tmp_path, SENTENCE, "b.txt")
    assert first.id == second.id
    assert len(first.id) == 12
    assert document_of(tmp_path, OTHER, "a.txt").id != first.id


def test_suffixes_name_every_format():
    assert {".pdf", ".docx", ".html", ".md", ".txt"} <= SUFFIXES


# --- real files

REAL = sorted((SHARED / "docs").glob("*/*.*")) if SHARED.exists() else []


@pytest.mark.skipif(not REAL, reason="the folder with real documents is not beside the checkout")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_files_become_a_document_or_say_why(path):
    with suppress(UnreadableDocument):
        document = read(path)
        assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 100_000 + "b",
        "." * 100_000,
        "> " * 20_000,
        "kurz\n" * 20_000,
        "Kurze Zeile\n\n" * 10_000,
        "Wort-\n" * 20_000,
        "[a](" * 10_000,
        "Zweck " + "." * 20_000,
        "Kontakt\n0561/12345\n" * 5_000,
    ],
    ids=["blanks", "dots", "quotes", "lines", "headings", "hyphens", "links", "leaders", "phones"],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_time_grows_with_the_length_of_the_text_not_faster(tmp_path, text, name):
    started = time.process_time()
    document_of(tmp_path, text, name)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("page", ["utf-8", "utf-16", "cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_of_any_old_program_reads_as_german(tmp_path, page, end):
    text = end.join(["Förderung für Bücher", "", "Die Größe der Zuschüsse trägt das Amt."])
    document = document_of(tmp_path, text.encode(page), "alt.txt")
    assert document.title == "Förderung für Bücher"
    assert document.pages[0].text == "Die Größe der Zuschüsse trägt das Amt."


def test_quotes_of_windows_are_no_umlauts_of_another_page(tmp_path):
    text = "Der Zuschuss, auch „Sockel” oder “Basis” genannt – 5 €, kommt im Mai …"
    assert document_of(tmp_path, text.encode("cp1252"), "alt.txt").pages[0].text == text


def test_packed_file_names_the_way(tmp_path):
    with pytest.raises(UnreadableDocument, match="GZIP") as caught:
        document_of(tmp_path, b"\x1f\x8b\x08" + bytes(range(256)), "archiv.tar.gz")
    assert "entpacken" in caught.value.hint
