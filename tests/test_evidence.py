import pytest

from assistant.evidence import counts, holds, is_in_unit_asked, names_somebody


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        ("phone", "Rufen Sie an: 0555 123456."),
        ("phone", "Telefon +49 (0)555 / 12 34-56"),
        ("email", "Schreiben Sie an buch@example.org."),
        ("email", "buch(at)example.org"),
        ("website", "Mehr unter www.example.org."),
        ("address", "Am Markt, 01234 Musterhausen"),
        ("address", "Gartenstraße 5"),
        ("share", "Es sind 60 Prozent."),
        ("share", "Der Anteil beträgt ein Zwölftel."),
        ("share", "Das sind 66 2/3 von Hundert."),
        ("amount", "Die Geldbuße beträgt bis zu zehntausend Euro."),
        ("amount", "Es sind fünf Prozent."),
        ("duration", "Der Verein muss das spätestens zehn Arbeitstage vorher sagen."),
        ("members", "Der Beirat besteht aus fünf Dörfern."),
        ("members", "Dem Beirat gehören die Dörfer an."),
        ("grade", "Die Stelle wird nach E 11 bezahlt."),
        ("grade", "Es gilt der TVöD."),
        ("extent", "Die Skizze hat höchstens 15 Seiten."),
        ("extent", "Die Skizze hat zwei bis drei Seiten."),
        ("amount", "Die Miete beträgt das Dreifache."),
        ("date", "Der Brief gilt am dritten Tag nach der Post als zugestellt."),
        ("date", "Die letzte Eiszeit endete 13.000 BP."),
        ("end", "Der Bus fährt bis 31.10.2031."),
        ("end", "Der Bus fährt bis Oktober."),
        ("frequency", "Der Beirat trifft sich zweimal im Jahr."),
        ("frequency", "Der Bericht erscheint in jeder Wahlperiode."),
        ("size", "Eine Laube hat höchstens 24 Quadratmeter."),
        ("height", "Die Hecke ist höchstens 1,20 m hoch."),
        ("penalty", "Die Tat wird mit einer Geldbuße bis zu tausend Euro geahndet."),
        ("span", "Die Förderung läuft 24 Monate."),
        ("duration", "Die Förderung läuft 2030 bis 2032."),
        ("share", "Es sind mindestens 90 Masseprozent."),
        ("amount", "Für die Einsicht werden keine Gebühren erhoben."),
        ("hours", "Das Büro ist montags von 9 bis 12 Uhr offen."),
        ("count", "Der Beirat besteht aus einundzwanzig Dörfern."),
        ("share", "Die Hälfte der Kosten"),
        ("amount", "höchstens 5 000 Euro"),
        ("date", "am 30. September 2031"),
        ("date", "Der Bus fährt jeden Mittwoch."),
        ("date", "Das Büro ist ab 9 Uhr besetzt."),
        ("duration", "Sie läuft vier Jahre."),
        ("count", "Es sind zwölf Dörfer."),
        ("papers", "Der Verein legt ein Führungszeugnis vor."),
        ("form", "Dafür gibt es den Vordruck L 12."),
        ("account", "Zahlen Sie auf DE00 1234 5678 9012 3456 78."),
        ("role", "Leitung: Rita Beispiel"),
        ("role", "Frau Beispiel, Leiterin der Bücherei"),
        ("role", "Rita Beispiel leitet den Lesebus."),
    ],
)
def test_fact_is_recognised(evidence, text):
    assert holds(evidence, text)


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        ("phone", "Paragraf 12 gilt seit 2031."),
        ("phone", "Der Bus fährt seit dem 01.02.2024."),
        ("email", "Schreiben Sie uns."),
        ("address", "Der Bus fährt durch 30 Dörfer."),
        ("share", "Die Quote ist hoch."),
        ("amount", "Es gibt viel Geld."),
        ("date", "Das steht noch nicht fest."),
        ("duration", "Die Dauer ist offen."),
        ("count", "Viele Dörfer nehmen teil."),
        ("count", "Der Beirat berät nach § 27 Absatz 2 Satz 1."),
        ("amount", "Die Laube hat eine einfache Ausführung und mehrfachen Nutzen."),
        ("date", "Der Zuschuss beträgt 250 Euro."),
        ("date", "Das steht in § 823."),
        ("end", "Der Zuschuss beträgt 3 bis 6 Millionen Euro."),
        ("end", "Der Bus nutzt eine eigene Endenergiequelle."),
        ("frequency", "Auf Antrag gibt es eine Sitzung."),
        ("frequency", "Der Beirat berät das Büro."),
        ("size", "Der Lesebus ist groß."),
        ("height", "Die Laube hat höchstens 24 Quadratmeter."),
        ("penalty", "Ordnungswidrig handelt, wer falsche Angaben macht."),
        ("span", "Die Förderung läuft 2030 bis 2032."),
        ("hours", "Das Büro ist offen."),
        ("papers", "Der Verein meldet den Bus beim Kreis an."),
        ("form", "Auf Antrag gibt es ein Zeugnis."),
        ("account", "Zahlen Sie den Beitrag an den Verein."),
        ("role", "Ansprechpartnerin ist Rita Beispiel."),
        ("role", "Die Leitung des Lesebusses hilft weiter."),
        ("role", "Sind Beauftragte zuständig, leitet das Büro die Bitte an diese weiter."),
        ("role", "Die Beauftragte des Deutschen Bundestages hilft."),
    ],
)
def test_words_alone_are_no_fact(evidence, text):
    assert not holds(evidence, text)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Acht kleine Büros (LB) und fünf Busse fahren.", ["kleine Büros (LB) und fünf", "Busse"]),
        ("Die 40 Dörfer und kleinen Städte zahlen.", ["Dörfer und kleinen Städte"]),
        ("Es fahren 37 Millionen Fahrgäste mit.", ["Millionen Fahrgäste"]),
        ("Beteiligt sind 1.388 (0,9 %) kleine Dörfer.", ["kleine Dörfer."]),
        ("Größe: klein | bezahlte Stellen im Verein: drei", ["bezahlte Stellen im Verein"]),
        ("Der Verein braucht mindestens eine Halle.", ["Halle."]),
        ("Die Fahrt kostet 7 Euro pro Kind.", ["Euro"]),
        ("Der Bus hält an einer Schule für ein Dorf.", []),
        ("2.1 Busse sind Fahrzeuge mit Büchern.", []),
        ("(3) Busse gibt es nur im Sommer.", []),
        ("25 Busse fahren.", ["Busse"]),
        ("Das Verfahren ist zweistufig.", ["Stufen"]),
        ("Im Sommer 2015 begannen Dörfer damit.", []),
        ("Es gibt viele Büros.", []),
        ("Das gilt nach § 4 Absatz 2 für alle Busse.", []),
    ],
)
def test_number_counts_the_first_noun_behind_it_or_its_label(text, counted):
    found = counts(text)

    assert len(found) == len(counted)
    assert all(one in other for one, other in zip(counted, found, strict=True))
    assert not any("Kind" in one for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Agentur berät Kommunen in Hessen.", True),
        ("Für Hessen ist das Büro zuständig.", True),
        ("In Hessen gibt es die Leseagentur, eine Agentur des Landes.", True),
        ("Hessen förderte 2023 neun Kommunen.", False),
    ],
)
def test_who_can_be_asked_is_told_from_what_is_merely_there(text, expected):
    assert names_somebody(text) is expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Wie viel Euro kostet die Fahrt?", "Die Fahrt kostet 7 Euro.", True),
        ("Wie viel Euro kostet die Fahrt?", "Die Fahrt kostet 6 Prozent mehr.", False),
        ("Wie viel Euro kostet die Fahrt?", "Die Fahrt ist kostenlos.", True),
        ("Wie viel Euro kostet die Fahrt?", "Es gibt unentgeltliche Fahrten.", False),
        ("Was kostet die Fahrt?", "Die Fahrt kostet 6 Prozent mehr.", True),
    ],
    ids=["money", "a share instead", "nothing to pay", "something free", "no unit asked"],
)
def test_a_question_for_euros_is_answered_in_money(question, text, expected):
    assert is_in_unit_asked(question, text) is expected
