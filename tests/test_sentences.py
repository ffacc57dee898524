"""A table of sentences: `|` marks where one ends, and it must end nowhere else."""

import time
from itertools import pairwise

import pytest

from corpus.sentences import sentence_spans

LEGAL = """
Gemäß § 3 Abs. 2 Nr. 1 der Richtlinie gilt das auch für Kreise. | Näheres regelt Anlage 2.
Die Frist richtet sich nach Art. 4 Abs. 3 Satz 1 GG. | Sie ist einzuhalten.
Es gilt § 44 BHO i. V. m. Nr. 5.1 ANBest-Gk. | Die Zuwendung ist zweckgebunden.
Vgl. § 12 Abs. 1 S. 2 Hs. 1 SGB VIII.
Das folgt aus § 2. | Die Kommune trägt die Kosten.
Siehe Nr. 4.2.1 der Bekanntmachung. | Dort steht mehr.
Die Voraussetzungen nach §§ 23 ff. BHO sind erfüllt. | Das Land prüft dies.
Die Regelung in Art. 91b GG bleibt unberührt. | Satz 2 gilt entsprechend.
Das Gesetz v. 26. Juni 1990 (BGBl. I S. 1163) wurde geändert. | Es gilt fort.
Maßgeblich ist Kap. 3 Ziff. 2 Buchst. a der Verordnung. | Ausnahmen sind möglich.
Nach Abs. 1 Nrn. 2 und 3 entfällt die Prüfung. | Abs. 4 gilt.
(1) Der Antrag ist schriftlich zu stellen. | (2) Er ist zu begründen.
Es gilt die Fassung vom 1.1.2024. | Ältere Fassungen sind unwirksam.
Die Bek. v. 7.12.2010 I 1952 wurde neu gefasst. | Sie ist gültig.
Zuwendungsempfänger i. S. d. Richtlinie sind Kommunen. | Vereine sind ausgeschlossen.
Nach Maßgabe des Art. 3 Abs. 2 GG i. d. F. vom 3. Mai 2021 ist das zulässig.
Abweichend von Satz 1 gilt Modul 2. | Im Übrigen bleibt es dabei.
Die Ausgaben sind nach Titel 1. Abschnitt B zu buchen.
Der II. Abschnitt regelt die Förderung. | Der III. Abschnitt regelt die Prüfung.
Das steht in Abschnitt IV. | Danach endet die Frist.
"""

ABBREVIATIONS = """
Unterlagen, z. B. ein Lageplan, sind beizufügen. | Fehlende Unterlagen werden nachgefordert.
Es werden z.B. Reisekosten erstattet. | Das gilt auch für Sachkosten.
Das gilt ggf. auch für Zweckverbände. | Näheres steht im Merkblatt.
Kreise, kreisfreie Städte usw. können teilnehmen. | Vereine nicht.
Es nehmen Kreise, Städte usw. teil. | Dort wird beraten.
Förderfähig sind Miete, Strom usw. | Die Kosten sind nachzuweisen.
Die Kommune kann u. a. Personal einstellen. | Sachmittel kommen hinzu.
Die Kommune bzw. der Kreis stellt den Antrag. | Beide haften.
Es sind max. 3 Stellen möglich. | Mehr geht nicht.
Es sind mind. 2 Kommunen beteiligt. | Mehr sind erwünscht.
Rund 2,5 Mio. Euro stehen bereit. | Das reicht nicht.
Der Bund gibt 12 Mrd. Euro aus. | Die Länder geben weniger.
Frau Dr. Weber leitet das Büro. | Herr Prof. Dr. Klein vertritt sie.
Dipl.-Ing. Sommer prüft den Bau. | Er ist zuständig.
Die Stadt St. Wendel nimmt teil. | Auch Bad Hersfeld ist dabei.
Frankfurt a. M. und Offenbach arbeiten zusammen. | Das klappt gut.
Die sog. Kleinprojekte laufen aus. | Neue kommen hinzu.
Die Beratung erfolgt i. d. R. telefonisch. | Termine gibt es online.
Die Sitzung dauert ca. 2 Std. und ist öffentlich.
Das Haus liegt in der Bahnhofstr. 12 in Kassel. | Es ist barrierefrei.
Fragen beantwortet das Sekretariat (Tel. 0561 12345). | Es ist werktags besetzt.
Das Projekt wird vom Verein Bildung e. V. getragen. | Er sitzt in Fulda.
Träger ist der Verein Lernort e.V. | Die Stadt fördert ihn.
Träger ist der Verein Lernort e. V. Hanau und sonst niemand.
Die Firma Muster GmbH & Co. KG liefert. | Sie ist bekannt.
Das Ministerium f. Bildung u. Forschung lädt ein.
Die Anlage Nr. 7 fehlt. | Bitte nachreichen.
Das gilt insb. für Neuanträge. | Altanträge sind ausgenommen.
Die Kosten inkl. MwSt. sind anzugeben. | Skonto ist abzuziehen.
Die Mittel werden entspr. dem Plan verteilt. | Reste verfallen.
Die Landesreg. hat zugestimmt. | Der Bund auch.
Hrsg. ist das BMBF. | Der Druck erfolgte in Bonn.
Teilnehmen dürfen Azubis, Studierende o. Ä. aus der Region.
Die Summe beträgt 3 Tsd. Euro. | Sie ist fällig.
Die Zahl stammt aus Bd. 4 Kap. 2. | Sie ist geschätzt.
Im Jh. davor war das anders, d. h. schlechter.
"""

