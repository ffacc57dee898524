"""German and English text to search terms: stems plus character 5-grams.

The recipe follows the comparison of BM25 variants in `docs/decisions.md`: stop words out, Snowball
stems with umlauts folded, and every 5-gram of the folded word, which lets compounds and misspelt
words meet ("Antrag Frist" finds "Antragsfrist").
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

from corpus.documents import Span

GRAM = 5
_WORD = re.compile(r"\w+")
_SHARED = re.compile(
    r"\b(\w+)- (?:und|oder|bzw\.|sowie) (?:ab|an|auf|aus|be|ein|fort|mit|nach|um|über|unter|ver|"
    r"vor|weiter|zu)(\w{3,})",
    re.IGNORECASE,
)
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_GERMAN_STOP_WORDS = """
aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch
auf aus bei beim bin bis bist da damit dann das dass daß dasselbe dazu dein deine dem den denn der
deren des dessen dich die dies diese dieselbe diesem diesen dieser dieses dir doch dort du durch
ein eine einem einen einer eines einig einige einmal er es etwas euch euer eure für fuer gegen
gewesen hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren
ihrer ihres im in indem ins ist jede jedem jeden jeder jedes jene jetzt kann kein keine keinem
keinen keiner können koennen könnte machen man manche mein meine meinem meinen meiner mich mir mit
muss musste nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner
seines selbst sich sie sind so solche soll sollte sondern sonst über ueber um und uns unser unsere
unserem unseren unserer unter viel vom von vor während waehrend war waren warst was weg weil
weiter welche welchem welchen welcher welches wenn wer werde werden wie wieder will wir wird wirst
wo wollen wollte würde würden zu zum zur zwar zwischen wen wem wessen wann warum wieso weshalb
woher wohin womit wofür wofuer wozu worum eigentlich mal bitte gibt gebe gab dürfen darf lautet
lauten heißt heißen genau eben halt etwa findet finden fand statt stattfindet liegt liegen steht
stehen geht gehen läuft bräuchte brauche braucht brauchen möchte möchten wüsste gern gerne danke
hallo guten tag frage fragen konkret offiziell überhaupt nächste nächsten nächster letzte letzten
hoch viele vielen wieviel wieviele lange sowie bzw beispielsweise usw etc ne nen gibts jemand
irgendwas rein raus dabei lassen lässt nehmen nimmt konnte konnten könnten durfte durften mussten
sollten wollten wurde wurden hätte hätten ab innerhalb wirds gehts kanns ists wärs
"""
_ENGLISH_STOP_WORDS = """
a about after all also am an and any are as at be been before being between both but by can could
did do does doing down during each few for from further had has have having he her here hers him
his how i if in into is it its me might more most must my no nor not of off on once only or other
our out over own per same she should so some such than that the their them then there these they
this those through to too under until up very was we were what when where which while who whom why
will with would you your
"""


def fold(text: str) -> str:
    """Lower-case, NFC, umlauts written out, so that "Förderung" and "foerderung" are one."""
    return unicodedata.normalize("NFC", text).lower().translate(_FOLD)


STOP_WORDS = frozenset(fold(word) for word in (_GERMAN_STOP_WORDS + _ENGLISH_STOP_WORDS).split())

_local = threading.local()


def _stemmer() -> Stemmer.Stemmer:
    # PyStemmer objects are not thread-safe: one for each thread.
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("german")
    return _local.stemmer


def words(text: str) -> list[str]:
    """Lower-cased words of `text` in order, stop words included.

    "Auf- und Ausbau" also counts as "Aufbau": what two verbs share is written once in German.
    """
    lower = unicodedata.normalize("NFC", text).lower()
    return _WORD.findall(lower) + [first + base for first, base in _SHARED.findall(lower)]


def word_spans(text: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the place of each word in `text` with its lower-cased forms, as `words` has them.

    Both halves of "Auf- und Ausbau" also have the form "aufbau".
    """
    shared = {}
    for pair in _SHARED.finditer(text):
        shared[pair.start(1)] = shared[pair.end(2)] = (pair[1] + pair[2]).lower()
    for word in _WORD.finditer(text):
        start, end = word.span()
        further = shared.get(start) or shared.get(end)
        own = unicodedata.normalize("NFC", word[0]).lower()
        yield (start, end), (own, further) if further else (own,)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Snowball stem of one lower-cased word, umlauts folded."""
    return str(_stemmer().stemWord(word)).translate(_FOLD)


def is_stop_word(word: str) -> bool:
    """Tell whether a lower-cased word carries no content."""
    return word.translate(_FOLD) in STOP_WORDS


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry content, in order, repeated words kept."""
    return [stem(word) for word in words(text) if not is_stop_word(word)]


def grams(word: str) -> Iterator[str]:
    """Character 5-grams of `_word_`, marked so that they never equal a stem."""
    padded = f"_{word.translate(_FOLD)}_"
    for start in range(max(1, len(padded) - GRAM + 1)):
        yield "#" + padded[start : start + GRAM]


@lru_cache(maxsize=25_000)  # half a kilobyte each
def _terms_of(word: str) -> tuple[str, ...]:
    return () if is_stop_word(word) else (stem(word), *grams(word))


def terms(text: str) -> list[str]:
    """Search terms of `text`: stems and 5-grams of all words that carry content."""
    return [term for word in words(text) for term in _terms_of(word)]
