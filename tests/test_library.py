"""The starter library says only what the facts say, in our own words, and shows what is unsure."""

import re
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from sample_library import ADVISED

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
SHARED = Path(__file__).resolve().parents[2] / "shared"
FACTS = SHARED / "facts.md"
SEEDS = SHARED / "seeds"

REQUIRED_KEYS = {"title", "source_title", "publisher", "url", "kind", "level", "evidence"}
DATE_KEYS = {"as_of", "valid_from", "valid_until"}
LIST_KEYS = {"lands", "themes"}
LEVELS = {"Bund", "Land", "Kommune"}
KINDS = set(
    "Aufruf|Bekanntmachung|Beratungsstelle|Fachbegriff|Fachstelle|Flyer|Fragen und Antworten|"
    "Glossar|Meldung|Ministerium|Nachbarprogramm|Programmdokument|Programmseite|Projektträger|"
    "Rechtsinformation|Richtlinie|Vorgängerprogramm|Wissensplattform|Übersicht".split("|")
)
TOPICS = """
    bildungskommunen-ueberblick foerderrichtlinie-bildungskommunen antragsberechtigung
    module-ueberblick modul-1-bildungsmanagement modul-2-bildungslandschaft-und-portal
    modul-3-themenschwerpunkte foerderquote-und-eigenanteil foerderdauer foerderfaehige-ausgaben
    foerderregionen-esf-plus antragsfristen-bildungskommunen bildungskommunen-vor-ort
    ganztag-linie-ueberblick ganztag-antragsberechtigung ganztag-geld-und-ausgaben
    ganztag-fristen-und-verfahren rechtsanspruch-ganztag
    fachnetzwerk welche-reab-ist-zustaendig reab-bayern reab-brandenburg reab-hessen
    reab-mitteldeutschland reab-niedersachsen reab-nord reab-nrw reab-rheinland-pfalz-saarland
    fachstellen-ueberblick fachstelle-kosmo-bildungsmonitoring fachstelle-fabinek-bne
    fachstelle-fabis-fachkraeftesicherung fachstelle-kulturelle-bildung
    fachstelle-faberid-integration-demokratie lotta dlr-projekttraeger zustaendiges-ministerium
    lernen-vor-ort transferagenturen bildung-integriert koordinierung-neuzugewanderte
    dkbm bildungsmonitoring-und-bildungsbericht bildungsbuero bildungsportal bildungslandschaft
    investitionsprogramm-ganztagsausbau startchancen-programm kultur-macht-stark
    glossar was-die-unterlagen-nicht-sagen
""".split()
TOPIC_WORDS = (
    "Antrag und Verfahren|Beratung und Netzwerk|Bildungslandschaft und Portal|Bildungsmanagement|"
    "Bildungsmonitoring|Förderung und Geld|Ganztag|Programm und Module"
).split("|")
THEMES = (
    "Kulturelle Bildung|Demokratiebildung|Bildung für nachhaltige Entwicklung|"
    "Integration durch Bildung|Fachkräftesicherung|Inklusion"
).split("|")
UNDOCUMENTED = (
    "Baden-Württemberg|Berlin|Hamburg|Bremen|Schleswig-Holstein|Mecklenburg-Vorpommern".split("|")
)
# One word for each question that the facts leave open.
GAPS = (
    "Hauptlinie|Bearbeitungszeit|Pauschale für indirekte|Stammpersonal|Entgeltgruppe|Stiftungsgeld|"
    "vorzeitiger Maßnahmenbeginn|Antragsportal|Anlagen|Vereinbarung mit der REAB|Verlängerung|"
    "Wechsel des Themas|unbesetzt|Zwischennachweis|Aufbewahrungsfrist|Baden-Württemberg|REAB Nord|"
    "Region Leipzig|KomBi|Zweckbindungsfrist|Liste der Bildungskommunen|Landesförderung|"
    "zwei kreisangehörigen Gemeinden|Fortsetzung|Vergaberegeln|Förderhöchstbetrag|ANBest-Gk|"
    "REAB Niedersachsen|fünf Fachstellen|Inklusion|Kürzungen"
).split("|")

