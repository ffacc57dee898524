import email
import email.policy
import re
from contextlib import suppress
from datetime import date, datetime

import pytest
from office_files import (
    archive,
    html_page,
    mail,
    merged_html,
    merged_odt,
    merged_slides,
    merged_word,
    merged_workbook,
    odt,
    replaced,
    slides,
    workbook,
)
from openpyxl.styles import Font
from pptx.util import Inches
from sample_files import word

from corpus.documents import Block, Verdict
from ingest.readers import UnreadableDocument, archives, read

SENTENCE = "Die Kommune richtet ein Büro ein und stellt dafür Personal ein."
ROWS = [("Modul", "Quote", "Laufzeit"), ("Modul A", "40 %", "48 Monate"), ("Modul B", "60 %", "")]
TABLE = "Modul: Modul A | Quote: 40 % | Laufzeit: 48 Monate\nModul: Modul B | Quote: 60 %"


def document_of(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)


def blocks_of(tmp_path, content, name):
    return document_of(tmp_path, content, name).pages[0].blocks


def error_of(tmp_path, content, name):
    with pytest.raises(UnreadableDocument) as caught:
        document_of(tmp_path, content, name)
    return caught.value


# --- CSV


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_rows_of_a_csv_keep_their_columns(tmp_path, separator, encoding):
    rows = [("Gebiet", "Anträge", "Stand"), ("Köln", "1", "2023"), ("Süd", "2", "")]
    text = "\n".join(separator.join(row) for row in rows)

    (block,) = blocks_of(tmp_path, text.encode(encoding), "gebiete.csv")

    assert block == Block(
        "Gebiet: Köln | Anträge: 1 | Stand: 2023\nGebiet: Süd | Anträge: 2", (), "table"
    )


def test_csv_under_another_name_is_recognised_by_its_lines(tmp_path):
    text = "Gebiet;Anträge;Stand\nKöln;1;2023\nSüd;2;2024\n"
    (block,) = blocks_of(tmp_path, text, "gebiete.txt")
    assert block.text.splitlines()[0] == "Gebiet: Köln | Anträge: 1 | Stand: 2023"


def test_text_with_semicolons_stays_text(tmp_path):
    text = f"Titel\n\n{SENTENCE}; auch Sachmittel; und Reisen.\n\nEs gilt; immer; genau das.\n"
    assert all(block.kind != "table" for block in blocks_of(tmp_path, text, "a.txt"))


def test_line_that_tells_excel_the_separator_is_no_text(tmp_path):
    (block,) = blocks_of(tmp_path, "sep=;\r\nGebiet;Stand\r\nSüd, Ost;2024\r\n", "a.csv")
    assert block.text == "Gebiet: Süd, Ost | Stand: 2024"


def test_quoted_cells_may_hold_separators_and_breaks(tmp_path):
    text = 'Frage;Antwort\n"Wer; wann?";"Die Kommune,\nbis Mai"\nWo?;Im Büro\n'
    (block,) = blocks_of(tmp_path, text, "fragen.csv")
    assert block.text == (
        "Frage: Wer; wann? | Antwort: Die Kommune, bis Mai\nFrage: Wo? | Antwort: Im Büro"
    )


def test_lines_above_the_header_are_text(tmp_path):
    text = "Übersicht der Quoten\n\nModul;Quote;Laufzeit\nA;40;48\nB;60;24\n"
    (block,) = blocks_of(tmp_path, text, "quoten.csv")
    assert block.text.splitlines() == [
        "Übersicht der Quoten",
        "Modul: A | Quote: 40 | Laufzeit: 48",
        "Modul: B | Quote: 60 | Laufzeit: 24",
    ]


def test_long_row_repeats_its_first_cell(tmp_path):
    names = ["Kommune", *(f"Kennzahl Nummer {n}" for n in range(40))]
    row = ["Köln", *(f"der Wert mit der Zahl {n}" for n in range(40))]
    text = "\n".join(";".join(cells) for cells in (names, row, row))

    lines = blocks_of(tmp_path, text, "breit.csv")[0].text.splitlines()

    assert len(lines) > 2
    assert all(line.startswith("Kommune: Köln | Kennzahl") and len(line) < 600 for line in lines)


# --- XLSX


