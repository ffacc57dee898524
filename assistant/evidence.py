"""Kinds of facts, such as amounts, dates and phone numbers, and how to recognise one in a text."""

import re
from typing import Literal

Evidence = Literal[
    "phone", "email", "address", "website", "hours", "name", "town", "share", "amount", "duration",
    "span", "end", "date", "count", "frequency", "size", "height", "extent", "members", "grade",
    "account", "form", "papers", "penalty", "still", "eligibility", "role",
]  # fmt: skip

# A question of this kind can be answered without such a fact, though better with one.
OPTIONAL: frozenset[Evidence] = frozenset({"still", "eligibility"})

_SEVERAL = (
    r"(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|"
    r"(?:\w+und)?(?:zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)|"
    r"\w*hundert|\w*tausend)"
)
_NUMBER_WORD = rf"(?:ein(?:e[mnrs]?)?|{_SEVERAL})"
_FRACTION = r"(?:Dritt|Viert|Fünft|Sechst|Siebt|Acht|Neunt|Zehnt|Zwölft|Zwanzigst|Hundertst)el"
_MONEY = (
    rf"(?:\d|\b(?:{_SEVERAL}|\w{{3,20}}(?:hundert|tausend|zig|ßig)))\s*"
    r"(?:€|Euro|EUR|Cent|Mio|Mrd|Million|Milliard|Deutsche Mark)|(?:€|EUR|Euro)\s*\d|"
    r"(?:kostenlos|kostenfrei|unentgeltlich|gebührenfrei)\b|keinen? (?:Höchst|Mindest)|"
    r"keine (?:Gebühr|Kosten|Auslagen)|"
    r"ohne [\w ]*(?:Höchst|Ober)"
)
_MONTH = r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
_MULTIPLE = rf"\b(?:\d+-?|{_SEVERAL}|anderthalb)fache[nrs]?\b|\bDoppelte"
_ORDINAL = (
    r"(?:erst|zweit|dritt|viert|fünft|sechst|siebt|acht|neunt|zehnt|fünfzehnt|zwanzigst|letzt|"
    r"vorletzt|nächst)e"
)
# A number of three or four digits that is no sum, share or count, and no paragraph.
_YEAR = (
    r"(?<!§ )(?<!§§ )(?<![.,\d])\b\d{3,4}(?:er)?\b(?![.,]\d)(?!\s*(?:€|%|Euro|EUR|Cent|Prozent|"
    r"Million|Mio|Milliard|Mrd|Unterrichts|Stunden|Tage|Wochen|Monate|Quadrat|Meter|Kilo|"
    r"Personen|Einwohner|Seiten|Zeichen))"
)
_MEASURE = (
    r"(?:(?:Quadrat|Kubik|Kilo|Zenti|Milli)?meter|m²|qm\b|cm\b|mm\b|km\b|m\b|m³|Hektar|ha\b|Ar\b|"
    r"Kilogramm|kg\b|Tonnen|Liter|k?Wp?\b|Kilowatt|Megawatt|MW\b|kWh|Dezibel|dB|Grad|"
    r"Geschosse|Stockwerke|Zoll|Gigabyte|GB\b|MB\b|Mbit|Stundenkilometer)"
)
_SPAN = (
    rf"(?:\d|\b{_NUMBER_WORD})[\s-]*(?:einhalb)?\s*(?:\w+ )?"
    r"(?:Arbeits|Werk|Kalender|Unterrichts|Wochen|Haushalts|Lebens|Urlaubs|Seminar|Dienst)?"
    r"(?:Minute|Stunde|Tag|Woche|Monat|Quartal|Halbjahr|Jahr|Semester|Schuljahr)|"
    r"jährig|monatig|wöchig"
)
_UNTIL = (
    r"(?:(?:spätestens|einschließlich|längstens|zum|zur|zu de[mr]|auf|heute|dahin)\b|Ende|Anfang|"
    rf"Mitte|{_MONTH}|\d{{1,2}}\.|\d+ Uhr|(?:19|20)\d\d|(?:\S+ ){{1,2}}(?:Tag|Woche|Monat|Jahr))"
)
ROLE = (
    r"\b\w*(?:leit(?:er|erin|ung)|chef(?:in)?|direktor(?:in)?|präsident(?:in)?|praesident(?:in)?|"
    r"vorsitz(?:end\w*)?|geschäftsführ\w*|geschaeftsfuehr\w*|minister(?:in)?|bürgermeister(?:in)?|"
    r"buergermeister(?:in)?|landr[aä]t(?:in)?|sprecher(?:in)?|beauftragter?)"
)
_PERSON = (
    r"(?:(?:Frau|Herrn?|Dr\.|Prof\.)\s+(?:Dr\.\s*)?[A-ZÄÖÜ][a-zäöüß]+|"
    r"(?<![\w-])(?!Die |Der |Das |Kommunale |Deutsche)[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)? "
    r"[A-ZÄÖÜ][a-zäöüß]{2,}(?:-[A-ZÄÖÜ][a-zäöüß]+)?(?![\w-]))"
)
PATTERNS: dict[Evidence, re.Pattern[str]] = {
    "phone": re.compile(r"(?:\+49|(?<!\d\.)\b0(?!\d?\.\s?\d\d?\.))[\d\s()/.–-]{5,}\d"),
    "email": re.compile(r"\S+(?:@|\(at\)|\[at\])\S+\.\w{2,}"),
    "address": re.compile(
        r"\b\d{5}\s+[A-ZÄÖÜ]\w+|\b[A-ZÄÖÜ][\w-]*(?:straße|str\.|platz|allee|weg|gasse|ring|hof)"
        r"\s+\d+|Postfach\s+\d"
    ),
    "website": re.compile(r"https?://|www\.|\b[\w-]+\.(?:de|eu|org|com|net|info)\b"),
    "share": re.compile(
        rf"\d\s*(?:%|\w*prozent|vo[mn] Hundert|v\.\s?H\.)|Hälfte|{_FRACTION}|"
        r"\bvoll(?:e|er|en)? Höhe|(?<!\w)hälftig|zu gleichen Teilen", re.IGNORECASE
    ),
    "amount": re.compile(
        rf"{_MONEY}|(?:\d|\b{_SEVERAL})\s*(?:%|Prozent|vo[mn] Hundert|v\.\s?H\.)|"
        rf"Hälfte|{_FRACTION}|{_MULTIPLE}", re.IGNORECASE
    ),
    "span": re.compile(_SPAN, re.IGNORECASE),
    "duration": re.compile(
        rf"{_SPAN}|\b(?:19|20)\d\d\s*(?:[-–/]|bis)\s*(?:Ende |Anfang |Mitte )?(?:19|20)?\d\d|"
        r"unbefristet|dauerhaft|Lebensjahr|bis (?:zum|zur|Ende|Anfang|Mitte|spätestens)",
        re.IGNORECASE
    ),
    "date": re.compile(
        rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{_MONTH})|{_YEAR}|\b{_MONTH}\b|Jahrhundert|"
        r"\d\s*\(?(?:BP\b|[vn]\.\s?Chr)|"
        rf"(?:\d\.?|\b{_NUMBER_WORD}|\b{_ORDINAL}\w*|folgend\w*|jede[mnrs]?|Beginn|Ablauf|"
        r"Ende|Anfang)\s+(?:\w+\s+){0,3}(?:Tag|Woche|Monat|Jahr|Quartal|Halbjahr|Semester)|"
        r"(?:Mon|Diens|Donners|Frei|Sams|Sonn)tags?\b|Mittwochs?\b|\b\d{1,2}(?:[:.]\d\d)? Uhr|"
        r"unverzüglich|jederzeit|laufend|Vollendung|Lebensjahr|sobald|spätestens|"
        r"rechtzeitig|gleichzeitig|\b(?:vor|nach|bei|mit) (?:Beginn|Ablauf|Ende|Abschluss)",
        re.IGNORECASE
    ),
    "frequency": re.compile(
        r"(?:jähr|monat|wöchent|täg|stünd)lich|turnus|regelmäßig|laufend|"
        r"mal\b|mals\b|mehrfach|wiederholt|erneut|beliebig|"
        rf"\balle (?:\d|{_SEVERAL})|\bjede[nsr] (?:Tag|Woche|Monat|Quartal|Jahr|Semester)|"
        r"\bin jeder \w*periode|"
        r"\b(?:im|pro|je|in jedem|per) (?:Tag|Woche|Monat|Quartal|Jahr|Semester|Kalenderjahr)|"
        r"bei Bedarf|Abstand|Abständen", re.IGNORECASE
    ),
    "size": re.compile(
        rf"(?:\d|\b{_SEVERAL})\s*(?:%|{_MEASURE})|\b(?:halb|doppelt|{_SEVERAL}fach)", re.IGNORECASE
    ),
    "height": re.compile(
        rf"{_MONEY}|{_MULTIPLE}|(?:\d|\b{_SEVERAL})\s*(?:%|Prozent|(?:Zenti|Kilo)?meter|[ck]?m\b|"
        r"Geschosse|Stockwerke|Grad|Dezibel)", re.IGNORECASE
    ),
    "penalty": re.compile(rf"{_MONEY}|Freiheitsstrafe|Geldstrafe|Tagessätz", re.IGNORECASE),
    "hours": re.compile(
        r"\d\s*Uhr|\b\d{1,2}[:.]\d\d\b|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|"
        r"rund um die Uhr|werktäglich|werktags|\btäglich|nach Vereinbarung", re.IGNORECASE
    ),
    "extent": re.compile(
        rf"(?:\d|\b{_SEVERAL})\s*(?:DIN[- ]A4[- ]?)?(?:Seiten?|Zeichen|Wörter|Worte)\b"
    ),
    "members": re.compile(
        r"[Mm]itglied|besteh\w* aus|gehör\w* .{0,200}\ban\b|setz\w* sich .{0,80}zusammen|"
        rf"[Vv]ertret(?:er|ung)|{_PERSON}", re.DOTALL
    ),
    "grade": re.compile(
        r"(?:Entgelt|Besoldungs|Vergütungs)gruppe|\bTV-?(?:öD|L|V)\b|\b(?:E|EG|S|A|B)\s?\d{1,2}\b"
    ),
    "account": re.compile(
        r"\b[A-Z]{2}\d{2}(?:\s?\w{4}){3,}|\bIBAN\b|Kontonummer|Bankverbindung|\bKonto\b"
    ),
    "form": re.compile(r"formular|formbl[aä]tt|vordruck|muster|vorlage\b", re.IGNORECASE),
    "papers": re.compile(
        r"unterlage|formular|formbl[aä]tt|vordruck|nachweis|bescheinigung|urkunde|zeugnis|ausweis|"
        r"beleg|kopie|abschrift|dokument|gutachten|erklärung|konzept|\bplan\b|pläne|skizze|"
        r"beschreibung|beizufügen|vorzulegen|beigefügt", re.IGNORECASE
    ),
    "name": re.compile(
        r"\b(?:Frau|Herr|Herrn|Dr\.|Prof\.|Ms\.?|Mr\.?|Mrs\.?)\s+(?:Dr\.\s*)?[A-ZÄÖÜ][a-zäöüß]+"
    ),
    # Who heads something: the role beside a name, or the sentence that says who does it.
    "role": re.compile(
        r"\b(?:ge|an)?leitet(?!\s+\S+\s+sich|[^.;]*\s(?:ab|ein|weiter|zu)[.,;])\b|"
        rf"\bvorsteht\b|(?i:{ROLE})\b[^.;\n]{{0,40}}{_PERSON}|"
        rf"{_PERSON}[^.;\n]{{0,30}}(?i:{ROLE})\b"
    ),
    "town": re.compile(
        r"\b\d{5}\s+[A-ZÄÖÜ]\w+|\bSitz\b|\bStandort|\bin (?:den )?[A-ZÄÖÜ][a-zäöüß]{2,}"
    ),
    "end": re.compile(
        rf"\bbis\s+{_UNTIL}|\bEnde\b|\bende(?:n|ten?|t)\b|spätestens|\bFrist|frist\b|"
        r"\bvor (?:dem|der|Ablauf|Beginn)|"
        r"\bAblauf\b|innerhalb|binnen|\bzum \d|(?:19|20)\d\d\s?[-–]\s?(?:19|20)?\d\d|"
        r"laufend|jederzeit|Termin|Stichtag|unverzüglich|rechtzeitig", re.IGNORECASE
    ),
    "still": re.compile(
        r"bisherig|ehemalig|früher|vormals|(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d|\bbis \w|"
        r"\bende[tn]\w*|ausgelaufen|abgelöst|abgeschlossen|nicht mehr|weiterhin|läuft|"
        r"\bseit\b", re.IGNORECASE
    ),
    "eligibility": re.compile(
        r"berechtigt|Zuwendungsempfänger|Antragsteller|\bAnspruch (?:auf|hat|haben)|offen für|"
        r"richtet sich an|Zielgruppe", re.IGNORECASE
    ),
    "count": re.compile(
        rf"\d|\b(?:{_NUMBER_WORD}|beide[nr]?|mehrere|kein\w*|jede[rsnm]?|\w+fach|einmal|zweimal|"
        r"jährlich\w*|monatlich\w*|regelmäßig\w*|halbjährlich\w*|"
        rf"(?:ein|{_SEVERAL})(?:stufig|phasig|teilig|gliedrig)\w*)\b", re.IGNORECASE
    ),
}  # fmt: skip
# How a text calls a kind of contact, also where it says that there is none.
_NAMES: dict[Evidence, str] = {
    "phone": r"telefon|rufnummer|kontaktdaten",
    "email": r"mail|postf[aä]ch|kontaktdaten",
    "website": r"website|internet|webseite|kontaktdaten",
    "address": r"anschrift|adresse|\bsitz\b|kontaktdaten",
}
_RESPONSIBLE = re.compile(
    r"zuständig|Ansprechp|Ansprechstelle|Anlaufstelle|Auskunft|\b(?:ber[aä]t|betreu|unterstütz|begleite)"
    r"|Kontakt|erreich|\bleite[nt]\b|\bLeitung\b|Agentur|\bREAB|[Bb]üro\b",
    re.IGNORECASE,
)
_IN_EUROS = re.compile(_MONEY, re.IGNORECASE)
_EUROS = re.compile(r"€|\beuros?\b", re.IGNORECASE)
_NUMBERING = re.compile(r"^\W*(?:\(\d+[a-z]?\)|\d+\.(?:\d+\.?)*)\s+")
_CITED = re.compile(
    r"(?:§§?\s*|\b(?:Art(?:ikel)?|Abs(?:atz)?|Absätzen?|Nr|Nummer|Satz|Sätze|BGBl)\b\.?\s*)"
    r"\d+[a-z]?\b(?:\s*(?:,|bis|und|oder|-|–)\s*\d+[a-z]?\b)*"
)
# "ein" is mostly an article, and four digits that may be a year mostly are one.
_FIGURE = (
    r"(?i:(?<!\d)(?!(?:19\d\d|20(?!00)\d\d)\b)\d[\d.,]*\b|"
    rf"\b(?:{_SEVERAL}|(?:nur|genau|höchstens|mindestens|maximal|je) eine?[nrm]?)\b)"
)
_IN_BRACKETS = r"(?:\s+\([^)]*\))?"
# What a number counts is the first noun behind it, and what is joined to that noun; in a row of a
# table it is the label. Looking ahead finds the numbers in between as well.
_COUNTED = re.compile(
    rf"{_FIGURE}{_IN_BRACKETS}(?=("
    rf"(?:\s+[a-zäöüß]\S*){{0,3}}\s+\S+(?:\s+[A-ZÄÖÜ]\S*){{0,2}}{_IN_BRACKETS}"
    r"(?:\s+(?:und|oder|bzw\.|and|or)\s+(?:[a-zäöüß]\S*\s+){0,2}\S+)?))"
)
# "zweistufig" counts steps, "in dreifacher Ausfertigung" copies; "einfach" mostly means simple.
_PARTED = re.compile(
    rf"\b(?:ein(?!fach)|{_SEVERAL})(stufig|phasig|teilig|gliedrig|fach)", re.IGNORECASE
)
_PARTS = {
    "stufig": "Stufen", "phasig": "Phasen", "teilig": "Teile", "gliedrig": "Glieder",
    "fach": "Ausfertigungen, Exemplare",
}  # fmt: skip
_LABELLED = re.compile(rf"(?:^|[|\n])([^:|\n]+):\s+{_FIGURE}")