URL = re.compile(r"https?://[^\s)\]>;,\"]+|\bwww\.[\w.-]+\w")
MAIL = re.compile(r"[\w.+-]+@[\w.-]+\.\w+")
PHONE = re.compile(r"(?<![\d.,])(?:\+49|0[1-9]\d{1,4})[ /()-]*\d[\d /-]{4,}")
PERSON = re.compile(r"\b(?:Frau|Herrn?|Dr\.|Prof\.)\s+[A-ZÄÖÜ]")
DATE = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
MONTHS = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
)
MONTH_YEAR = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{4}})\b")
NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?(?:[- ](?:%|Mio|Millionen|Mrd|Euro))?")
POINTS_BACK = re.compile(
    r"(?:Er|Sie|Es|Dies|Diese[rsnm]?|Jene[rsnm]?|Dort|Da(?:bei|zu|für|mit|von|raus|durch|nach)|"
    r"Darin|Darauf|Darüber|Hier\w*|Ihre?[rsnm]?|Seine?[rsnm]?|Letztere\w*|Beides?|Außerdem|Das)"
    r"(?= [a-zäöüß])"
)
LONGEST_SENTENCE = 32
SHARED_RUN = 8


class Entry(NamedTuple):
    name: str
    front: dict
    body: str


def read_entry(path: Path) -> Entry:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return Entry(path.stem, yaml.safe_load(front), body)


ENTRIES = [read_entry(path) for path in sorted((CORPUS / "library").glob("*.md"))]
BY_NAME = {entry.name: entry for entry in ENTRIES}
each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(text: str, length: int = SHARED_RUN) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


def split_sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„])", text.strip())


def prose_sentences(body: str) -> list[str]:
    lines = [line for line in body.splitlines() if line and line[0] not in "#-|"]
    return [sentence for line in lines for sentence in split_sentences(line)]


def number_token(raw: str) -> str:
    token = raw.replace(".", "").replace("-", " ").replace("Millionen", "Mio")
    return token.replace(" ", "")


def figures(text: str) -> set[str]:
    """Dates, months, amounts and other numbers in one spelling; 1.000 and 1000 are the same."""
    text = MAIL.sub(" ", URL.sub(" ", text))
    # "19.09. und 10.10.2023" names two full dates
    text = re.sub(r"(\d\.\d\d\.)(?= (?:und|bis) \d{1,2}\.\d\d\.(\d{4}))", r"\g<1>\g<2>", text)
    found = {f"{y}-{int(m):02}-{int(d):02}" for d, m, y in DATE.findall(text)}
    found |= {f"{y}-{MONTHS.index(m) + 1:02}" for m, y in MONTH_YEAR.findall(text)}
    rest = MONTH_YEAR.sub(" ", DATE.sub(" ", text))
    return found | {number_token(raw) for raw in NUMBER.findall(rest)}


def with_coarser(found: set[str]) -> set[str]:
    """A known day proves its month and year; an amount in a unit proves the bare number."""
    days = {token for token in found if re.fullmatch(r"\d{4}-\d\d-\d\d", token)}
    months = {token[:7] for token in days} | {t for t in found if re.fullmatch(r"\d{4}-\d\d", t)}
    return found | months | {month[:4] for month in months}


def fact_statements(text: str) -> str:
    """The facts without their numbering, which would prove every small figure."""
    text = text.split("## Bekannte Widersprüche")[0] + text.partition("## (a)")[2]
    text = re.sub(r"(?m)^(?:\d+\. |#+ [\d. ]*|\| Q\d+ )", "", text)
    return re.sub(r"Fakt(?:en)? \d+(?:, \d+)*", "", text)


def unproven(text: str, facts: str) -> set[str]:
    return figures(text) - with_coarser(figures(fact_statements(facts)))