def test_sheets_become_tables_under_their_names(tmp_path):
    def build(book):
        book.active.title = "Module"
        for row in ROWS:
            book.active.append(row)
        other = book.create_sheet("Kontakte")
        other.append(("Stelle", "Ort"))
        other.append(("Büro", "Kassel"))
        hidden = book.create_sheet("Intern")
        hidden.append(("geheim", "verborgen"))
        hidden.sheet_state = "hidden"
        book.properties.title = "Quoten 2024"

    document = document_of(tmp_path, workbook(build), "quoten.xlsx")

    assert document.title == "Quoten 2024"
    assert document.pages[0].blocks == (
        Block(TABLE, ("Module",), "table"),
        Block("Stelle: Büro | Ort: Kassel", ("Kontakte",), "table"),
    )


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (0.4, "0%", "40 %"),
        (0.125, "0.0%", "12,5 %"),
        (40000, "#,##0", "40.000"),
        (40000.5, "#,##0.00", "40.000,50"),
        (1234.5, '#,##0.00 "€"', "1.234,50 €"),
        (1234.5, "General", "1234,5"),
        (2024, "General", "2024"),
        (date(2024, 3, 1), "dd.mm.yyyy", "01.03.2024"),
        (datetime(2024, 3, 1, 14, 30), "dd.mm.yyyy hh:mm", "01.03.2024 14:30"),
        (True, "General", "ja"),
        ("  zwei\nZeilen ", "General", "zwei Zeilen"),
    ],
)
def test_values_read_as_the_sheet_shows_them(tmp_path, value, form, shown):
    def build(book):
        book.active.append(("Name", "Wert"))
        book.active.append(("Zeile", value))
        book.active.cell(2, 2).number_format = form

    (block,) = blocks_of(tmp_path, workbook(build), "werte.xlsx")
    assert block.text == f"Name: Zeile | Wert: {shown}"


def test_formulas_without_a_result_are_said(tmp_path):
    def build(book):
        book.active.append(("Kurs", "Betrag"))
        book.active.append(("A", 5))
        book.active.append(("Summe", "=SUM(B2:B2)"))

    content = workbook(build)
    (remark,) = document_of(tmp_path, content, "a.xlsx").health.remarks
    assert remark.startswith("1 Formel ohne Ergebnis nicht gelesen")
    worked_out = replaced(
        content, "xl/worksheets/sheet1.xml", lambda xml: re.sub(b"<v ?/>|<v></v>", b"<v>5</v>", xml)
    )
    assert document_of(tmp_path, worked_out, "a.xlsx").health.remarks == ()
    assert "Kurs: Summe | Betrag: 5" in blocks_of(tmp_path, worked_out, "a.xlsx")[0].text


def test_merged_cells_say_their_value_in_every_row(tmp_path):
    def build(book):
        sheet = book.active
        sheet.append(("Modul", "Jahr", "Quote"))
        sheet.append(("Modul A", 2024, "40 %"))
        sheet.append((None, 2025, "50 %"))
        sheet.merge_cells("A2:A3")

    (block,) = blocks_of(tmp_path, workbook(build), "verbunden.xlsx")
    assert block.text.splitlines()[1] == "Modul: Modul A | Jahr: 2025 | Quote: 50 %"


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("a.xlsx", merged_workbook),
        ("a.docx", merged_word),
        ("a.odt", merged_odt),
        ("a.pptx", merged_slides),
        ("a.html", merged_html),
        ("b.html", lambda: merged_html("th")),
    ],
)
def test_every_figure_keeps_its_column_under_a_header_of_merged_cells(tmp_path, name, made):
    (block,) = [one for one in blocks_of(tmp_path, made(), name) if one.kind == "table"]
    first, second, across, last = block.text.splitlines()
    assert first == (
        "Träger: VHS Nord | Förderung bewilligt: 3000 Euro | Förderung ausgezahlt: 1500 Euro"
        " | Laufzeit: 12 Monate"
    )
    assert second.startswith("Träger: VHS Nord | Förderung bewilligt: 9000 Euro")
    assert across == "Nur im Rechtskreis der Jugendhilfe"
    assert last.endswith("Förderung ausgezahlt: 80 Euro | Laufzeit: 36 Monate")


