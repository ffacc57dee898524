"""A passage and the span quoted from it → the source panel, as HTML with everything escaped."""

import hashlib
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote as percent_encode
from urllib.parse import urlencode

from assistant.answers import Citation
from assistant.links import host_of, official_link
from assistant.page.escaping import escape
from assistant.page.provenance import title_of, validity_of
from assistant.page.words import Words
from corpus.documents import Passage

OFFICIAL = "A"  # the degree of evidence of what an authority or the programme says itself
ROUTE = "quelle"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The passages before and after in the same document."""

    before: Passage | None = None
    after: Passage | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """The quoted span of a passage, as the chip that was clicked names it."""

    number: int
    start: int
    end: int
    proof: str  # digest of the quote, see `proof_of`

    def holds_in(self, passage: Passage) -> bool:
        """Tell whether the span still holds the quote; a new index can change what it covers."""
        quoted = passage.text[max(self.start, 0) : max(self.end, 0)]
        return bool(quoted) and proof_of(quoted) == self.proof


def proof_of(quote: str) -> str:
    """Return a short digest of a quote, so that a chip need not carry the quote itself."""
    return hashlib.sha256(quote.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def panel_address(citation: Citation, words: Words) -> str:
    """Return where the panel of a citation is served, relative to the page."""
    query = urlencode(
        {
            "nr": citation.number,
            "von": citation.start,
            "bis": citation.end,
            "beleg": proof_of(citation.quote),
            "sprache": words.language,
        }
    )
    return f"{ROUTE}/{percent_encode(citation.passage.id, safe='')}?{query}"


def render_panel(
    passage: Passage, around: Surroundings, mark: Mark, words: Words, today: date
) -> str:
    """Render the whole panel: head, facts, link, passage with the quote marked."""
    return (
        f'<div class="quelle-kopf"><p class="nummer">{words.source} {mark.number}</p>'
        f'<h2 id="quelle-titel" tabindex="-1">{escape(title_of(passage))}</h2>'
        f'<button type="button" class="schliessen" title="{escape(words.close)}">'
        f'<span class="sr-only">{escape(words.close)}</span></button></div>'
        f"{_expired_banner(passage, words, today)}"
        f"{_whereabouts(passage, words, today)}"
        f'<section class="auszug"><h3>{words.passage}</h3>'
        f"{_around(around.before, words.before)}"
        f"{_marked(passage, mark, words)}"
        f"{_around(around.after, words.after)}</section>"
        f"{_link(passage, words)}"
        f"{_origin(passage, words)}"
    )


def render_gone(words: Words) -> str:
    """Render the panel for a passage that is no longer in the corpus."""
    return (
        f'<div class="quelle-kopf"><h2 id="quelle-titel" tabindex="-1">{words.source}</h2>'
        f'<button type="button" class="schliessen" title="{escape(words.close)}">'
        f'<span class="sr-only">{escape(words.close)}</span></button></div>'
        f'<p class="verschoben">{escape(words.gone)}</p>'
    )


def _expired_banner(passage: Passage, words: Words, today: date) -> str:
    validity = validity_of(passage.source, words, today)
    if validity is None or not validity.has_expired:
        return ""
    return (
        f'<p class="abgelaufen"><strong>{escape(words.expired_short.capitalize())}:</strong> '
        f"{escape(validity.text)}</p>"
    )


def _whereabouts(passage: Passage, words: Words, today: date) -> str:
    """Render what decides whether the quote may be relied on: where it stands and when it holds."""
    source = passage.source
    validity = validity_of(source, words, today)
    return _facts(
        (words.position, passage.locator if passage.page_label else ""),
        (words.section, passage.heading),
        (words.as_of, words.date(source.as_of) if source.as_of else words.unknown),
        (words.validity, validity.text if validity else words.unknown),
    )


def _origin(passage: Passage, words: Words) -> str:
    source = passage.source
    return _facts(
        (words.origin, source.title if source.title != title_of(passage) else ""),
        (words.publisher, source.publisher),
        (words.kind, source.kind),
        (words.level, source.level),
        (words.file, passage.document_name),
    )


def _facts(*facts: tuple[str, str]) -> str:
    rows = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in facts
        if value
    )
    return f'<dl class="angaben">{rows}</dl>'


def _link(passage: Passage, words: Words) -> str:
    url = official_link(passage.source.url)
    if url is None:
        return ""
    label = words.official if passage.source.evidence == OFFICIAL else words.other_source
    detail = words.official_detail.format(host=host_of(url))
    return (
        f'<p class="amtlich"><a href="{escape(url)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(label)}</a> <small>{escape(detail)}</small></p>"
    )


def _marked(passage: Passage, mark: Mark, words: Words) -> str:
    text = passage.text
    if not mark.holds_in(passage):
        return (
            f'<p class="verschoben">{escape(words.moved)}</p>'
            f'<div class="stelle" lang="de">{escape(text)}</div>'
        )
    return (
        f'<div class="stelle" lang="de">{escape(text[: mark.start])}'
        f'<span class="sr-only" lang="{words.language}">{escape(words.quote_begins)} </span>'
        f"<mark>{escape(text[mark.start : mark.end])}</mark>"
        f'<span class="sr-only" lang="{words.language}"> {escape(words.quote_ends)}</span>'
        f"{escape(text[mark.end :])}</div>"
    )


def _around(passage: Passage | None, label: str) -> str:
    if passage is None:
        return ""
    return (
        f'<details class="umgebung"><summary>{escape(label)}</summary>'
        f'<div class="stelle" lang="de">{escape(passage.text)}</div></details>'
    )