DATES_AND_NUMBERS = """
Anträge sind bis zum 31. März einzureichen. | Später geht es nicht.
Die Tagung findet am 25. und 26. September statt. | Anmeldungen sind offen.
Sie begann am 1. Januar 2023. | Sie endet am 31. Dezember 2026.
Die Förderung läuft bis 31.12.2027. | Eine Verlängerung ist möglich.
Der Antrag muss bis 30.06. vorliegen. | Danach ist Schluss.
Die Laufzeit endet 2028. | Dann folgt eine Auswertung.
Das Programm startete 2014. | Kommunen konnten sich bewerben.
Im 2. Halbjahr 2024 beginnt die zweite Phase. | Sie dauert ein Jahr.
Im 19. Jahrhundert war das neu. | Heute ist es üblich.
Die 3. Säule ist das Monitoring. | Die 1. Säule ist die Steuerung.
Das gilt für Modul 1. | Kommunen wählen Modul 3 selbst.
Es gibt 12 Standorte. | In 9 davon wird beraten.
Die Quote beträgt 40 %. | In Übergangsregionen sind es 60 %.
Gefördert werden bis zu 25 %. | Der Rest ist Eigenanteil.
Die Mittel betragen 1.500.000 Euro. | Sie sind begrenzt.
Das Honorar beträgt 45,50 €. | Fahrtkosten kommen hinzu.
Die Pauschale liegt bei EUR 1.200. | Sie wird jährlich gezahlt.
Beginn ist um 9.30 Uhr. | Ende ist um 16 Uhr.
Die Sitzung dauert von 10.00 bis 12.30 Uhr.
Die Nummer lautet 4.2. | Sie steht auf Seite 3.
Die Teilnehmerzahl stieg von 12 auf 15. | Das ist erfreulich.
Am Montag, den 3. Juni, tagt der Beirat. | Gäste sind willkommen.
Stichtag ist der 15. Februar eines Jahres. | Ausnahmen gibt es nicht.
Die 5. Auflage erschien 2021. | Die 6. Auflage folgt.
Bis zum 30. 9. 2025 ist zu berichten. | Das Muster liegt bei.
Der Zeitraum 2014–2020 ist abgeschlossen. | Der neue läuft.
1. Antragsberechtigt sind Kommunen. | Sie handeln selbst.
2.1 Gegenstand der Förderung ist die Beratung. | Sie ist kostenlos.
Die Entfernung beträgt 3 km. | Das ist nah.
Die Frist beträgt 14 Tage. | Sie beginnt mit der Zustellung.
Auf Platz 1. folgt Platz 2.
"""

WEB_AND_CONTACTS = """
Mehr steht auf www.beispiel-kommune.de. | Dort gibt es auch Formulare.
Schreiben Sie an info@beispiel.de. | Wir antworten schnell.
Die Seite https://beispiel.de/a.b/c?d=1.2 ist offen. | Sie ist neu.
Die Datei heißt antrag_v2.docx und liegt bei. | Bitte ausfüllen.
Rufen Sie an: 0561/12 34 56-78. | Wir helfen gern.
Telefon: 0228 99 57-0. | Fax gibt es nicht.
Sie erreichen uns unter +49 (0) 30 1234-567. | Montags ist geschlossen.
E-Mail: a.muster@stadt.de, Tel.: 0561 787-0
Unter beispiel.de finden Sie alles. | Nutzen Sie die Suche.
"""

