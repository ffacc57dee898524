"""The block above a Markdown text becomes title and source: YAML, or the title block of Pandoc.

Mistakes name their key. A wrong address costs a link and is left out with a remark. Any other
mistake refuses the file: it could decide who may read the document, or how long it holds.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import yaml

from corpus.audiences import audience_named
from corpus.documents import Source, Verdict
from corpus.places import land_names
from ingest.cleaning import clean_line
from ingest.readers.errors import UnreadableDocument

_BLOCK = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
# Pandoc's title block: "% title", which may go on in indented lines, then authors and date.
_TITLE_BLOCK = re.compile(r"\ufeff?%[ \t]+(\S.*(?:\n[ \t]+\S.*)*)\n((?:%.*\n)*)")
_KEY = re.compile(r"\s*(?:#|[\w-]+\s*:)")
_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+$")
_MAX_CHARACTERS = 20_000
_NO_ADDRESS = "Kopfdaten: `url` beginnt nicht mit `https://` oder `http://`, daher kein Link."
_MOST_WORDS = 20  # entries of a list

_LEVELS = ("Bund", "Land", "Kommune", "intern")
_EVIDENCE = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a text says about itself, and the text below; `remarks` say what was left out."""

    body: str
    title: str = ""
    source: Source = field(default_factory=Source)
    remarks: tuple[str, ...] = ()


def parse_front_matter(text: str, name: str) -> FrontMatter:
    """Take front matter and text apart; an `UnreadableDocument` names the key of a mistake."""
    block = _BLOCK.match(text)
    if not block or not _KEY.match(block.group(1)):
        return _titled(text)
    values = _load(block.group(1), name)
    url = _words(values, "url", name)
    is_address = not url or bool(_WEB_ADDRESS.match(url))
    source = Source(
        title=_words(values, "source_title", name),
        publisher=_words(values, "publisher", name),
        url=url if is_address else "",
        kind=_words(values, "kind", name),
        level=_choice(values, "level", _LEVELS, name),
        evidence=_choice(values, "evidence", _EVIDENCE, name),
        as_of=_date(values, "as_of", name),
        valid_from=_date(values, "valid_from", name),
        valid_until=_date(values, "valid_until", name),
        lands=_lands(values, name),
        themes=_list(values, "themes", name),
        audience=audience_named(_words(values, "audience", name)),
    )
    if source.valid_from and source.valid_until and source.valid_from > source.valid_until:
        raise _wrong("valid_until", "liegt vor `valid_from`", name)
    remarks = () if is_address else (_NO_ADDRESS,)
    return FrontMatter(text[block.end() :], _words(values, "title", name), source, remarks)


def _titled(text: str) -> FrontMatter:
    """Take the title of a title block off a text; what else it holds stays, as a paragraph."""
    block = _TITLE_BLOCK.match(text)
    if not block:
        return FrontMatter(text)
    others = block[2].replace("%", "")
    return FrontMatter(f"{others}\n{text[block.end() :]}", clean_line(block[1]))


def _load(block: str, name: str) -> dict[str, Any]:
    if len(block) > _MAX_CHARACTERS:
        raise _invalid(f"länger als {_MAX_CHARACTERS} Zeichen", name)
    try:
        values = yaml.safe_load(block)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1  # the first line is "---"
        raise _invalid(f"kein gültiges YAML in Zeile {line}", name) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # ValueError: "2024-02-30" looks like a date to YAML and is none.
        raise _invalid(f"kein gültiges YAML: {error}", name) from error
    if not isinstance(values, dict):
        raise _invalid("keine Liste aus `Schlüssel: Wert`", name)
    return {str(key): value for key, value in values.items()}


def _words(values: dict[str, Any], key: str, name: str) -> str:
    value = values.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise _wrong(key, "muss Text sein", name)
    return clean_line(str(value))


def _choice(values: dict[str, Any], key: str, allowed: tuple[str, ...], name: str) -> str:
    word = _words(values, key, name)
    if word and word not in allowed:
        raise _wrong(key, f"ist „{word}“, erlaubt: {', '.join(allowed)}", name)
    return word


def _list(values: dict[str, Any], key: str, name: str) -> tuple[str, ...]:
    """Read a list of words; a single word is a list of one."""
    value = values.get(key)
    entries = value if isinstance(value, list) else [value]
    if len(entries) > _MOST_WORDS:
        raise _wrong(key, f"hat mehr als {_MOST_WORDS} Einträge", name)
    found = (_words({key: entry}, key, name) for entry in entries)
    return tuple(dict.fromkeys(word for word in found if word))


def _lands(values: dict[str, Any], name: str) -> tuple[str, ...]:
    lands = _list(values, "lands", name)
    if unknown := [land for land in lands if land not in land_names()]:
        raise _wrong("lands", f"nennt „{unknown[0]}“, das ist kein deutsches Land", name)
    return lands


def _date(values: dict[str, Any], key: str, name: str) -> date | None:
    value = values.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        if german := _GERMAN_DATE.match(str(value).strip()):
            day, month, year = (int(part) for part in german.groups())
            return date(year, month, day)
        return date.fromisoformat(str(value).strip())
    except ValueError as error:
        raise _wrong(key, f"ist kein Datum der Form JJJJ-MM-TT: „{value}“", name) from error


def _wrong(key: str, problem: str, name: str) -> UnreadableDocument:
    return _invalid(f"`{key}` {problem}", name)


def _invalid(detail: str, name: str) -> UnreadableDocument:
    return UnreadableDocument(
        name,
        Verdict.DAMAGED,
        f"Kopfdaten: {detail}",
        hint="Die Angaben zwischen den beiden Zeilen `---` am Anfang der Datei berichtigen.",
    )
