"""What a sentence may only say as the documents say it: numbers with units, days, contacts."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.analysis import fold

_MONTHS = (
    "januar februar maerz april mai juni juli august september oktober november dezember".split()
)
_ENGLISH_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH = {name: n for names in (_MONTHS, _ENGLISH_MONTHS) for n, name in enumerate(names, 1)}
_NAMED = "|".join(sorted(_MONTH, key=len, reverse=True))
_ONES = {
    "ein": 1, "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fuenf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwoelf": 12, "dreizehn": 13, "vierzehn": 14,
    "fuenfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_TENS = {
    "zwanzig": 20, "dreissig": 30, "vierzig": 40, "fuenfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90,
}  # fmt: skip
_COMPOSED = {f"{one}und{ten}": _ONES[one] + _TENS[ten] for one in _ONES for ten in _TENS}
_OTHERS = {
    "hundert": 100, "einhundert": 100, "tausend": 1000, "eintausend": 1000, "two": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "twenty": 20, "hundred": 100,
}  # fmt: skip
_ORDINALS = {
    "erst": 1, "zweit": 2, "dritt": 3, "viert": 4, "fuenft": 5, "sechst": 6, "siebt": 7, "acht": 8,
    "neunt": 9, "zehnt": 10,
}  # fmt: skip
_WORDS = {**_ONES, **_TENS, **_COMPOSED, **_OTHERS} | {
    f"{stem}e{ending}": value for stem, value in _ORDINALS.items() for ending in ("", *"nrsm")
}
_ARTICLES = ("ein", "eins")  # "ein" is mostly no number: it backs a 1, and never demands one
_SCALES = (("mrd", 1e9), ("milliard", 1e9), ("billion", 1e9), ("mio", 1e6), ("million", 1e6))
_THOUSANDS = ("tsd", "tausend", "thousand")

_EMAIL = re.compile(r"[\w.+-]+(?:@|\s?[(\[](?:at|ät)[)\]]\s?)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'„“»«)\]]+|\b(?:[\w-]+\.)+(?:de|eu|com|org|net|info|io|gov)\b"
    r"(?:/[^\s<>\"'„“»«)\]]*)?|\b[a-z]{2,10}://\S+",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,])(?:\+\d{2}|0)[\d\s/().-]{5,}\d(?!\w)")
_DAY = re.compile(
    rf"(?<![\d.,])(\d{{1,2}})\.\s?(?:(\d{{1,2}})\.\s?|({_NAMED})\s?)(\d{{4}}|\d\d(?![\d.]))?(?!\d)"
)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_ENGLISH_DAY = re.compile(rf"\b({_NAMED})\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}})")
_MONTH_YEAR = re.compile(rf"\b({_NAMED})\s(\d{{4}})")
_NUMBER = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    r"|\b([a-z]+)\b"
)
_UNIT = re.compile(
    r"\s*(?:(mrd|milliard\w*|billion\w*|mio|million\w*|tsd|tausend|thousand)\b\.?)?\s*"
    r"(?:(%|prozent\b|percent\b|v\. ?h\.|vom hundert)|(euro\b|eur\b|€))?"
)
_THOUSANDS_BLANK = re.compile(r"[.\s]")

Number = tuple[float, str]  # value and unit: "%", "euro" or none


@dataclass(frozen=True, slots=True)
class Literals:
    """The literals of a text; `implied` are the days in less exact forms, too.

    `has_article` tells of an "ein" in the text: it backs a 1, but never demands one.
    """

    numbers: frozenset[Number]
    days: frozenset[str]  # "2024-3-31", "2024-3" for a month, "?-3-31" without a year
    implied: frozenset[str]
    contacts: frozenset[str]
    has_article: bool

    def backs(self, claim: "Literals") -> bool:
        """Tell whether every number and day of `claim` stands here."""
        return claim.days <= self.implied and all(map(self._has, claim.numbers))

    def without(self, other: "Literals") -> "Literals":
        """Return the numbers and days that `other` does not state."""
        return replace(
            self,
            numbers=frozenset(one for one in self.numbers if not other._has(one)),
            days=self.days - other.days,
        )

    def _has(self, number: Number) -> bool:
        value, unit = number
        if any(value == other and unit in ("", kind) for other, kind in self.numbers):
            return True
        if not unit and any(str(int(value)) in day.split("-") for day in self.implied):
            return True  # a year alone, backed by a day in it
        return value == 1 and self.has_article


@lru_cache(maxsize=20_000)
def literals(text: str) -> Literals:
    """Read the literals off a text; what one kind has taken the next does not see."""
    rest, contacts = _take_contacts(text)
    rest, days = _take_days(fold(rest))
    numbers, has_article = _numbers(rest)
    return Literals(numbers, days, _implied(days), contacts, has_article)


def _take_contacts(text: str) -> tuple[str, frozenset[str]]:
    found = set()
    for pattern in (_EMAIL, _URL, _PHONE):
        for match in pattern.finditer(text):
            found.add(_normal_contact(match[0]))
        text = pattern.sub(" ", text)
    return text, frozenset(found)


def _normal_contact(contact: str) -> str:
    if contact[0] in "+0":
        digits = re.sub(r"\D", "", contact.replace("(0)", ""))
        return re.sub(r"^(?:\+49|0049|49)", "0", "+" + digits if contact[0] == "+" else digits)
    contact = re.sub(r"\s?[(\[](?:at|ät)[)\]]\s?", "@", contact.lower())
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", contact).rstrip("/.,;:!?")


def _take_days(folded: str) -> tuple[str, frozenset[str]]:
    found = set()
    for match in _ISO.finditer(folded):
        found.add("-".join(str(int(part)) for part in match.groups()))
    folded = _ISO.sub(" ", folded)
    for match in _ENGLISH_DAY.finditer(folded):
        found.add(f"{match[3]}-{_MONTH[match[1]]}-{int(match[2])}")
    folded = _ENGLISH_DAY.sub(" ", folded)
    for match in _DAY.finditer(folded):
        day, number, name, year = match.groups()
        year = f"20{year}" if year and len(year) == 2 else year or "?"
        found.add(f"{year}-{_MONTH[name] if name else int(number)}-{int(day)}")
    folded = _DAY.sub(" ", folded)
    for match in _MONTH_YEAR.finditer(folded):
        found.add(f"{match[2]}-{_MONTH[match[1]]}")
    folded = _MONTH_YEAR.sub(" ", folded)
    return folded, frozenset(found)


def _implied(days: frozenset[str]) -> frozenset[str]:
    coarser = {"-".join(day.split("-")[:2]) for day in days}
    yearless = {"?-" + day.partition("-")[2] for day in days if day.count("-") == 2}
    return days | coarser | yearless


def _numbers(folded: str) -> tuple[frozenset[Number], bool]:
    found: set[Number] = set()
    has_article = False
    for match in _NUMBER.finditer(folded):
        word = match[2]
        if word is not None and word not in _WORDS:
            has_article |= word.startswith("ein") and len(word) <= 6
            if word == "haelfte":
                found.add((50.0, "%"))
            continue
        if word in _ARTICLES:
            has_article = True
            continue
        unit = _UNIT.match(folded, match.end())
        value = float(_WORDS[word]) if word else _value(match[1])
        scale, percent, euro = unit.groups() if unit else (None, None, None)
        found.add((value * _scale(scale), "%" if percent else "euro" if euro else ""))
    return frozenset(found), has_article


def _value(number: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number):
        return float(number.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?", number):
        number = _THOUSANDS_BLANK.sub("", number)
    return float(number.replace(",", "."))


def _scale(word: str | None) -> float:
    if not word:
        return 1.0
    if word.startswith(_THOUSANDS):
        return 1e3
    return next(value for start, value in _SCALES if word.startswith(start))
