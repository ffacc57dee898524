import csv
import timeit
from collections import Counter
from importlib.resources import files

import pytest

from corpus.places import Place, find_places, load_places

OFFICIAL_COUNTS = {
    "Schleswig-Holstein": 15,
    "Hamburg": 1,
    "Niedersachsen": 45,
    "Bremen": 2,
    "Nordrhein-Westfalen": 53,
    "Hessen": 26,
    "Rheinland-Pfalz": 36,
    "Baden-Württemberg": 44,
    "Bayern": 96,
    "Saarland": 6,
    "Berlin": 1,
    "Brandenburg": 18,
    "Mecklenburg-Vorpommern": 8,
    "Sachsen": 13,
    "Sachsen-Anhalt": 14,
    "Thüringen": 22,
}
KINDS = {
    "Land",
    "Landkreis",
    "Kreis",
    "Region",
    "Regionalverband",
    "Städteregion",
    "kreisfreie Stadt",
    "Stadtkreis",
    "kreisangehörige Stadt",
    "kreisangehörige Gemeinde",
}


@pytest.fixture(scope="module")
def rows():
    text = (files("corpus") / "places.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_land_has_its_official_number_of_kreise(rows):
    kreise = Counter(row["land"] for row in rows if len(row["ags"]) == 5)

    assert kreise == OFFICIAL_COUNTS
    assert kreise.total() == 400


def test_there_are_106_kreisfreie_staedte(rows):
    kinds = Counter(row["kind"] for row in rows)

    assert kinds["kreisfreie Stadt"] + kinds["Stadtkreis"] == 106
    assert kinds["Land"] == 16


def test_the_table_is_sound(rows):
    keys = [row["ags"] for row in rows]
    lands = {row["ags"]: row["name"] for row in rows if row["kind"] == "Land"}

    assert len(keys) == len(set(keys))
    assert {row["kind"] for row in rows} == KINDS
    assert all(row["ags"].isdigit() and len(row["ags"]) in (2, 5, 8) for row in rows)
    assert all(lands[row["ags"][:2]] == row["land"] for row in rows)
    assert not any(row[field] != row[field].strip() for row in rows for field in row)


def test_a_member_town_lies_in_a_kreis_of_the_table(rows):
    kreise = {row["ags"] for row in rows if len(row["ags"]) == 5}

    assert {row["ags"][:5] for row in rows if len(row["ags"]) == 8} <= kreise


def test_the_table_is_found_from_any_working_directory(tmp_path, monkeypatch, rows):
    monkeypatch.chdir(tmp_path)
    load_places.cache_clear()

    assert len(load_places()) == len(rows)


@pytest.mark.parametrize("with_umlauts", [True, False])
def test_every_kreis_is_found_by_its_full_name(rows, with_umlauts):
    spelling = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    for row in rows:
        if len(row["ags"]) != 5:
            continue
        place = Place(row["name"], row["kind"], row["land"])
        asked = f"Wer berät {place.full_name}?"

        (found,) = find_places(asked if with_umlauts else asked.translate(spelling))

        assert found.land == place.land
        assert found.name == place.name
        assert found.kind in (place.kind, "Land")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Wer ist für den Landkreis Görlitz zuständig?", ["Landkreis Görlitz (Sachsen)"]),
        ("LK Görlitz", ["Landkreis Görlitz (Sachsen)"]),
        ("Lkr. München", ["Landkreis München (Bayern)"]),
        ("Hof/Saale", ["Stadt Hof (Bayern)"]),
        ("landkreis goerlitz", ["Landkreis Görlitz (Sachsen)"]),
        ("im Görlitzer Kreis", ["Landkreis Görlitz (Sachsen)"]),
        ("der Landkreis Go\u0308rlitz", ["Landkreis Görlitz (Sachsen)"]),
        ("Kreis Euskirchen", ["Kreis Euskirchen (Nordrhein-Westfalen)"]),
        ("des Landkreises Stade", ["Landkreis Stade (Niedersachsen)"]),
        ("im Erzgebirgskreis", ["Erzgebirgskreis (Sachsen)"]),
        ("im Erzgebirge", ["Erzgebirgskreis (Sachsen)"]),
        ("des Saalekreises", ["Saalekreis (Sachsen-Anhalt)"]),
        ("im Ilmkreis", ["Ilm-Kreis (Thüringen)"]),
        ("Kreis Wetterau", ["Wetteraukreis (Hessen)"]),
        ("im Kreis Rhein-Sieg", ["Rhein-Sieg-Kreis (Nordrhein-Westfalen)"]),
        ("Rhein Erft Kreis", ["Rhein-Erft-Kreis (Nordrhein-Westfalen)"]),
        ("im Märkischen Kreis", ["Märkischer Kreis (Nordrhein-Westfalen)"]),
        (
            "im rheinisch-bergischen Kreis",
            ["Rheinisch-Bergischer Kreis (Nordrhein-Westfalen)"],
        ),
        (
            "Mecklenburgischen Seenplatte",
            ["Landkreis Mecklenburgische Seenplatte (Mecklenburg-Vorpommern)"],
        ),
        ("Region Hannover", ["Region Hannover (Niedersachsen)"]),
        ("Städteregion Aachen", ["Städteregion Aachen (Nordrhein-Westfalen)"]),
        ("Regionalverband Saarbrücken", ["Regionalverband Saarbrücken (Saarland)"]),
        ("Stadt Fürth", ["Stadt Fürth (Bayern)"]),
        ("bei uns in Fürth", ["Fürth (Stadt oder Landkreis, Bayern)"]),
        ("Kassel (Stadt)", ["Stadt Kassel (Hessen)"]),
        ("Leipzig-Land", ["Landkreis Leipzig (Sachsen)"]),
        ("Stadt und Landkreis Kassel", ["Kassel (Stadt oder Landkreis, Hessen)"]),
        ("Region Leipzig", ["Leipzig (Stadt oder Landkreis, Sachsen)"]),
        (
            "Landkreise Leipzig und Zwickau",
            ["Landkreis Leipzig (Sachsen)", "Landkreis Zwickau (Sachsen)"],
        ),
        ("Kreis Neuss", ["Rhein-Kreis Neuss (Nordrhein-Westfalen)"]),
        ("Stadt Eisenach", ["Stadt Eisenach (Thüringen)"]),
        ("Landkreis Eisenach", ["Eisenach (Thüringen)"]),
        ("Landkreis Oder-Spree", ["Landkreis Oder-Spree (Brandenburg)"]),
        ("Neustadt an der Weinstraße", ["Stadt Neustadt an der Weinstraße (Rheinland-Pfalz)"]),
        ("Neustadt a.d.Waldnaab", ["Landkreis Neustadt an der Waldnaab (Bayern)"]),
        ("Frankfurt (Oder)", ["Stadt Frankfurt (Oder), Brandenburg"]),
        ("frankfurt/oder", ["Stadt Frankfurt (Oder), Brandenburg"]),
        ("Frankfurt am Main", ["Stadt Frankfurt am Main (Hessen)"]),
        ("Frankfurt a.M.", ["Stadt Frankfurt am Main (Hessen)"]),
        ("Frankfurt in Hessen", ["Stadt Frankfurt am Main (Hessen)", "Hessen"]),
        ("Halle an der Saale", ["Stadt Halle (Saale), Sachsen-Anhalt"]),
        ("in Halle", ["Stadt Halle (Saale), Sachsen-Anhalt"]),
        ("Halle (Westf.)", ["Stadt Halle (Westf.), Nordrhein-Westfalen"]),
        ("hessische Kommunen", ["Hessen"]),
        ("in bayerischen Gemeinden", ["Bayern"]),
        ("sächsisch", ["Sachsen"]),
        ("niedersächsische Kreise", ["Niedersachsen"]),
        ("sachsen-anhaltische Schulen", ["Sachsen-Anhalt"]),
        ("nordrhein-westfälische Städte", ["Nordrhein-Westfalen"]),
        ("rheinland-pfälzische Kommunen", ["Rheinland-Pfalz"]),
        ("saarländischer Landkreis", ["Saarland"]),
        ("schleswig-holsteinischen", ["Schleswig-Holstein"]),
        ("Brandenburger Kommunen", ["Brandenburg"]),
        ("Thüringer Landkreise", ["Thüringen"]),
        ("Bayerns Kommunen", ["Bayern"]),
        ("im Saarland", ["Saarland"]),
        ("Sachsen Anhalt", ["Sachsen-Anhalt"]),
        ("Freistaat Sachsen", ["Sachsen"]),
        ("Mark Brandenburg", ["Brandenburg"]),
        ("Stadt Brandenburg", ["Stadt Brandenburg an der Havel (Brandenburg)"]),
        ("Berlin-Brandenburg", ["Berlin", "Brandenburg"]),
        ("Wer ist in Berlin, Hamburg und Bremen zuständig?", ["Berlin", "Hamburg", "Bremen"]),
        ("REAB Rheinland-Pfalz – Saarland", ["Rheinland-Pfalz", "Saarland"]),
        ("ansprechpartner fuer niedersachsen?", ["Niedersachsen"]),
        ("NRW-Kommunen", ["Nordrhein-Westfalen"]),
        ("nrw", ["Nordrhein-Westfalen"]),
        ("RLP", ["Rheinland-Pfalz"]),
        ("BaWü", ["Baden-Württemberg"]),
        ("in MV", ["Mecklenburg-Vorpommern"]),
        ("Meck-Pomm", ["Mecklenburg-Vorpommern"]),
        ("S-H", ["Schleswig-Holstein"]),
        ("Who advises Lower Saxony and Saxony-Anhalt?", ["Niedersachsen", "Sachsen-Anhalt"]),
        ("Saxony", ["Sachsen"]),
        ("Bavaria, Hesse or Thuringia", ["Bayern", "Hessen", "Thüringen"]),
        ("North Rhine-Westphalia", ["Nordrhein-Westfalen"]),
        ("Rhineland-Palatinate", ["Rheinland-Pfalz"]),
        ("the district of Görlitz", ["Landkreis Görlitz (Sachsen)"]),
        ("city of Munich", ["Stadt München (Bayern)"]),
        ("DLR in Köln", ["Stadt Köln (Nordrhein-Westfalen)"]),
        ("Münchner Stadtrat", ["Stadt München (Bayern)"]),
        ("Wer ist für Essen zuständig?", ["Stadt Essen (Nordrhein-Westfalen)"]),
        ("wer hilft in essen", ["Stadt Essen (Nordrhein-Westfalen)"]),
        ("Stadt Essen", ["Stadt Essen (Nordrhein-Westfalen)"]),
        (
            "Köln, Essen und Hamm",
            [f"Stadt {name} (Nordrhein-Westfalen)" for name in ("Köln", "Essen", "Hamm")],
        ),
        ("Was gilt für Hof?", ["Hof (Stadt oder Landkreis, Bayern)"]),
        ("Landkreis Regen", ["Landkreis Regen (Bayern)"]),
        ("Landkreis Roth", ["Landkreis Roth (Bayern)"]),
        ("Landkreis Leer", ["Landkreis Leer (Niedersachsen)"]),
        ("Landkreis Harz", ["Landkreis Harz (Sachsen-Anhalt)"]),
        ("Kreis Bergstraße", ["Landkreis Bergstraße (Hessen)"]),
        ("in Erlangen", ["Stadt Erlangen (Bayern)"]),
    ],
)
def test_a_named_place_is_found(text, labels):
    assert [place.label for place in find_places(text)] == labels


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Was ist eine Bildungskommune?",
        "Sind Ausgaben für Essen förderfähig?",
        "Was kostet das Mittagessen im Ganztag?",
        "Zuschuss zum Essen und Trinken",
        "Findet der Fachtag bei Regen statt?",
        "in der Halle oder auf dem Hof",
        "Wir siegen, wenn alle mithelfen.",
        "Muss man die Blumen gießen?",
        "Das Konto ist leer.",
        "Wie können wir eine Förderung erlangen?",
        "Ansprechpartnerin ist Frau Roth.",
        "Herr Bremer und Dr. Hagen",
        "Berliner Straße 5",
        "in der Bergstraße 12",
        "im Harz",
        "Unterschied zwischen Land und Kreis",
        "Welche Städte und Landkreise sind antragsberechtigt?",
        "Der Main fließt in den Rhein.",
        "Ist die Mark noch gültig?",
        "Wann ist die Frist, und wer entscheidet?",
        "Is the lunch eligible, and who can apply?",
    ],
)
def test_an_ordinary_word_is_no_place(text):
    assert find_places(text) == ()


