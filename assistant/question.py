"""What a question asks for: its language, its kind, and the evidence an answer has to hold."""

import re
from dataclasses import dataclass
from typing import Literal

from corpus.analysis import fold

Kind = Literal[
    "phone", "email", "address", "website", "share", "amount", "duration", "date", "count",
    "comparison", "procedure", "definition", "reason", "place", "person", "list", "yesno", "other",
]  # fmt: skip
Evidence = Literal["phone", "email", "address", "website", "share", "amount", "duration", "date", "count"]

# Order decides: the first pattern that matches a folded question names its kind.
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("phone", r"telefon|\btel\b|rufnummer|durchwahl|anrufen|\bphone|\bcall\b"),
    ("email", r"e-?mail|\bmail|postfach"),
    ("address", r"adresse|anschrift|\bsitzt\b|\bsitz\b|hausnummer|postleitzahl|\baddress"),
    ("website", r"web-?(site|seite)|homepage|internetseite|internetadresse|\burl\b|im (inter)?net"),
    ("comparison", r"unterschied|unterscheide|vergleich|im gegensatz|\bversus\b|\bvs\b|differen"),
    ("duration", r"wie ?lange?\b|how long|(foerder|lauf|projekt|antrags|bearbeitungs)(zeit|dauer)\b|"
                 r"\bdauer|(wie ?viele?|how many) (tage|wochen|monate|jahre|days|weeks|months|years)"),
    ("date", r"\bwann\b|\bwhen\b|stichtag|\bfrist|frist\b|deadline|\bdatum\b|\bdate\b|"
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
_MONTH = (
    r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
)
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
        rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{_MONTH})|\b(?:19|20)\d\d\b|\b{_MONTH}\b|"
        r"\b(?:Tag|Woche|Monat|Jahr|Quartal|Halbjahr|Semester|Schuljahr)\w*\b|"
        r"unverzüglich|jederzeit|laufend|fortlaufend|Vollendung|Lebensjahr|sobald|spätestens|"
        r"rechtzeitig|gleichzeitig|\b(?:vor|nach|bei|mit) (?:Beginn|Ablauf|Ende|Abschluss)",
        re.IGNORECASE
    ),
    "count": re.compile(
        rf"\d|\b(?:{_NUMBER_WORD}|beide[nr]?|mehrere|kein\w*|jede[rsnm]?|\w+fach|einmal|zweimal|"
        r"jährlich|monatlich|regelmäßig)\b", re.IGNORECASE
    ),
}  # fmt: skip
_ENGLISH = re.compile(
    r"\b(the|is|are|what|which|who|when|where|how|does|do|can|of|for|and|to|many|much|long)\b"
)
_GERMAN = re.compile(
    r"\b(der|die|das|ist|sind|was|welche[rsmn]?|wer|wann|wo|wie|kann|von|fuer|und|zu|bei|ein|eine)\b"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what follows from its words alone."""

    text: str
    kind: Kind
    is_english: bool

    @property
    def evidence(self) -> Evidence | None:
        """The kind of fact an answer has to hold, or None where words suffice."""
        return self.kind if self.kind in _EVIDENCE else None  # type: ignore[return-value]


def understand(text: str) -> Question:
    """Read kind and language off a question."""
    folded = fold(text).strip()
    kind = next((kind for kind, pattern in _COMPILED if pattern.search(folded)), "other")
    english = len(_ENGLISH.findall(folded)) > len(_GERMAN.findall(folded))
    return Question(text, kind, english)


def holds(evidence: Evidence, text: str) -> bool:
    """Tell whether `text` holds a fact of this kind."""
    return _EVIDENCE[evidence].search(text) is not None
