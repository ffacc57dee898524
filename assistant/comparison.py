"""Two things side by side: a table whose every cell is a quote, or says that nothing is stated."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assistant.answers import Cell, Citation, Table
from assistant.query import Query
from assistant.selection import Quote
from assistant.units import Unit
from corpus.analysis import content_stems, is_stop_word, words
from corpus.enumerations import Key, asked_parts

_Aspect = tuple[tuple[str, str], str, str]

_JOINED = r"(?:und|von|mit|and|from|to|with|gegenüber|vs\.?|versus)"
_SUBJECT = r"(?:(?:der|die|das|dem|den|the)\s+)?(\S.*?)"
_ASPECT = r"(?:\s+(?:bei(?:m)?|hinsichtlich|bezüglich|regarding|in terms of)\s+(.+?))?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        *(
            rf"{opening}\s+{_SUBJECT}\s+{_JOINED}\s+{_SUBJECT}{_ASPECT}\s*\??$"
            for opening in (
                r"unterschiede?n?\s+(?:gibt es\s+)?zwischen",
                r"^unterschiede?(?!\s+(?:gibt|zwischen|bei|in)\b)",
                r"unterscheide(?:n|t)\s+sich",
                r"difference(?:s)?\s+between",
                r"\bvergleich\w*(?:\s+(?:von|zwischen|doch|mal|bitte))*",
                r"\bcompare",
            )
        ),
        # "X oder Y, was ist der Unterschied", "Was ist bei X anders als bei Y?"
        rf"\bwas\s+(?:ist|läuft)\s+(?:bei|an|in)\s+{_SUBJECT}\s+anders\s+als\s+(?:bei|an|in)\s+(\S.*?)()\s*\??$",
        rf"\bunterscheide[nt]\s+{_SUBJECT}\s+(?:von|und)\s+{_SUBJECT}{_ASPECT}\s*\??$",
        r"^(\S.*?)\s+(?:oder|or)\s+(\S.*?)()\s*[-–:,?]+\s*(?:was|wo|worin|what)\b.*"
        r"(?:unterschied|unterscheide|differen|anders)",
    )
)
# A longer name of something else, that holds the name of a subject: „Bus im Lesenetz“.
_QUOTED = re.compile(r"„([^“]{1,80})“")
_ARTICLE = re.compile(r"^(?:der|die|das|dem|den|the|einem?|einer?)\s+", re.IGNORECASE)

# What is compared where the question does not say: the label for each language of the answer, the
# question to each subject, and the words by which a question names just this.
ASPECTS = (
    (("Gegenstand", "Subject"), "Was ist {}?", r"gegenstand|inhalt|zweck|ziel"),
    (
        ("Antragsberechtigt", "Who may apply"),
        "Wer darf bei {} einen Antrag stellen?",
        r"berechtigt|zielgruppe|eligib|applicant",
    ),
    (
        ("Förderung", "Funding"),
        "Wie hoch ist die Förderung bei {}?",
        r"förder|foerder|geld|quote|höhe|hoehe|funding|rate",
    ),
    (("Dauer", "Duration"), "Wie lange läuft {}?", r"dauer|laufzeit|duration"),
    (
        ("Antragstermin", "Deadline"),
        "Bis wann muss der Antrag für {} gestellt werden?",
        r"termin|frist|deadline",
    ),
)
# Numbered parts of one programme: the programme's money and dates are those of both.
PART_ASPECTS = (
    (("Aufgaben", "Tasks"), "Welche Aufgaben hat {}?", r"aufgabe|tätigkeit|task"),
    (("Verbindlichkeit", "Obligation"), "Ist {} Pflicht?", r"pflicht|verbindlich|mandatory"),
    (("Gegenstand", "Subject"), "Worum geht es in {}?", r"gegenstand|inhalt|zweck|ziel|subject"),
)
ABOUT = 0.8  # share of a subject's words that a unit or what stands around it must hold


@dataclass(frozen=True, slots=True)
class Compared:
    """The two subjects of a question and the aspect it names, empty without one.

    `within` is what holds both: "Modul 1 und 2 bei Bildungskommunen".
    """

    subjects: tuple[str, str]
    aspect: str
    within: str = ""

    @property
    def _aspects(self) -> tuple[_Aspect, ...]:
        return PART_ASPECTS if all(map(asked_parts, self.subjects)) else ASPECTS

    def questions(self) -> list[tuple[tuple[str, str], tuple[str, str]]]:
        """Return for each row its labels, German and English, and the question to each subject."""
        rows = [(labels, template) for labels, template, _ in self._aspects]
        if self.aspect:
            rows = [((self.aspect, self.aspect), self._template())]
        first, second = (
            f"{subject} ({self.within})" if self.within else subject for subject in self.subjects
        )
        return [
            (labels, (template.replace("{}", first), template.replace("{}", second)))
            for labels, template in rows
        ]

    def _template(self) -> str:
        """Return the question for the aspect that is named."""
        return self._known_template() or f"{self.aspect}: {{}}?"

    def _known_template(self) -> str:
        for _, template, named in (*self._aspects, *ASPECTS):
            if re.search(named, self.aspect, re.IGNORECASE):
                return template
        return ""

    def held_by(self, titles: Iterable[str]) -> "Compared":
        """Take what the question names behind "bei" for what holds both, where a title says it."""
        name = _closed_up(self.aspect)
        if not name or self._known_template():
            return self
        if not any(_closed_up(title).startswith(name) for title in titles):
            return self
        return Compared(self.subjects, "", self.aspect)


def compared(question: str) -> Compared | None:
    """Read what a question compares: "Worin unterscheiden sich A und B bei C?"."""
    for form in _FORMS:
        match = form.search(question.strip())
        if match:
            first, second, aspect = (
                _ARTICLE.sub("", part or "").strip() for part in match.groups()
            )
            return Compared(_spelled_out(first, second), aspect[:1].upper() + aspect[1:])
    return None


def says_what_is_asked(query: Query, unit: Unit, subject: str) -> bool:
    """Whether a unit holds what a yes/no question asks of the subject, and not its name alone."""
    if query.question.kind != "yesno":
        return True
    asked = set(content_stems(query.question.text)) - set(content_stems(subject))
    pairs = zip(query.words, unit.matches, strict=True)
    return all(match > 0 for word, match in pairs if asked & set(content_stems(word.token)))


def about(
    subject: str, units: Sequence[Unit], parts: Mapping[Key, str] = MappingProxyType({})
) -> Unit | None:
    """Return the first unit that speaks of the subject by name, in itself or in its headings.

    `parts` are the names that the documents give to numbered parts, as good as the number.
    """
    keys = set(asked_parts(subject))
    names = (subject, *filter(None, map(parts.get, keys)))
    own = [unit for unit in units if not keys or not _is_of_other_part(unit, keys, parts)]
    return next(filter(None, (_first_naming(name, own) for name in names)), None)


def _is_of_other_part(unit: Unit, keys: set[Key], parts: Mapping[Key, str]) -> bool:
    """Whether the beginning of the unit, or the heading above it, names other parts only."""
    first_line = unit.text.partition("\n")[0]
    for text in (first_line, " ".join(unit.hit.passage.heading_path[-1:])):
        named = {
            *asked_parts(text),
            *(k for k in parts if _closed_up(parts[k]) in _closed_up(text)),
        }
        if named and named.isdisjoint(keys):
            return True
    return False


def _first_naming(subject: str, units: Sequence[Unit]) -> Unit | None:
    wanted = set(content_stems(subject))
    for unit in units:
        passage = unit.hit.passage
        before = passage.sentences[unit.position - 1] if unit.position else (0, 0)
        around = " ".join((passage.title, *passage.heading_path, passage.text[slice(*before)]))
        own, text = (_unnamed(subject, one) for one in (unit.text, f"{around} {unit.text}"))
        if own != unit.text and _closed_up(subject) not in _closed_up(own):
            continue  # the sentence is about the longer name, whatever stands above it
        named = len(wanted & set(content_stems(text))) >= ABOUT * len(wanted)
        if wanted and (named or _closed_up(subject) in _closed_up(text)):
            return unit
    return None


def _unnamed(subject: str, text: str) -> str:
    """Take out the longer names that hold the subject and do not begin with it."""
    name = _closed_up(subject)

    def shortened(quoted: re.Match[str]) -> str:
        inside = _closed_up(quoted[1])
        return " " if name in inside and not inside.startswith(name) else quoted[0]

    return _QUOTED.sub(shortened, text)


def _closed_up(text: str) -> str:
    """Drop what may stand inside a compound: "Haupt-Linie" is "Hauptlinie"."""
    return "".join(words(text))


def tabulate(
    compared: Compared,
    quote_for: Callable[[str, str], Quote | None],
    *,
    is_english: bool,
) -> tuple[Table, tuple[Citation, ...]] | None:
    """Ask for every cell; None unless each subject has at least one that is documented.

    `quote_for` takes a question and the subject it is about. Rows without any quote are left out.
    """
    citations: dict[Quote, Citation] = {}

    def cell(question: str, subject: str) -> Cell:
        quote = quote_for(question, subject)
        if quote is None:
            return Cell("", None)
        number = len(citations) + 1
        one = citations.setdefault(
            quote, Citation(number, quote.hit.passage, quote.text, quote.start, quote.end)
        )
        return Cell(one.quote, one.number)

    rows = []
    for labels, questions in compared.questions():
        cells = tuple(map(cell, questions, compared.subjects))
        if any(one.number for one in cells):
            rows.append((labels[is_english], cells))
    columns = list(zip(*(cells for _, cells in rows), strict=True))
    if not columns or not all(any(one.number for one in column) for column in columns):
        return None
    return Table(compared.subjects, tuple(rows)), tuple(citations.values())


def _spelled_out(first: str, second: str) -> tuple[str, str]:
    """Complete what German writes once: "Haupt- und Ganztag-Linie", "Modul 1 und 2"."""
    if first.endswith("-"):
        _, dash, last = second.rpartition("-")
        return (first + last if dash else first.rstrip("-") + second[len(second) // 2 :], second)
    noun = first.split()[0]
    if second.isdigit() and not is_stop_word(noun.lower()):
        return first, f"{noun} {second}"
    return first, second
