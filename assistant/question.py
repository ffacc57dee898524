"""What a question asks for: its language, its kind, and the word that names what is asked for."""

import re
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from typing import Literal

from assistant.evidence import PATTERNS, ROLE, Evidence
from assistant.negation import is_negated
from corpus.analysis import fold, is_stop_word

Kind = (
    Evidence
    | Literal[
        "comparison", "condition", "procedure", "definition", "reason", "place", "person", "list",
        "yesno", "other",
    ]
)  # fmt: skip

_CHIEF = (
    r"(leit(er|erin|ung)|chef(in)?|direktor|praesident|vorsitz\w*|geschaeftsfuehr\w*|ansprechp\w*|"
    r"minister(in)?\b|referent|beauftragte|manager|head|director|person)"
)
_DOING = (
    r"(beantrag|stell|bewerb|laeuft|geh|funktionier|bekomm|komm|melde|kann|muss|soll|mach|"
    r"fordere|rufe)"
)

_WRITING = r"(skizze|projektbeschreibung|konzept|zusammenfassung|expose|outline|summary)"
# Order decides: the first pattern that matches a folded question names its kind.
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("phone", r"telefon|\btel\b|rufnummer|durchwahl|anrufen|welcher nummer|\bphone|(?<!-)\bcall\b"),
    ("email", r"e-?mail|\bmail|^(?!.*\bwann\b).*postfach"),
    ("website", r"web-?(site|seite)|homepage|internet(seite|adresse|auftritt)|\burl\b|\blink\b"),
    ("website", r"\b(wo|find\w*|steht?|stehen)\b.*\bim (inter)?net\b|im (inter)?net (find|steh)"),
    ("website", r"\bonline finde"),
    ("account", r"\biban\b|\bbic\b|kontonummer|bankverbindung|welche[sm]? konto\b|which account"),
    ("address", r"adresse|anschrift|hausnu?mm?er|postleitzahl|\bplz\b|\baddress"),
    ("grade", r"(entgelt|besoldungs|verguetungs|tarif)gruppe|eingruppiert|\bpay grade"),
    ("members", r"\bwer (sitzt|gehoert|ist mitglied)\b|\bwho (sits|is a member|are the members)\b"),
    ("role", r"\b(wer|wem|who)\b.*\b(ge)?leitet\b(?! \w+ weiter)"),
    ("role", r"\bwho (heads|leads|runs|chairs)\b"),
    (
        "role",
        r"\b(wer(?! (beruft|ernennt|waehlt|bestellt|bestimmt))|wie heiss\w*|who|name (of|de[rs]))\b"
        rf".*{fold(ROLE)}\b",
    ),
    ("role", r"\b(who|name of)\b.*\b(heads?|director|chair\w*|mayor|manager|boss)\b"),
    ("name", rf"(wie heiss\w*|name\w*|who (is|are|heads|leads|runs))\b.*{_CHIEF}"),
    ("name", rf"{_CHIEF}\b.*(heiss\w*|name\w*)"),
    ("town", r"(welche[rnms]?|what|which) (stadt|ort|city|town|bundesland|land)\b"),
    (
        "town",
        r"^(?!wer\b|who\b).*\bsitzt\b|\bsitz (von|der|des)|wo (war|fand|sitzt|liegt|findet)\b",
    ),
    ("town", r"where (was|is|are) .*(held|located|based|situated)"),
    (
        "comparison",
        r"unterschied|unterscheide|\banders als\b|vergleich|"
        r"\bcompar|im gegensatz|\bversus\b|\bvs\b|differen",
    ),
    (
        "still",
        r"\b(gibt|existier|besteh|gelten|gilt|laeuft|ist|sind|arbeit)\w*\b.*\bnoch\b(?! \w)",
    ),
    (
        "still",
        r"\b(gibt|gelten|gilt|laeuft|ist|sind)\w*\b.*\bnoch (immer|heute|aktiv|gueltig|da)",
    ),
    ("still", r"noch (aktiv|gueltig|aktuell|da)\b|\bstill (exist|active|valid|running|there)"),
    (
        "extent",
        rf"(wie ?lang|how long|welche\w* (umfang|laenge))\b.*{_WRITING}|{_WRITING}.*\bwie ?lang\b"
        r"|wie ?vielen? (seiten|zeichen|woerter)\b|how many (pages|characters|words)\b",
    ),
    ("duration", r"wie ?lange?\b|how long|(welche[mns]?|what|which) (alter|age)\b|wie alt|how old"),
    ("duration", r"(foerder|lauf|projekt|antrags|bearbeitungs)(zeit|dauer)\b|\bdauer(?!haft|nd)"),
    ("duration", r"wie ?viel zeit (\w+ ){0,2}(hat|habe|haben|bleibt|bleiben|braucht?|brauchen)\b"),
    ("duration", r"^what (is|was) the .*\bduration\b"),
    ("count", r"^what (is|was) the .*\bnumber of\b"),
    (
        "duration",
        r"(wie ?vielen?|how many) (\w+ )?(tage|woche|monat|jahr|semester|days|weeks|months|years)",
    ),
    (
        "duration",
        r"(fuer|ueber|nach|innerhalb) welche[rmn]? (zeit|dauer)|\bwie (schnell|zuegig|frueh)\b",
    ),
    ("duration", r"wie (lange|weit|viel zeit) (vorher|im voraus|davor)|how far in advance"),
    ("duration", r"welche[rmn]? (zeitr(aum|aeume)|zeitspanne|dauer|laufzeit)|wie weit rueckwirk"),
    ("end", r"bis wann|wann (endet|lief|laeuft|ist .* (zu ende|vorbei))|until when|by when"),
    ("end", r"\bfrist(?!los)|frist\b|deadline|stichtag|when (does|did|do) .* (end|close|expire)"),
    ("end", r"bis zu (welchem|welcher) (tag|datum|zeitpunkt|termin)|bis spaetestens wann"),
    (
        "condition",
        r"(?<!ab )(?<!bis )(?<!seit )\bwann (darf|duerfen|haftet|haften|ist eine?|gilt eine?)\b",
    ),
    ("date", r"\bwann\b|(^|by |until |since )when\b|\bdatum\b|\bdate\b|termin\b"),
    ("date", r"welche[mns]? \w*(jahr|monat|tage?|semester|zeitpunkt|termine?n?)\b|\b\w*termine\b"),
    ("date", r"welcher \w*(monat|tag|zeitpunkt)\b|(which|what) (\w+ )?(day|month|year)s?\b"),
    ("amount", r"wie ?vielen? (\w+ )?(euro|millionen|milliarden)\b|how many (million|euro)"),
    ("share", r"quote|prozent|\banteil|anteil\b|foerdersatz|percent|\brate\b|\bshare\b"),
    ("count", r"wie ?vielen?\b|how many|anzahl|wie oft|how often"),
    (
        "count",
        r"wie ?viel (\w*(mitarbeiter|beschaeftigte|mitglied)\w*|kindern?|leuten?|personen)\b",
    ),
    (
        "count",
        r"welche[rn]? (betriebs|gruppen|mindest|hoechst)?(groesse|kopfzahl|teilnehmerzahl)\b",
    ),
    (
        "list",
        r"\bwelche (\w+ )?(kosten|ausgaben|aufwendungen) "
        r"(werden|sind|kann|koennen|gelten|duerfen)\b",
    ),
    ("person", r"^wer (traegt|zahlt|bezahlt|uebernimmt|erstattet)\b"),
    ("amount", r"wie ?viel\b|wie hoch|hoehe de[rs]|betrag|wie ?teuer|was kostet|\bkosten\b.*\?"),
    ("amount", r"how much|how high|what does .* cost|summe|pauschale|(stunden|tages)satz"),
    (
        "amount",
        r"welche[rmns]? \w*(gebuehr|preis|hoehe|volumen|verguetung|geldbusse|zuschlag|budget)",
    ),
    (
        "amount",
        r"\b(ab|unter|ueber|bis zu) welche[mrn] (\w+ )?\w*(einkommen|umsatz|wert|verdienst)\b",
    ),
    ("amount", r"wie gross (ist|sind|war)\b.*(budget|etat|mittel|fonds|volumen|topf)|in euros?\b"),
    ("person", r"^wie erreich|^how (can|do) \w+ (contact|reach)\b"),
    ("procedure", rf"^wie {_DOING}|ablauf|verfahren|welche schritte|how (do|can|to)\b"),
    ("reason", r"^(warum|wieso|weshalb|wozu|why)\b|aus welchem grund|zu welchem zweck"),
    (
        "definition",
        r"was (ist|sind|war|waren|bedeutet|heisst|versteht|meint|steckt)\b|wofuer steht",
    ),
    ("definition", r"what (is|are|was|were|does)\b|definition|bedeutung"),
    ("place", r"^wo\b|\bwo (ist|sind|find|liegt|kann|bekomm)|^where\b"),
    (
        "eligibility",
        r"(wer|duerfen|darf|kann|koennen)\b.*(antr(ag|aege)\b.*stell|beantrag|bewerb)",
    ),
    (
        "eligibility",
        r"\b(which|what) (\w+ )?\w+ (can|may|could) apply|who (can|may) (submit|receive)",
    ),
    ("eligibility", r"wer (kriegt|bekommt|erhaelt)|berechtigt|who (can|may|could) apply|eligible"),
    ("eligibility", r"wer (kann|darf|wird|koennte)\b.*(gefoerdert|foerderung|mitmachen|teilnehm)"),
    ("person", r"\bwer\b|\bwem\b|\bwen\b|\bwho\b|zustaendig|ansprechpartner|anlaufstelle|kontakt"),
    ("person", r"welche[rs]? (\w*agentur|stelle|ministerium|behoerde|amt|traeger)\b"),
    ("person", r"\bwhich (\w+ )?(ministry|agency|office)\b"),
    ("list", r"\bwelche\b|\bwhich\b|\bnenne|liste|gehoer(t|en) (alles )?(zu|dazu)"),
    ("list", r"was (alles|muss|gibt)|what (topics|kinds|types)"),
    ("yesno", r"^(ist|sind|gibt|kann|koennen|darf|duerfen|muss|muessen|hat|haben|wird|werden)\b"),
    ("yesno", r"^(bekommt|zahlt|gilt|gelten|is|are|can|does|do|may|must|will|has|have)\b"),
)
# Whoever asks whether or why something is not so, or what differs, may be told how it is.
_EITHER_WAY = frozenset({"yesno", "still", "reason", "comparison"})
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)