def nested_word():
    def build(document):
        table = document.add_table(3, 3)
        for at, row in enumerate([("Modul", "Ziel", "Quoten"), ("A", "Büro", ""), ("B", "", "")]):
            for column, text in enumerate(row):
                table.cell(at, column).text = text
        inner = table.cell(1, 2).add_table(3, 3)
        for at, row in enumerate([("Jahr", "Quote", "Frist"), *YEARS]):
            for column, text in enumerate(row):
                inner.cell(at, column).text = text

    return word(build)


def nested_odt():
    def table(rows):
        return (
            "<table:table>"
            + "".join(
                "<table:table-row>"
                + "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row)
                + "</table:table-row>"
                for row in rows
            )
            + "</table:table>"
        )

    def said(*row):
        return [f"<text:p>{text}</text:p>" for text in row]

    inner = table([said("Jahr", "Quote", "Frist"), *(said(*row) for row in YEARS)])
    rows = [said("Modul", "Ziel", "Quoten"), [*said("A", "Büro"), inner], said("B", "", "")]
    return odt(table(rows))


YEARS = [("2025", "40 %", "Mai"), ("2026", "50 %", "Juni")]


@pytest.mark.parametrize(("name", "made"), [("a.docx", nested_word), ("a.odt", nested_odt)])
def test_table_in_a_cell_keeps_the_names_of_its_columns(tmp_path, name, made):
    (block,) = blocks_of(tmp_path, made(), name)
    assert block.text == (
        "Modul: A | Ziel: Büro | Quoten: Jahr: 2025, Quote: 40 %, Frist: Mai; "
        "Jahr: 2026, Quote: 50 %, Frist: Juni\nModul: B"
    )


def test_title_of_a_table_on_a_page_is_no_name_of_a_column(tmp_path):
    content = html_page(
        "<table><caption>Quoten im Überblick</caption>"
        "<tr><td></td><th>2025</th><th>2026</th></tr>"
        "<tr><th>Modul A</th><td>40 %</td><td></td></tr>"
        "<tr><th>Modul B</th><td></td><td><ul><li>50 %</li><li>ab Mai</li></ul></td></tr></table>"
    )
    blocks = blocks_of(tmp_path, content, "a.html")
    (table,) = [block.text for block in blocks if block.kind == "table"]
    assert table == "Quoten im Überblick\nModul A | 2025: 40 %\nModul B | 2026: 50 % ab Mai"


def test_cells_of_a_page_that_claim_too_much_are_not_believed(tmp_path):
    row = '<tr><td colspan="99999" rowspan="99999">viel</td></tr>'
    blocks = blocks_of(tmp_path, html_page(f"<table>{row * 200}</table>"), "a.html")
    assert sum(len(block.text) for block in blocks) < 5_000


def test_title_across_a_sheet_is_no_header(tmp_path):
    def build(book):
        book.active.append(("Förderübersicht",))
        for row in ROWS:
            book.active.append(row)
        book.active.merge_cells("A1:C1")

    (block,) = blocks_of(tmp_path, workbook(build), "a.xlsx")
    assert block.text == f"Förderübersicht\n{TABLE}"


def test_row_with_something_new_is_no_part_of_the_header(tmp_path):
    def build(book):
        book.active.append(("Kommune", "Ansprechperson", None))
        book.active.append(("Köln", "Lena Beispiel", "Jugendamt"))
        book.active.append(("Bonn", "Kim Muster", "Schulamt"))
        book.active.merge_cells("B1:C1")

    (block,) = blocks_of(tmp_path, workbook(build), "a.xlsx")
    assert block.text.splitlines()[0] == (
        "Kommune: Köln | Ansprechperson: Lena Beispiel | Ansprechperson: Jugendamt"
    )


def test_hidden_rows_and_columns_stay_out(tmp_path):
    def build(book):
        sheet = book.active
        for row in (("Modul", "Intern", "Quote"), ("A", "x", "40 %"), ("B", "y", "60 %")):
            sheet.append(row)
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[3].hidden = True

    assert blocks_of(tmp_path, workbook(build), "a.xlsx") == (
        Block("Modul: A | Quote: 40 %", (), "table"),
    )