MARKS = """
Er sagte: „Wir fördern das.“ | Danach ging er.
Sie fragte: „Wer zahlt das?“ | Niemand antwortete.
»Kommunen lernen voneinander.« | So lautet das Motto.
»Was heißt das?« fragte die Leiterin.
Das Programm „Lernen im Ort“ läuft aus. | Ein neues folgt.
Das Motto heißt „Gemeinsam!“ und ist alt. | Es bleibt.
Das Projekt »Stadt. Land. Bildung.« endet.
Was wird gefördert? | Gefördert werden Personalausgaben.
Machen Sie mit! | Die Anmeldung ist offen.
Wirklich?! | Ja, wirklich.
Die Kosten (z. B. Miete) sind gedeckelt. | Das ist neu.
Das ist geregelt (siehe Anlage 3). | Dort steht mehr.
(Das gilt nicht für Altfälle.) | Neue Fälle sind betroffen.
Die Liste ist lang ... und wird länger.
Das war alles … | Mehr kommt nicht.
Der Text lautet: „[…] Die Kommune haftet.“ | So steht es dort.
Die Summe (…) Das bleibt offen.
Das steht dort.[3] | Es ist belegt.
Die REAB sind: Nord, Süd und West. | Die Fachstellen sind: A und B.
Zu tun ist: Konzept schreiben; Beteiligung sichern; Monitoring aufbauen. | Das dauert.
Voraussetzung: Die Kommune hat ein Leitbild. | Ohne Leitbild keine Förderung.
Das Angebot richtet sich an Bürger:innen. | Alle sind willkommen.
Die Expert*innen beraten. | Sie kommen ins Haus.
Ansprechpartner/-innen stehen bereit. | Rufen Sie an.
Die Mitarbeiter_innen helfen. | Immer.
Fachkräftesicherung/ Bildung im Strukturwandel ist ein Thema. | Inklusion auch.
Das ‚neue‘ Programm startet. | Es ist größer.
Die Förderung – so die Richtlinie – ist begrenzt. | Sie endet bald.
Sie war „gut.“ | Das reichte nicht.
"""

LETTERS_AND_NAMES = """
A. Müller leitet das Team. | B. Schmidt hilft.
Bitte beachten Sie Anlage A. | Die Anlage liegt bei.
Die Förderung durch J. W. Goethe war privat.
Der DKBM. | Das ist die Abkürzung.
Die Stadt fördert die VHS. | Sie ist bekannt.
Frau M. Sommer und Herr K. Winter leiten die Gruppe C.
Es gilt Variante B. | Die Kommune wählt sie.
Heinrich IV. Straße und Platz heißen gleich.
Das gilt für Projekte dieser Art. | Das ist neu.
Sie ist 10 Jahre alt. | Das ist jung.
Die Stelle wird neu besetzt (m/w/d). | Der Dienstort ist Kassel.
Die Stadt liegt am Rhein. | Der Kreis auch.
Der Kurs ist alt. | Der neue ist international. | Er startet bald.
Die Beratung wird angeboten. | eTwinning ist ein Beispiel.
"""

ENGLISH = """
The programme runs until 31 December 2027. | It may be extended.
Municipalities, e.g. districts, may apply. | Associations may not.
See Art. 3 para. 2 of the guideline. | It is binding.
Dr. Weber and Mr. Klein lead the team. | They sit in Kassel.
The rate is 40 per cent, i.e. less than half. | That is low.
Is funding available? | Yes, it is.
The U.S. model is different. | Ours is local.
Please contact info@example.org. | We will reply.
Funding covers staff, travel, etc. | The rest is paid locally.
The budget is approx. 2.5 million euros. | It is fixed.
"""

TABLES = {
    "legal": LEGAL,
    "abbreviation": ABBREVIATIONS,
    "number": DATES_AND_NUMBERS,
    "web": WEB_AND_CONTACTS,
    "mark": MARKS,
    "name": LETTERS_AND_NAMES,
    "english": ENGLISH,
}
CASES = [
    pytest.param(line, id=f"{name}-{number}")
    for name, table in TABLES.items()
    for number, line in enumerate(table.strip().splitlines(), 1)
]


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize("line", CASES)
def test_sentences_end_where_the_table_says(line):
    expected = line.split(" | ")
    assert cut(" ".join(expected)) == expected


def test_blank_lines_and_bullets_end_a_sentence_without_a_mark():
    text = "Ein Absatz ohne Punkt\n\nDer nächste Absatz\n• ein Punkt\n• noch einer"
    assert cut(text) == [
        "Ein Absatz ohne Punkt",
        "Der nächste Absatz",
        "• ein Punkt",
        "• noch einer",
    ]


def test_a_wrapped_line_does_not_end_a_sentence():
    assert cut("Die Kommune stellt\nden Antrag. Das Land\nprüft ihn.") == [
        "Die Kommune stellt\nden Antrag.",
        "Das Land\nprüft ihn.",
    ]


def test_a_slip_in_capitalisation_still_ends_a_sentence():
    assert len(cut("Der Transfer soll angeregt werden. landesweit können alle profitieren.")) == 2


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "…", ". . .", "?!", "•", "1."])
def test_odd_input_gives_no_blank_spans(text):
    assert all(part.strip() == part and part for part in cut(text))


def test_spans_are_ordered_and_lose_nothing_but_blanks():
    text = "  Erstens gilt § 1.  Zweitens gilt § 2!\n\n Drittens:  A, B "
    spans = sentence_spans(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


def test_the_table_has_at_least_120_cases():
    assert len(CASES) >= 120


def test_long_text_without_an_end_stays_fast():
    started = time.process_time()
    for text in ("z. B. " * 20_000, "." * 100_000, "wort " * 50_000, ("a" * 3000 + ". ") * 50):
        sentence_spans(text)
    assert time.process_time() - started < 2