def holds(evidence: Evidence, text: str) -> bool:
    """Tell whether `text` holds a fact of this kind."""
    if evidence == "count":
        text = _uncited(text)
    return PATTERNS[evidence].search(text) is not None


def is_in_unit_asked(question: str, text: str) -> bool:
    """Tell whether `text` gives money where a question asks for euros; true for other questions."""
    return _EUROS.search(question) is None or _IN_EUROS.search(text) is not None


def names_kind(evidence: Evidence | None, text: str) -> bool:
    """Tell whether `text` speaks of a kind of contact by name; true for every other kind."""
    name = _NAMES.get(evidence) if evidence else None
    return name is None or re.search(name, text, re.IGNORECASE) is not None


def counts(text: str) -> list[str]:
    """Return what each number in `text` counts: the words up to the first noun, or its label."""
    text = _uncited(text)
    found = [*_COUNTED.finditer(text), *_LABELLED.finditer(text)]
    parts = [_PARTS[match[1].lower()] for match in _PARTED.finditer(text)]
    return [*(" ".join(match[1].split()) for match in found), *parts]


def names_somebody(text: str) -> bool:
    """Tell whether `text` says who is responsible, advises or can be asked."""
    return _RESPONSIBLE.search(text) is not None


def _uncited(text: str) -> str:
    """Return `text` without the numbers of paragraphs and sections, which count nothing."""
    return _CITED.sub(" ", _NUMBERING.sub("", text))