@pytest.mark.parametrize("name", ["Kassel", "Offenbach", "München", "Leipzig", "Rostock"])
def test_a_name_of_two_kinds_keeps_its_land(name):
    (place,) = find_places(f"Wer ist für {name} zuständig?")

    assert place.land
    assert not place.kind
    assert len(place.variants) >= 2


@pytest.mark.parametrize(
    ("text", "lands"),
    [
        ("Frankfurt", {"Hessen", "Brandenburg"}),
        ("Frankfurt oder Kassel", {"Hessen", "Brandenburg"}),
        ("Rothenburg", {"Bayern", "Sachsen"}),
        ("Rotenburg", {"Niedersachsen", "Hessen"}),
        ("Dillingen", {"Bayern", "Saarland"}),
        ("Birkenfeld", {"Rheinland-Pfalz", "Baden-Württemberg"}),
    ],
)
def test_a_name_in_several_laender_stays_open(text, lands):
    place = find_places(text)[0]

    assert place.is_ambiguous
    assert place.land is None
    assert {candidate.land for candidate in place.candidates} == lands
    assert all(land in place.label for land in lands)


def test_neustadt_lies_in_many_laender_but_a_landkreis_neustadt_only_in_bayern():
    (open_place,) = find_places("bei uns in Neustadt")
    (district,) = find_places("Landkreis Neustadt")

    assert len({candidate.land for candidate in open_place.candidates}) >= 5
    assert district == Place("Neustadt", "Landkreis", "Bayern")


def test_a_place_named_twice_is_given_once():
    assert len(find_places("Görlitz, Landkreis Görlitz: Landkreis Görlitz")) == 2


def test_a_question_is_read_in_less_than_a_millisecond():
    question = "Wer berät Frankfurt an der Oder, den Landkreis Görlitz und die Stadt Halle (Saale)?"
    find_places(question)

    seconds = min(timeit.repeat(lambda: find_places(question), number=10, repeat=20)) / 10

    assert seconds < 0.001