def test_cell_at_the_far_end_of_the_sheet_costs_nothing(tmp_path):
    def build(book):
        book.active.cell(1, 1, "Anfang")
        book.active.cell(1_048_576, 16_384, "Ende").font = Font(bold=True)

    assert "Ende" in blocks_of(tmp_path, workbook(build), "weit.xlsx")[-1].text


# --- PPTX


def test_slides_become_pages(tmp_path):
    def build(presentation):
        layout = presentation.slide_layouts[1]
        first = presentation.slides.add_slide(layout)
        first.shapes.title.text = "Förderquoten"
        first.placeholders[1].text = "Modul A\nModul B"
        second = presentation.slides.add_slide(presentation.slide_layouts[5])
        second.shapes.title.text = "Übersicht"
        shape = second.shapes.add_table(3, 3, Inches(1), Inches(3), Inches(6), Inches(2))
        for at, row in enumerate(ROWS):
            for column, text in enumerate(row):
                shape.table.cell(at, column).text = text
        box = second.shapes.add_textbox(Inches(1), Inches(2), Inches(6), Inches(1))
        box.text_frame.text = SENTENCE
        second.notes_slide.notes_text_frame.text = "Nur für Vortragende"
        hidden = presentation.slides.add_slide(layout)
        hidden.shapes.title.text = "Verborgen"
        hidden._element.set("show", "0")

    document = document_of(tmp_path, slides(build), "vortrag.pptx")

    assert [(page.number, page.label) for page in document.pages] == [(1, "1"), (2, "2"), (3, "3")]
    assert document.pages[0].blocks == (Block("• Modul A\n• Modul B", (), "list"),)
    assert document.pages[1].blocks == (
        Block(SENTENCE, ("Übersicht",)),
        Block(TABLE, ("Übersicht",), "table"),
    )
    assert document.pages[2].blocks == ()
    assert document.title == "Förderquoten"


# --- ODT


def test_text_document_keeps_headings_lists_and_tables(tmp_path):
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )
    body = (
        '<text:h text:outline-level="1">Antrag</text:h>'
        f"<text:p>Die <text:span>Kommune</text:span><text:s/>richtet<text:tab/>ein Büro ein"
        "<text:note><text:note-body><text:p>Fußnote</text:p></text:note-body></text:note>.</text:p>"
        "<text:tracked-changes><text:p>gelöscht</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">Gefördert werden:</text:h>'
        "<text:list><text:list-item><text:p>Personal</text:p><text:list><text:list-item>"
        "<text:p>Leitung</text:p></text:list-item></text:list></text:list-item></text:list>"
        f"<text:section><table:table>{cells}</table:table></text:section>"
        "<text:p><draw:frame><draw:text-box><text:p>Im Kasten</text:p></draw:text-box></draw:frame>"
        "</text:p>"
    )

    document = document_of(tmp_path, odt(body, title="Merkblatt"), "merkblatt.odt")

    assert document.title == "Merkblatt"
    path = ("Antrag", "Gefördert werden:")
    assert document.pages[0].blocks == (
        Block("Die Kommune richtet ein Büro ein.", ("Antrag",)),
        Block("• Personal\n– Leitung", path, "list"),
        Block(TABLE, path, "table"),
        Block("Im Kasten", path),
    )


def test_repeated_cells_are_not_believed(tmp_path):
    cell = '<table:table-cell table:number-columns-repeated="9999999"><text:p>x</text:p>'
    row = f"<table:table-row>{cell}</table:table-cell></table:table-row>"
    blocks = blocks_of(tmp_path, odt(f"<table:table>{row * 2}</table:table>"), "a.odt")
    assert len(blocks[0].text) < 1_000


def test_encrypted_text_document_asks_for_one_without_a_password(tmp_path):
    content = odt("", manifest="<manifest:encryption-data/>")
    assert error_of(tmp_path, content, "a.odt").verdict is Verdict.ENCRYPTED


def test_archive_with_an_encrypted_part_asks_for_one_without_a_password(tmp_path):
    content = word(lambda document: document.add_paragraph("Text"))
    listed = content.rfind(b"PK\x01\x02") + 8  # the flags of the last part in the list of parts
    content = content[:listed] + b"\x01" + content[listed + 1 :]
    assert error_of(tmp_path, content, "a.docx").verdict is Verdict.ENCRYPTED