@pytest.fixture(scope="module")
def facts() -> str:
    if not FACTS.exists():
        pytest.skip("facts.md is not part of this checkout")
    return FACTS.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def seed_runs() -> set[tuple[str, ...]]:
    if not SEEDS.is_dir():
        pytest.skip("the seed documents are not part of this checkout")
    found = set().union(*(runs(p.read_text(encoding="utf-8")) for p in SEEDS.glob("*.txt")))
    assert found
    return found


def test_library_covers_every_topic():
    assert len(ENTRIES) >= 30
    assert set(TOPICS) <= set(BY_NAME)


@each_entry
def test_front_matter_is_complete_and_valid(entry):
    front = entry.front
    assert set(front) >= REQUIRED_KEYS
    assert set(front) <= REQUIRED_KEYS | DATE_KEYS | LIST_KEYS
    assert all(isinstance(front[key], str) and front[key].strip() for key in REQUIRED_KEYS)
    assert all(type(front[key]) is date for key in DATE_KEYS & set(front))
    assert front["level"] in LEVELS
    assert front["kind"] in KINDS
    assert front["evidence"] in {"A", "B", "C"}
    assert URL.fullmatch(front["url"])
    assert front.get("valid_from", date.min) <= front.get("valid_until", date.max)


@each_entry
def test_themes_are_few_and_lands_are_named_in_the_text(entry):
    assert set(entry.front.get("themes", ())) <= {*TOPIC_WORDS, *THEMES}
    assert all(land in entry.body for land in entry.front.get("lands", ()))
    assert entry.front["level"] != "Land" or "lands" in entry.front or entry.name == "reab-nord"


@each_entry
def test_body_has_title_sections_and_sources(entry):
    assert entry.body.lstrip().splitlines()[0] == f"# {entry.front['title']}"
    assert entry.body.count("\n# ") == 1
    assert entry.body.count("\n## ") >= 2
    sources = entry.body.partition("\n## Quellen\n")[2]
    assert entry.front["url"] in sources


@each_entry
def test_missing_date_is_said(entry):
    if "as_of" not in entry.front:
        assert re.search(r"kein Datum", entry.body)


@each_entry
def test_dates_in_front_matter_are_in_the_facts(entry, facts):
    known = with_coarser(figures(fact_statements(facts)))
    for key in DATE_KEYS & set(entry.front):
        day = entry.front[key].isoformat()
        edge = day[5:] in {"01-01", "12-31"} and day[:4] in known
        edge = edge or (day.endswith("-01") and day[:7] in known)
        assert day in known or edge, f"{key}: {day}"
        if key == "as_of" and day not in known:
            assert "als Stand ist" in entry.body


@each_entry
def test_figures_are_in_the_facts(entry, facts):
    assert unproven(entry.body, facts) == set()


@each_entry
def test_addresses_are_in_the_facts(entry, facts):
    for address in {*URL.findall(entry.body), *MAIL.findall(entry.body), entry.front["url"]}:
        assert address.rstrip("/.") in facts, address


@each_entry
def test_wording_is_our_own(entry, facts, seed_runs):
    assert runs(entry.body) & seed_runs == set()
    stated = {" ".join(words(s)) for line in facts.splitlines() for s in split_sentences(line)}
    ours = {" ".join(words(s)) for s in prose_sentences(entry.body) if len(words(s)) >= SHARED_RUN}
    assert ours & stated == set()


@each_entry
def test_sentences_stand_alone(entry):
    for sentence in prose_sentences(entry.body):
        assert not POINTS_BACK.match(sentence), sentence
        assert "siehe oben" not in sentence
        assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


@each_entry
def test_lists_are_introduced(entry):
    blocks = [block for block in entry.body.split("\n\n") if block.strip()]
    for before, block in pairwise(blocks):
        if block.startswith("- ") and "## Quellen" not in entry.body.split(block)[0]:
            assert before.endswith(":"), block


