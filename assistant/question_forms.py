"""The forms of questions: which words ask for which kind of answer."""

import re
from typing import Literal

from assistant.evidence import ROLE, Evidence
from corpus.analysis import fold

Kind = (
    Evidence
    | Literal[
        "comparison", "condition", "procedure", "definition", "reason", "place", "person", "list",
        "yesno", "other",
    ]
)  # fmt: skip

# Words that ask, in either language.
QUESTION_WORD = (
    r"(?:wer|wem|wen|was|wann|wo|wohin|wie|welche[rsmn]?|warum|wieso|weshalb|wofür|who|what|when|"
    r"where|how|which|why)"
)

_CHIEF = (
    r"(leit(er|erin|ung)|chef(in)?|direktor|praesident|vorsitz\w*|geschaeftsfuehr\w*|ansprechp\w*|"
    r"minister(in)?\b|referent|beauftragte|manager|head|director|person)"
)
_DOING = (
    r"(beantrag|stell|bewerb|laeuft|geh|funktionier|bekomm|komm|melde|kann|muss|soll|mach|"
    r"fordere|rufe)"
)

# A word for a sum by its last part, however it is joined: "Fördersumme", "Höchstbetrag".
_SUM = (
    r"(summe|betrag|volumen|budget|obergrenze|eigenbeteiligung|beitrag|honorar|gehalt|lohn|entgelt|"
    r"taschengeld|bussgeld|gebuehr|foerderhoehe|zuschusshoehe|"
    r"(regel|stunden|tages|monats|jahres|steuer|zins|beitrags|gebuehren|hebe)satz)"
)
# What is high or large in money or per cent, not in metres.
_COSTS = (
    r"(zuschuss|foerder|betrag|summe|kosten|einkommen|beitrag|gebuehr|eigen|ausgaben|miete|lohn|"
    r"gehalt|umsatz|strafe|bussgeld|quote|anteil|satz|pauschale|entgelt|zuwendung|verguetung|"
    r"mittel|steuer|vermoegen)"
)
_BODY = r"(rat|beirats|ausschuss|jury|kommission|gremium|vorstand|kuratorium|versammlung)\b"
_MAY = r"(darf|duerfen|muss|muessen|soll|sollen)"
# A question that begins with one asks whether something is so.
_VERB = (
    rf"({_MAY}|kann|koennen|ist|sind|wird|werden|hat|haben|gibt|gilt|gelten|bekomm\w*|krieg\w*|"
    r"koennten?|haetten?|waeren?|duerften?|muessten?|droht|faellt|fallen|"
    r"erhalte\w*|brauch\w*|zaehl\w*|reich\w*|geht|gehen|haftet?|haften|steht|stehen|gehoer\w*|"
    r"lohnt|zahlt|zahlen|uebernimmt|foerdert|verlier\w*|besteht|spielt|macht|entsteh\w*|"
    r"is|are|can|does|do|may|must|has|have)\b"
)
_WRITING = r"(skizze|projektbeschreibung|konzept|zusammenfassung|expose|outline|summary)"
# Order decides: the first pattern that matches a folded question names its kind.
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("phone", r"telefon(?!at|gespraech|kosten|zeit|,| und )|\btel\b|rufnummer|durchwahl|anrufen"),
    ("phone", r"welcher nummer|\bphone"),
    ("phone", r"\b(to|can|could|we|you|i|whom) call\b"),
    ("email", r"e-?mail|\bmail|^(?!.*\bwann\b).*postfach"),
    ("website", r"web-?(site|seite)|homepage|internet(seite|adresse|auftritt)|\burl\b"),
    ("website", r"(?<!to )(?<!we )\blink\b"),
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
        r"\b(?<!wer )(wo|ort|stadt|welche\w*)\b.*\bsitzt\b|\bsitz (von|der|des)|"
        r"wo (war|fand|sitzt|liegt|findet)\b",
    ),
    ("town", r"where (was|is|are) .*(held|located|based|situated)"),
    (
        "comparison",
        r"unterschied|unterscheide|\banders als\b|vergleich|"
        r"\bcompar|im gegensatz|\bversus\b|\bvs\b|differen",
    ),
    ("size", rf"\bwie schnell {_MAY}\b.*\bfahr"),
    ("duration", r"\bwie lange\b.*\bnoch\b"),
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
    ("duration", r"wie ?viel zeit\b"),
    ("duration", r"^what (is|was) the .*\bduration\b"),
    ("duration", r"(innerhalb|binnen|nach|in) wie ?vieler? |^mindestdauer|^hoechstdauer"),
    ("duration", r"\bum wie ?viel\b.*(laenger|verlaenger|frueher|spaeter)"),
    ("duration", r"wie ?viel (\w*urlaub|pause|vorlauf|freizeit|erholung|ruhezeit)\b"),
    ("duration", r"(ab|mit|bis) wie ?viel(en)? jahren|welche[mns]? \w*lebensjahr"),
    ("duration", r"\baltersgrenze|\b(mindest|hoechst)alter\b|^\w+(tage|stunden|wochen) "),
    ("count", r"^what (is|was) the .*\bnumber of\b"),
    (
        "span",
        r"(wie ?viel(e[nr]?)?|how many) (\w+ )?"
        r"(minuten|stunden|tagen?|wochen|monaten?|jahren?|semestern?|"
        r"minutes|hours|days|weeks|months|years)\b",
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
    ("hours", r"(oeffnungs|sprech|telefon|buero|service)zeit|\b(opening|office) hours\b"),
    ("hours", r"\bwann\b.*\b(geoeffnet|besetzt|erreichbar)\b|\buhrzeit|wie ?viel uhr"),
    ("end", r"(bewerbungs|einsende|antrags|annahme|anmelde|einreichungs)(schluss|ende)\b"),
    ("end", r"(abgabe|einreichungs|vorlage)termin\b"),
    ("end", r"\bwann ist (\w+ )?schluss\b|\bletzte[rn]? (tag|termin)\b"),
    ("date", r"\bam wievielten\b|\bwann\b|(^|by |until |since )when\b|\bdatum\b|\bdate\b|termin\b"),
    ("date", r"welche[mns]? \w*(jahr|monat|tage?|semester|zeitpunkt|termine?n?)\b|\b\w*termine\b"),
    ("date", r"welcher \w*(monat|tag|zeitpunkt)\b|(which|what) (\w+ )?(day|month|year)s?\b"),
    ("size", r"wie (breit|schwer|weit|tief|dick|laut|steil)\b"),
    ("height", rf"wie hoch {_MAY}\b(?!.*{_COSTS})"),
    ("size", rf"\bwie gross {_MAY}\b(?!.*({_COSTS}|gruppe))"),
    ("size", r"how (large|big|tall|wide|heavy|deep|loud) (may|must|can|should|does|do)\b"),
    (
        "penalty",
        r"(welche[sr]?|was fuer eine?) (\w*strafe|\w*bussgeld|geldbusse|sanktion\w*)\b|"
        r"^was droht\b",
    ),
    ("penalty", r"(what|which) (penalty|fine|sanction|punishment)"),
    ("members", rf"aus wem besteht|\bwer ist (alles )?(in|im|mit in)\b.*{_BODY}"),
    ("members", rf"{_BODY}.* zusammen\b|welche mitglieder|\bwho is on the\b"),
    (
        "size",
        r"(ab|bis zu|unter|ueber) welche[rm] \w*(menge|flaeche|gewicht|leistung|entfernung)\b",
    ),
    ("amount", r"^kostet\b|what (spending|costs)\b"),
    ("amount", r"^was ((be)?zahlt|kostet|verdien\w+)\b|^was muss\b.*\bbezahlen\b"),
    (
        "amount",
        r"^was (bekomm\w*|krieg\w*|erhaelt|gibt es|ist|springt)\b.*\b(pro|je|als honorar|"
        r"an (\w+)?(geld|foerder\w*|zuschuss)|monatlich|im monat|heraus|raus|drin)\b",
    ),
    (
        "amount",
        r"\b(mit|auf) welche[mnr]? (\w*zuschuss|\w*foerder\w*|betrag|summe)\b.*\brechnen\b",
    ),
    ("amount", rf"welche[rmns]? \w*{_SUM}\b|^\w*{_SUM}\b"),
    ("amount", rf"\bwie (gross|umfangreich) ist\b.*\b{_SUM}\b|\b(hourly|daily|day|flat) rate"),
    (
        "amount",
        r"what (is|was|are) the (maximum|minimum|highest|lowest) (\w+ )?"
        r"(grant|amount|funding|subsid\w*|sum|contribution|fee|fine)",
    ),
    ("amount", r"how (big|large) (is|was) the (\w+ )?(budget|grant|fund)"),
    ("share", r"^wie ?viel prozent"),
    ("amount", r"wie ?vielen? (\w+ )?(euro|millionen|milliarden)\b|how many (million|euro)"),
    ("share", r"quote|prozent|\banteil|anteil\b|foerdersatz|percent|\brate\b|\bshare\b"),
    ("frequency", r"\bwie (oft|haeufig|regelmaessig)|how (often|frequently)"),
    ("frequency", r"welche[mnr]? (\w+ )?(abstaenden|turnus|rhythmus|intervall\w*)\b"),
    ("frequency", r"(in|im) welche[mnr]? (\w+ )?abstand\b|what interval\b"),
    ("count", r"wie ?vielen?\b|how many|anzahl"),
    (
        "count",
        r"wie ?viel (\w*(mitarbeiter|beschaeftigte|mitglied)\w*|kindern?|leuten?|personen|"
        r"punkten?|stimmen|tieren?|plaetzen?)\b",
    ),
    (
        "size",
        r"wie ?viel (m[²³]?|[ck]m|qm|kg|l|db|\w*(meter|liter)n?|hektar|tonnen|grad|dezibel)\b",
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
    ("yesno", rf"^({_VERB}|will\b)"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)

_ASKS_WHETHER = re.compile(_VERB)
_ASKS_WHO = re.compile(r"(\w+ )?we[rmn]\b|welche[rs]? \w+ \w+,|who\b")
_BESIDE = re.compile(
    r",\s*(wie|welche\w*|wer|wem|wann|wo|was|solange|wenn|weil|ob|bevor|how|which|who|when)\b.*"
)


# What a question may name without wanting to hear it: "Darf ich das per E-Mail schicken?"
_CONTACTS: frozenset[Kind] = frozenset({"phone", "email", "website", "account", "address"})
_NAMED: frozenset[Kind] = _CONTACTS | {"grade", "share", "amount", "duration", "end", "date"}
# "Gibt es eine Frist?" and "Können Sie mir die Adresse nennen?" want to hear it nevertheless.
_WANTED = re.compile(
    r"(gibt|besteh\w*|hat|haben|(is|are) there|does it cost|do you have)\b|"
    r".*\b(nennen|sagen|geben|wissen|tell|give|know)\b|"
    r"(kann|koennen|can|may) .*\b(bekommen|kriegen|haben|erfahren|finden|get|have|find)\b|"
    r".*\b(und|oder|and|or) (\w+ )?(wie|welche\w*|we[rmn]|wann|how|which|what|who|when)\b"
)
# What a question that begins like this names beside, it does not ask for.
_OTHERWISE = (
    (
        re.compile(r"(\w+ ){0,2}(wann|we[rmn]|wessen)\b(?!.*\b(wie|welche))"),
        _CONTACTS | {"share", "amount"},
    ),
    (re.compile(r"(\w+ )?wie (oft|hoch|lange?|viele?n?|gross|weit)\b"), _CONTACTS),
)


def kind_of(folded: str) -> Kind:
    """Return the kind of answer that a folded question asks for.

    Who asks whether or who asks nothing else: "Muss ich angeben, wie viel ich verdiene?"
    """
    asks_whether = _ASKS_WHETHER.match(folded) is not None
    asked = _BESIDE.sub("", folded) if asks_whether or _ASKS_WHO.match(folded) else folded
    beside = {kind for form, kinds in _OTHERWISE if form.match(asked) for kind in kinds}
    found = (kind for kind, pattern in _COMPILED if pattern.search(asked))
    kind: Kind = next((kind for kind in found if kind not in beside), "other")
    if asks_whether and kind in _NAMED and not _WANTED.match(folded):
        return "yesno"
    return kind
