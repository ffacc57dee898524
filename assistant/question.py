"""What a question asks for: its language, its kind, and the evidence an answer has to hold."""

import re
from dataclasses import dataclass
from typing import Literal

from corpus.analysis import fold, is_stop_word

Kind = Literal[
    "phone", "email", "address", "website", "name", "town", "share", "amount", "duration", "end",
    "date", "count", "still", "comparison", "procedure", "definition", "reason", "place", "person", "list", "yesno",
    "other",
]  # fmt: skip
Evidence = Literal[
    "phone", "email", "address", "website", "name", "town", "share", "amount", "duration", "end",
    "date", "count", "still",
]  # fmt: skip

# A question of this kind can be answered without such a fact, though better with one.
OPTIONAL: frozenset[Evidence] = frozenset({"still"})

# Order decides: the first pattern that matches a folded question names its kind.
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("phone", r"telefon|\btel\b|rufnummer|durchwahl|anrufen|welcher nummer|\bphone|\bcall\b"),
    ("email", r"e-?mail|\bmail|postfach"),
    ("website", r"web-?(site|seite)|homepage|internet(seite|adresse|auftritt)|\burl\b|\blink\b|"
                r"im (inter)?net\b|\bonline finde"),
    ("address", r"adresse|anschrift|hausnu?mm?er|postleitzahl|\bplz\b|\baddress"),
    ("name", r"(wie heiss\w*|name\w*|who (is|are|heads|leads|runs))\b.*(leit(er|ung)|chef|direktor|"
             r"praesident|vorsitz|geschaeftsfuehr|ansprechp|minister(in)?\b|referent|manager|"
             r"head|director|person)|(leiter(in)?|chef(in)?|vorsitzende[rn]?|minister(in)?)\b.*"
             r"(heiss\w*|name\w*)"),
    ("town", r"(welche[rnms]?|what|which|in welche[rm]) (stadt|stat|ort|city|town|bundesland|land)\b|"
             r"\bsitzt\b|\bsitz (von|der|des)|wo (war|fand|sitzt|liegt|findet)\b|"
             r"where (was|is|are) .*(held|located|based|situated)"),
    ("comparison", r"unterschied|unterscheide|vergleich|im gegensatz|\bversus\b|\bvs\b|differen"),
    ("still", r"\b(gibt|existier|besteh|gelten|gilt|laeuft|ist|sind|arbeiten)\w*\b.*\bnoch\b(?! (mehr|was|etwas))|"
              r"noch (aktiv|gueltig|aktuell|da)\b|\bstill (exist|active|valid|running|there)"),
    ("duration", r"wie ?lange?\b|(welche[mns]?|what|which) (alter|age)\b|wie alt\b|how old\b|how long|(foerder|lauf|projekt|antrags|bearbeitungs)(zeit|dauer)\b|"
                 r"\bdauer|(wie ?viele?|how many) (tage|wochen|monate|jahre|days|weeks|months|years)"),
    ("end", r"bis wann|wann (endet|lief|laeuft|ist .* (zu ende|vorbei))|until when|by when|\bfrist|"
            r"frist\b|deadline|stichtag|when (does|did|do) .* (end|close|expire)"),
    ("date", r"\bwann\b|(^|by |until |since )when\b|\bdatum\b|\bdate\b|"
             r"in welchem jahr|welches jahr|which year|what year|termin\b|zu welchem zeitpunkt"),
    ("share", r"quote|prozent|\banteil|anteil\b|foerdersatz|percent|\brate\b|\bshare\b"),
    ("count", r"wie ?viele\b|how many|anzahl|wie oft|how often|wie ?viel(?! geld)\w* [a-z]+er\b"),
    ("amount", r"wie ?viel\b|wie hoch|hoehe der|hoehe des|betrag|wie ?teuer|was kostet|\bkosten\b.*\?|"
               r"how much|how high|what does .* cost|summe|pauschale"),
    ("procedure", r"^wie (beantrag|stell|bewerb|laeuft|geh|funktionier|bekomm|komm|melde|kann|muss|"
                  r"soll|mach|erreich|fordere|rufe)|ablauf|verfahren|welche schritte|how (do|can|to)\b"),
    ("reason", r"^(warum|wieso|weshalb|wozu|why)\b|aus welchem grund|zu welchem zweck"),
    ("definition", r"was (ist|sind|war|waren|bedeutet|heisst|versteht|meint|steckt)\b|wofuer steht|"
                   r"what (is|are|was|were|does)\b|definition|bedeutung"),
    ("place", r"^wo\b|\bwo (ist|sind|find|liegt|kann|bekomm)|^where\b|in welche[mrn] (land|stadt|ort)"),
    ("person", r"\bwer\b|\bwem\b|\bwen\b|\bwho\b|zustaendig|ansprechpartner|anlaufstelle|"
               r"kontakt|welche[rs]? (stelle|ministerium|behoerde|amt|traeger|agentur)|which ministry"),
    ("list", r"\bwelche\b|\bwhich\b|\bnenne|liste|gehoer(t|en) (alles )?(zu|dazu)|was (alles|muss|gibt)|"
             r"what (topics|kinds|types)"),
    ("yesno", r"^(ist|sind|gibt|kann|koennen|darf|duerfen|muss|muessen|hat|haben|wird|werden|bekommt|"
              r"zahlt|gilt|gelten|is|are|can|does|do|may|must|will|has|have)\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)

_NUMBER_WORD = (
    r"(?:ein(?:e[mnrs]?)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|"
    r"vierzehn|fünfzehn|zwanzig|dreißig|hundert|tausend)"
)
_MONTH = r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
_EVIDENCE: dict[Evidence, re.Pattern[str]] = {
    "phone": re.compile(r"(?:\+49|\b0)[\d\s()/.–-]{5,}\d"),
    "email": re.compile(r"\S+(?:@|\(at\)|\[at\])\S+\.\w{2,}"),
    "address": re.compile(
        r"\b\d{5}\s+[A-ZÄÖÜ]\w+|\b[A-ZÄÖÜ][\w-]*(?:straße|str\.|platz|allee|weg|gasse|ring|hof)"
        r"\s+\d+|Postfach\s+\d"
    ),
    "website": re.compile(r"https?://|www\.|\b[\w-]+\.(?:de|eu|org|com|net|info)\b"),
    "share": re.compile(
        r"\d\s*(?:%|Prozent|vom Hundert|v\.\s?H\.|Prozentpunkt)|Hälfte|Drittel|Viertel|Fünftel|"
        r"Zehntel|\bvoll(?:e|er|en)? Höhe|(?<!\w)hälftig|zu gleichen Teilen", re.IGNORECASE
    ),
    "amount": re.compile(
        r"\d\s*(?:%|Prozent|€|Euro|EUR|Cent|Mio|Mrd|Million|Milliard|Deutsche Mark|vom Hundert)|"
        r"(?:€|EUR|Euro)\s*\d|kostenlos|kostenfrei|unentgeltlich|gebührenfrei|Hälfte|Drittel|"
        r"-?fache[nrs]?\b|keinen? (?:Höchst|Mindest)|ohne [\w ]*(?:Höchst|Ober)", re.IGNORECASE
    ),
    "duration": re.compile(
        rf"(?:\d|\b{_NUMBER_WORD})[\s-]*(?:einhalb)?\s*(?:\w+ )?"
        r"(?:Stunde|Tag|Woche|Monat|Quartal|Halbjahr|Jahr|Semester|Schuljahr)|"
        r"\b(?:19|20)\d\d\s*(?:[-–/]|bis)\s*(?:Ende |Anfang |Mitte )?(?:19|20)?\d\d|"
        r"jährig|monatig|wöchig|unbefristet|dauerhaft|Lebensjahr|"
        r"bis (?:zum|zur|Ende|Anfang|Mitte|spätestens)", re.IGNORECASE
    ),
    "date": re.compile(
        rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{_MONTH})|\b\d{{3,4}}(?:er)?\b|\b{_MONTH}\b|Jahrhundert|"
        r"\b(?:Tag|Woche|Monat|Jahr|Quartal|Halbjahr|Semester|Schuljahr)\w*\b|"
        r"unverzüglich|jederzeit|laufend|fortlaufend|Vollendung|Lebensjahr|sobald|spätestens|"
        r"rechtzeitig|gleichzeitig|\b(?:vor|nach|bei|mit) (?:Beginn|Ablauf|Ende|Abschluss)",
        re.IGNORECASE
    ),
    "name": re.compile(
        r"\b(?:Frau|Herr|Herrn|Dr\.|Prof\.|Ms\.?|Mr\.?|Mrs\.?)\s+(?:Dr\.\s*)?[A-ZÄÖÜ][a-zäöüß]+"
    ),
    "town": re.compile(
        r"\b\d{5}\s+[A-ZÄÖÜ]\w+|\bSitz\b|\bStandort|\bin (?:den )?[A-ZÄÖÜ][a-zäöüß]{2,}"
    ),
    "end": re.compile(
        r"\bbis\b|\bEnde\b|\bende[tn]\w*|spätestens|\bFrist|frist\b|\bvor (?:dem|der|Ablauf|Beginn)|"
        r"\bAblauf\b|innerhalb|binnen|\bzum \d|(?:19|20)\d\d\s?[-–]\s?(?:19|20)?\d\d|"
        r"laufend|jederzeit|Termin|Stichtag|unverzüglich|rechtzeitig", re.IGNORECASE
    ),
    "still": re.compile(
        r"bisherig|ehemalig|früher|vormals|(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d|\bbis \w|\bende[tn]\w*|"
        r"ausgelaufen|abgelöst|abgeschlossen|nicht mehr|weiterhin|läuft|\bseit\b", re.IGNORECASE
    ),
    "count": re.compile(
        rf"\d|\b(?:{_NUMBER_WORD}|beide[nr]?|mehrere|kein\w*|jede[rsnm]?|\w+fach|einmal|zweimal|"
        r"jährlich\w*|monatlich\w*|regelmäßig\w*|halbjährlich\w*)\b", re.IGNORECASE
    ),
}  # fmt: skip
_COUNTED = re.compile(rf"(?:\d|\b{_NUMBER_WORD}\b)\S*(?:\s+\S+){{1,4}}", re.IGNORECASE)
_ENGLISH = re.compile(
    r"\b(the|is|are|what|which|who|when|where|how|does|do|can|of|for|and|to|many|much|long)\b"
)
_GERMAN = re.compile(
    r"\b(der|die|das|ist|sind|was|welche[rsmn]?|wer|wann|wo|wie|kann|von|fuer|und|zu|bei|ein|eine)\b"
)