_ENGLISH = re.compile(
    r"\b(the|is|are|what|which|who|when|where|how|does|do|can|of|for|and|to|many|much|long)\b"
)
_GERMAN = re.compile(
    r"\b(der|die|das|ist|sind|was|welche[rsmn]?|wer|wann|wo|wie|kann|von|fuer|und|zu|bei|ein|eine)\b"
)


_FOCUS = re.compile(
    r"\b(?:wie ?viele?|wie hoch (?:ist|sind|war|waren)|wie (?:lange|lautet|lauten|heisst|heissen)|"
    r"welche[rsmn]?|was (?:ist|sind|war|waren|kostet|kosten|bedeutet|heisst|macht|machen)|"
    r"was versteht (?:man|\w+ \w+) unter|wofuer steht|wer (?:ist|sind|war|waren)|"
    r"wann (?:ist|sind|war|beginnt|endet|startet)|wo (?:ist|war|sitzt|liegt|finde ich)|"
    r"how (?:many|much|high|long|large)(?: is| are)?|which|what (?:is|are|was|were))\b"
)
_WORD = re.compile(r"[^\W\d_][\w-]*")
_COUNTS = re.compile(r"wie ?viele|how many")
_UNIT_OF_TIME = re.compile("stunden|tage|wochen|monate|jahre|hours|days|weeks|months|years")
# "Welche Unterlagen" and "welches Formular" ask for something by its name, whatever their kind.
_PAPERS: dict[Evidence, re.Pattern[str]] = {
    "form": re.compile(r"(antrags)?(formulare?|formblatt|formblaetter|vordrucke?)$|forms$"),
    "papers": re.compile(
        r"(antrags)?(unterlagen?|papiere?|dokumente?|belege?|bescheinigung(en)?|documents?)$"
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what follows from its words alone.

    `focus` is the word that names what is asked for ("Förderquote" in "Wie hoch ist die
    Förderquote?"), empty where the form of the question does not tell. Where it `is_negated`, only
    what denies something answers it.
    """

    text: str
    kind: Kind
    is_english: bool
    focus: str
    is_negated: bool = False

    @property
    def evidence(self) -> Evidence | None:
        """The kind of fact an answer has to hold, or None where words suffice."""
        if self.kind in PATTERNS:
            return self.kind
        focus = fold(self.focus)
        return next((kind for kind, name in _PAPERS.items() if name.match(focus)), None)

    @property
    def language(self) -> str:
        """The language an answer's own words are in: "de" or "en"."""
        return "en" if self.is_english else "de"


def understand(text: str) -> Question:
    """Read kind, language and focus off a question."""
    folded = fold(text).strip()
    kind: Kind = next((kind for kind, pattern in _COMPILED if pattern.search(folded)), "other")
    english = len(_ENGLISH.findall(folded)) > len(_GERMAN.findall(folded))
    negated = kind not in _EITHER_WAY and is_negated(text)
    return Question(text, kind, english, _focus(text), negated)


def _focus(text: str) -> str:
    """Return the first noun behind the question word; without capitals the first content word."""
    start = _FOCUS.search(fold(text))
    if not start:
        return ""
    # Folding lengthens umlauts, so the position is counted in words.
    behind = len(_WORD.findall(fold(text)[: start.end()]))
    further = list(dropwhile(_is_stop, _WORD.findall(text)[behind:]))
    if _COUNTS.fullmatch(start[0]):  # what is counted follows at once, whatever its case
        further = list(takewhile(lambda word: not _is_stop(word), further))
    content = [word for word in further if not _is_stop(word)]
    if len(content) > 1 and _UNIT_OF_TIME.fullmatch(fold(content[0])) and content[1][0].isupper():
        content = content[1:]  # "wie viele Tage Urlaub"
    nouns = [word for word in content if word[0].isupper()]
    return next(iter(nouns or content), "")


def _is_stop(word: str) -> bool:
    return is_stop_word(word.lower())
