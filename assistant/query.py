"""A question and the index to a query: words with their weight, synonyms, places, search text."""

import re
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.question import Question
from corpus.analysis import fold, grams, is_stop_word, stem, words
from corpus.enumerations import asked_parts
from corpus.index import Index
from corpus.places import Place, find_places
from corpus.synonyms import synonyms, translations

ASIDE = 0.3  # what a word counts that stands in a sentence around the question
NO_NOUN = 0.6  # what a German word counts that is written small where nouns are not
FEWEST_CORE_WORDS = 2  # content words that make a question out of a sentence with a question mark

# Questions that ask for somebody or somewhere: if they name a place, the answer has to be about it.
_LOCAL = frozenset({"person", "phone", "email", "address", "website", "town", "name", "role"})

# What all documents are about, called so without a name: it tells no passage from another.
_SUBJECT = re.compile(
    r"\b(?:die|der|das|dem|des|the)\s+"
    r"(Förder(?:ung|programms?)|Programms?|Zuwendung|funding|programme?|grant)\b",
    re.IGNORECASE,
)
# Words that name a kind of fact: the fact itself answers them, and need not repeat them.
_NAMES_KIND: dict[Evidence, str] = {
    "phone": "telefon(nummer)?|rufnummer|nummer|phone|number",
    "email": "e-?mail(-?adresse)?|mail(adresse)?|adresse|address",
    "website": "internet(seite|adresse)?|website|webseite|homepage|seite|link",
    "address": "adresse|anschrift|address",
    "account": "iban|konto|kontonummer|bankverbindung",
    "share": "prozent|prozentsatz|percent",
    "amount": "betrag|summe|geld|euro|hoehe|volumen|money|amount",
    "duration": "zeit|zeitraum|zeitspanne|dauer|alter|age|time",
    "span": "zeit|zeitraum|dauer|time",
    "end": "frist|datum|termin|tag|zeitpunkt|deadline|date|day",
    "date": "datum|termine?n?|tag|wochentag|zeitpunkt|jahr|date|day|year",
    "count": "anzahl|zahl|number",
    "extent": "lang|laenge|umfang|seiten?|zeichen|long|pages?",
}
# The same for whatever is no such fact: "in welchen Fällen", "welche Schritte".
_NAMES_ANYTHING = re.compile(
    "fall|faellen?|stellen?|schritten?|weise|form|arten?|grund|gruenden?|zwecke?|dingen?|sachen?|"
    "punkten?|aspekten?|vorteilen?|nachteilen?|bedingung(en)?|voraussetzung(en)?|moeglichkeit(en)?|"
    "regeln?|folgen?|personen?|leuten?|informationen|infos?|"
    "cases|steps|ways|conditions?|rules?|people|persons?|information|advantages"
)
_ENTITLED = "antragsberechtigt"  # what guidelines call who may apply, however it is asked
# "SGB II" is how everybody calls the "Zweite Buch Sozialgesetzbuch".
_BOOK = re.compile(r"\bSGB[\s-]?([IVX]+)\b")
_BOOKS = {
    "ii": "zweites", "iii": "drittes", "iv": "viertes", "v": "fünftes", "vi": "sechstes",
    "vii": "siebtes", "viii": "achtes", "ix": "neuntes", "x": "zehntes", "xi": "elftes",
    "xii": "zwölftes", "xiv": "vierzehntes",
}  # fmt: skip
_TOKEN = re.compile(r"[\w-]+")
_SENTENCE = re.compile(r"[^.?!…]+[.?!…]*")


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A content word: its stem, its weight, and stems that mean the same."""

    stem: str
    folded: str
    weight: float  # inverse document frequency, less in a sentence around the question
    grams: frozenset[str]
    synonyms: frozenset[str]
    german: frozenset[str] = frozenset()  # stems that an English word may be translated by
    is_focus: bool = False
    token: str = ""  # the word as the question writes it


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; `text` is embedded, `words` and `synonyms` are matched."""

    question: Question
    text: str
    words: tuple[QueryWord, ...]
    places: tuple[Place, ...]

    @property
    def synonyms(self) -> frozenset[str]:
        """All stems that mean the same as a word of the question."""
        return frozenset[str]().union(*(word.synonyms for word in self.words))

    @property
    def lands(self) -> frozenset[str]:
        """The Länder that the question names, by themselves or by a place in them."""
        return frozenset(place.land for place in self.places if place.land)

    @property
    def is_local(self) -> bool:
        """The answer has to be about the place that the question names."""
        return bool(self.lands) and self.question.kind in _LOCAL

    @property
    def is_strict(self) -> bool:
        """What lacks the fact that is asked for is no answer, and is not quoted beside one."""
        return self.is_local or self.question.is_negated

    @property
    def is_open(self) -> bool:
        """Whom to turn to depends on which of several places of one name is meant."""
        open_places = any(place.is_ambiguous for place in self.places)
        return open_places and not self.lands and self.question.kind == "person"

    @property
    def unplaced(self) -> str:
        """The content words of the question without the places that it names."""
        named = {word for place in self.places for word in words(f"{place.full_name} {place.land}")}
        tokens = dict.fromkeys(word.token for word in self.words)
        return " ".join(token for token in tokens if named.isdisjoint(words(token)))

    @property
    def focus(self) -> QueryWord | None:
        """The word that names what is asked for."""
        return next((word for word in self.words if word.is_focus), None)