@each_entry
def test_doubt_is_marked(entry):
    for sentence in prose_sentences(entry.body):
        if re.search(r"vermutlich|wahrscheinlich", sentence):
            assert sentence.startswith("Unsicher:"), sentence
        if re.search(r"nicht dokumentiert|sagen die Unterlagen (nicht|weder)", sentence):
            assert sentence.startswith("Nicht belegt:"), sentence


@each_entry
def test_no_personal_data(entry):
    text = URL.sub(" ", entry.body)
    assert not PHONE.search(text)
    assert not PERSON.search(text)
    assert all(mail.endswith("@dlr.de") for mail in MAIL.findall(text))


def test_ended_programmes_say_so():
    ended = [entry for entry in ENTRIES if entry.front["kind"] == "Vorgängerprogramm"]
    assert len(ended) == 4
    for entry in ended:
        assert entry.front["valid_until"] < date(2024, 2, 1)
        assert "beendet" in entry.front["title"]


def test_every_theme_has_a_section():
    headings = re.findall(r"(?m)^## Thema (.+)$", BY_NAME["modul-3-themenschwerpunkte"].body)
    assert len(headings) == len(THEMES)
    assert all(any(heading.startswith(theme) for heading in headings) for theme in THEMES)


def test_every_land_is_answered_or_left_open():
    sentences = prose_sentences(BY_NAME["welche-reab-ist-zustaendig"].body)
    for land, agency in ADVISED.items():
        found = [s for s in sentences if re.search(rf"Kommunen i[nm] {land}[ ,]", s)]
        assert any(f"die {agency} zuständig" in s for s in found), land
    for land in UNDOCUMENTED:
        assert any(s.startswith("Nicht belegt:") and land in s for s in sentences), land


@pytest.mark.parametrize("gap", GAPS)
def test_gap_is_named_with_someone_to_ask(gap):
    sentences = prose_sentences(BY_NAME["was-die-unterlagen-nicht-sagen"].body)
    found = [s for s in sentences if s.startswith("Nicht belegt:") and gap in s]
    assert found
    assert all(re.search(r"(fragen|nutzen|lesen) Sie", sentence) for sentence in found)


def test_source_catalogue():
    text = (CORPUS / "sources.toml").read_text(encoding="utf-8")
    sources = tomllib.loads(text)["source"]
    assert len(sources) >= 38
    assert len({source["id"] for source in sources}) == len(sources)
    assert len({source["url"] for source in sources}) == len(sources)
    for source in sources:
        assert set(source) - {"note"} == {
            "id", "title", "publisher", "kind", "level", "evidence", "url"
        }  # fmt: skip
        assert source["url"].startswith("https://")
        assert source["kind"] in KINDS
        assert source["level"] in LEVELS


def test_checks_can_fail():
    facts = "12. [A] Bis zu 40 % und 168.000 Euro, am 19.09. und 10.10.2023, Juni 2024. (Fakt 55)"
    assert unproven("Der Zuschuss: 40 %, 168000 Euro, 19.09.2023, Oktober 2023.", facts) == set()
    wrong = "Der Zuschuss: 45 %, 12 Stellen, 55 Orte, 20.09.2023, Juli 2024, 40 Euro."
    assert unproven(wrong, facts) == {"45%", "12", "55", "2023-09-20", "2024-07", "40Euro"}
    assert PHONE.search("Telefon 0251 200799-0")
    assert not PHONE.search("zwischen 02.2024 und 53227 Bonn")
    assert PERSON.search("Ansprechpartnerin ist Frau Muster")
    assert POINTS_BACK.match("Sie gilt bis 2024.")
    assert POINTS_BACK.match("Das gilt bis heute.")
    assert not POINTS_BACK.match("Das Programm endet.")
    assert runs("eins zwei drei vier fünf sechs sieben acht neun") & runs(
        "null zwei drei vier fünf sechs sieben acht neun zehn"
    )