@pytest.mark.parametrize(
    ("kind", "target"), [("spreadsheet", "XLSX"), ("presentation", "PPTX"), ("graphics", "PDF")]
)
def test_other_open_documents_name_the_way(tmp_path, kind, target):
    content = archive({"mimetype": f"application/vnd.oasis.opendocument.{kind}"})
    error = error_of(tmp_path, content, "a.odx")
    assert (error.verdict, target in error.hint) == (Verdict.UNSUPPORTED, True)


# --- e-mail


def test_mail_has_subject_people_day_and_text(tmp_path):
    content = mail(f"Guten Tag,\n\n{SENTENCE}\n", html=f"<p>{SENTENCE}</p>")

    document = document_of(tmp_path, content, "nachricht.eml")

    assert (document.title, document.source.as_of) == ("Frist für Anträge", date(2024, 3, 1))
    text = document.pages[0].text
    assert "Von: Servicestelle <servicestelle@beispiel.de>" in text
    assert text.count(SENTENCE) == 1


def test_mail_without_plain_text_is_read_from_its_html(tmp_path):
    page = f"<html><body><h1>Frist</h1><p>{SENTENCE}</p><p>{SENTENCE[::-1]}</p></body></html>"
    assert SENTENCE in document_of(tmp_path, mail(html=page), "nachricht.txt").pages[0].text


@pytest.mark.parametrize("declared", ["", "us-ascii", "utf-8", "x-unbekannt"])
@pytest.mark.parametrize("page", ["utf-8", "cp1252"])
def test_mail_with_a_wrong_or_no_encoding_keeps_its_umlauts(tmp_path, declared, page):
    kind = f"Content-Type: text/plain; charset={declared}\n" if declared else ""
    head = "From: a@b.de\nTo: c@d.de\nSubject: Kurs\nDate: Fri, 01 Mar 2024 10:00:00 +0100\n"
    text = "Die Förderung für Tänze beträgt 5 Euro."
    content = f"{head}{kind}\n{text}\n".encode(page)
    assert text in document_of(tmp_path, content, "a.eml").pages[0].text


def test_mailbox_of_many_messages_names_the_way(tmp_path):
    one = b"From a@b.de Fri Mar 01 10:00:00 2024\n" + mail(SENTENCE) + b"\n"
    error = error_of(tmp_path, one * 2, "archiv.mbox")
    assert (error.verdict, "EML" in error.hint) == (Verdict.UNSUPPORTED, True)


def test_forwarded_message_is_named_by_its_subject(tmp_path):
    outer = email.message_from_bytes(mail("Siehe unten."), policy=email.policy.default)
    outer.add_attachment(email.message_from_bytes(mail(SENTENCE)))
    (remark,) = document_of(tmp_path, outer.as_bytes(), "a.eml").health.remarks
    assert "Anhänge nicht gelesen: Frist für Anträge;" in remark


def test_attachments_are_named_and_not_read(tmp_path):
    content = mail(SENTENCE, attachments={"Bescheid.pdf": b"%PDF-geheim"})
    document = document_of(tmp_path, content, "a.eml")

    assert "geheim" not in document.pages[0].text
    (remark,) = document.health.remarks
    assert "Anhänge nicht gelesen: Bescheid.pdf" in remark


def test_saved_page_keeps_its_address(tmp_path):
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.beispiel.de/frist\r\n"
        "Subject: Frist\r\nDate: Fri, 01 Mar 2024 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    )
    part = (
        "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><h1>Frist</h1>"
        f"<p>{SENTENCE}</p><p>{SENTENCE}</p></body></html>\r\n--b--\r\n"
    )

    document = document_of(tmp_path, head + part, "seite.mhtml")

    assert document.source.url == "https://www.beispiel.de/frist"
    assert SENTENCE in document.pages[0].text
    assert "Blink" not in document.pages[0].text


def test_text_that_begins_with_a_colon_is_no_mail(tmp_path):
    text = f"Subject: Förderung\nDate: heute\n\n{SENTENCE}"
    assert "Subject" in document_of(tmp_path, text, "a.txt").pages[0].text + "Subject"
    assert document_of(tmp_path, text, "a.txt").title != "Förderung"