def only_names_kind(question: Question, word: str) -> bool:
    """Tell whether a word only says what kind of thing or fact the question asks for."""
    names = _NAMES_KIND.get(question.evidence) if question.evidence else None
    if _NAMES_ANYTHING.fullmatch(fold(word)):
        return True
    return names is not None and re.fullmatch(names, fold(word)) is not None


def build_query(question: Question, index: Index) -> Query:
    """Weigh the words of a question and add what the corpus knows about them."""
    places = find_places(question.text)
    lands = dict.fromkeys(place.land for place in places if place.land)
    unnamed = [land for land in lands if fold(land) not in fold(question.text)]
    parts = [index.learned.parts.get(key, "") for key in asked_parts(question.text)]
    is_unsaid = question.kind == "eligibility" and "berechtigt" not in fold(question.text)
    entitled = [_ENTITLED] if is_unsaid else []
    further = ", ".join(filter(None, [*unnamed, *parts, *entitled]))
    text = f"{question.text} ({further})" if further else question.text
    core = _core(question.text)
    tokens = {
        word: token
        for token in reversed(_TOKEN.findall(text))
        for word in words(token)
        if not is_stop_word(word)
    }
    local = {word for place in places for word in words(place.name)} - set(words(" ".join(lands)))
    core |= frozenset(_TOKEN.findall(further)) - {_ENTITLED}
    has_nouns = any(token[0].isupper() for token in _TOKEN.findall(question.text)[1:])

    subject = set(_SUBJECT.findall(question.text))

    def share(word: str, token: str) -> float:
        if (
            token not in core
            or word in local
            or token in subject
            or only_names_kind(question, word)
        ):
            return ASIDE
        is_small = has_nouns and not question.is_english and token[0].islower()
        return NO_NOUN if is_small else 1.0

    return Query(
        question,
        text,
        tuple(
            _query_word(word, token, question, index, share=share(word, token))
            for word, token in reversed(tokens.items())
            if not question.is_english or _says_something(word, token, index)
        ),
        places,
    )


def _query_word(
    word: str, token: str, question: Question, index: Index, *, share: float
) -> QueryWord:
    one = stem(word)
    return QueryWord(
        stem=one,
        folded=fold(word),
        weight=index.lexical.idf(one) * share,
        grams=frozenset(grams(word)),
        synonyms=synonyms(one) | index.long_form_stems(fold(word)) | _book(word, question.text),
        german=translations(one) if question.is_english else frozenset(),
        is_focus=token == question.focus,
        token=token,
    )


def _book(word: str, text: str) -> frozenset[str]:
    """Return the stem of the ordinal that a book of the SGB is cited with, for its numeral."""
    if word not in _BOOKS or word.upper() not in _BOOK.findall(text):
        return frozenset()
    return frozenset({stem(_BOOKS[word])})


def _says_something(word: str, token: str, index: Index) -> bool:
    """Tell whether an English word can be met in German passages: a name, or in the glossary."""
    one = stem(word)
    return bool(synonyms(one)) or one in index.lexical or not token[1:].islower()


def _core(text: str) -> frozenset[str]:
    """Return the tokens of the sentences that ask; without a real one, all tokens."""
    asking = [part for part in _SENTENCE.findall(text) if part.rstrip().endswith("?")]
    tokens = [token for part in asking for token in _TOKEN.findall(part)]
    content = [token for token in tokens if not is_stop_word(token.lower())]
    return frozenset(tokens if len(content) >= FEWEST_CORE_WORDS else _TOKEN.findall(text))