_FOCUS = re.compile(
    r"\b(?:wie ?viele?|wie hoch (?:ist|sind|war|waren)|wie (?:lange|lautet|lauten|heisst|heissen)|"
    r"welche[rsmn]?|was (?:ist|sind|war|waren|kostet|kosten|bedeutet|macht|machen)|"
    r"wann (?:ist|sind|war|beginnt|endet|startet)|wo (?:ist|war|sitzt|liegt|finde ich)|"
    r"how (?:many|much|high|long|large)(?: is| are)?|which|what (?:is|are|was|were))\b"
)
_WORD = re.compile(r"[^\W\d_][\w-]*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what follows from its words alone.

    `focus` is the word that names what is asked for ("Förderquote" in "Wie hoch ist die
    Förderquote?"), empty where the form of the question does not tell; `years` are those it names.
    """

    text: str
    kind: Kind
    is_english: bool
    focus: str
    years: tuple[str, ...]

    @property
    def evidence(self) -> Evidence | None:
        """The kind of fact an answer has to hold, or None where words suffice."""
        return self.kind if self.kind in _EVIDENCE else None  # type: ignore[return-value]


def understand(text: str) -> Question:
    """Read kind, language and focus off a question."""
    folded = fold(text).strip()
    kind = next((kind for kind, pattern in _COMPILED if pattern.search(folded)), "other")
    english = len(_ENGLISH.findall(folded)) > len(_GERMAN.findall(folded))
    return Question(text, kind, english, _focus(text), tuple(_YEAR.findall(text)))


def holds(evidence: Evidence, text: str) -> bool:
    """Tell whether `text` holds a fact of this kind."""
    return _EVIDENCE[evidence].search(text) is not None


def counts(text: str) -> list[str]:
    """Return the words behind each number in `text`, the next four: what is counted there."""
    return [" ".join(match[0].split()) for match in _COUNTED.finditer(text)]


def _focus(text: str) -> str:
    """Return the first noun behind the question word; without capitals the first content word."""
    start = _FOCUS.search(fold(text))
    if not start:
        return ""
    # Folding lengthens umlauts, so the position is counted in words.
    behind = len(_WORD.findall(fold(text)[: start.end()]))
    content = [word for word in _WORD.findall(text)[behind:] if not is_stop_word(word.lower())]
    nouns = [word for word in content if word[0].isupper()]
    return next(iter(nouns or content), "")