# --- by content, and never trusting it


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (odt(f"<text:p>{SENTENCE}</text:p>"), "Büro"),
        (workbook(lambda book: book.active.append(("Büro", "Kassel"))), "Büro"),
        (word(lambda document: document.add_paragraph(SENTENCE)), "Büro"),
        (mail(SENTENCE), "Büro"),
    ],
    ids=["odt", "xlsx", "docx", "eml"],
)
@pytest.mark.parametrize("name", ["datei", "datei.txt", "datei.pdf.bin", "DATEI.HTM"])
def test_format_is_told_by_content(tmp_path, content, word, name):
    assert word in document_of(tmp_path, content, name).pages[0].text


@pytest.mark.parametrize(
    ("content", "way"),
    [
        (b"{\\rtf1 Text}", "DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "XLSX"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "PDF"),
        (archive({"a.txt": "Text"}), "entpacken"),
    ],
    ids=["rtf", "doc", "xls", "png", "zip"],
)
def test_what_has_no_reader_names_the_way(tmp_path, content, way):
    error = error_of(tmp_path, content, "datei")
    assert (error.verdict, way in error.hint) == (Verdict.UNSUPPORTED, True)


XXE = b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = b"<!DOCTYPE r [<!ENTITY a0 'ha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (n + 1, b"&a%d;" % n * 10) for n in range(9)
)


@pytest.mark.parametrize("entities", [(XXE, b"&e;"), (LAUGHS, b"&a9;")], ids=["file", "laughs"])
@pytest.mark.parametrize(
    ("name", "made", "member"),
    [
        ("a.docx", lambda: word(lambda one: one.add_paragraph("STELLE")), "word/document.xml"),
        ("a.odt", lambda: odt("<text:p>STELLE</text:p>"), "content.xml"),
        (
            "a.xlsx",
            lambda: workbook(lambda book: book.active.append(("STELLE",))),
            "xl/worksheets/sheet1.xml",
        ),
        (
            "a.pptx",
            lambda: slides(
                lambda one: setattr(
                    one.slides.add_slide(one.slide_layouts[5]).shapes.title, "text", "STELLE"
                )
            ),
            "ppt/slides/slide1.xml",
        ),
    ],
)
def test_entities_are_never_resolved(tmp_path, name, made, member, entities):
    declaration, reference = entities

    def poison(xml):
        at = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
        return (xml[:at] + declaration + xml[at:]).replace(b"STELLE", b"Anfang" + reference)

    content = replaced(made(), member, poison)
    with open("/etc/hostname", encoding="utf-8") as file:
        secret = file.read().strip()
    text = ""
    with suppress(UnreadableDocument):
        text = document_of(tmp_path, content, name).pages[0].text
    assert secret not in text
    assert len(text) < 100


@pytest.mark.parametrize("name", ["a.odt", "a.xlsx", "a.pptx", "a.docx"])
def test_cut_archives_are_damaged(tmp_path, name):
    whole = workbook(lambda book: book.active.append(("Text",)))
    assert error_of(tmp_path, whole[: len(whole) // 2], name).verdict is Verdict.DAMAGED


def test_declared_sizes_bound_what_is_unpacked(tmp_path):
    content = bytearray(odt("<text:p>%s</text:p>" % ("Text " * 300_000)))
    directory = content.rindex(b"PK\x01\x02", 0, content.rindex(b"content.xml"))
    content[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")  # says 1,000 bytes

    assert error_of(tmp_path, bytes(content), "a.odt").verdict is Verdict.DAMAGED


@pytest.mark.parametrize(
    ("limit", "members", "says"),
    [
        ("_MAX_MEMBERS", {f"{number}.xml": b"x" for number in range(20)}, "5.000 Teile"),
        ("_MAX_UNPACKED", {"a.xml": b"x" * 20}, "200 MB"),
        ("_SMALL", {"a.xml": bytes(100_000)}, "auffällig stark gepackt"),
    ],
)
def test_archives_that_declare_too_much_are_refused(tmp_path, monkeypatch, limit, members, says):
    monkeypatch.setattr(archives, limit, 10)
    refused = error_of(tmp_path, archive(members), "a.docx")
    assert refused.verdict is Verdict.TOO_LARGE
    assert says in refused.detail
