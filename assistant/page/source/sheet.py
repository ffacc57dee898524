"""A page of a PDF as it is shown: the picture, the marks on it, and the ways to other pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.mark import Mark
from assistant.page.page_images import PageImages
from assistant.page.shell import Visit
from assistant.page.source.addresses import passage_path
from assistant.page.source.words import SourceWords
from corpus.documents import Passage
from corpus.errors import UserFacingError
from corpus.page_views import PageView, Quote

ZOOMS = (100, 150, 200, 300)  # percent of the width there is
_DOTS_PER_INCH = 120  # at 100 percent


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the template needs; an empty link is a way that does not exist."""

    view: PageView
    place: str  # "S. 12 (PDF-Seite 14 von 30)"
    zoom: int
    picture: str
    links: Mapping[str, str]  # back, next, quote, larger, smaller
    is_quote_page: bool
    lacks_marks: bool  # the quote should be seen here and is not


@dataclass(frozen=True, slots=True)
class Wish:
    """What of a document is to be seen: a page of it, 0 for that of the passage, and how large."""

    page: int = 0
    zoom: int = ZOOMS[0]


def sheet_of(
    passage: Passage,
    mark: Mark,
    wish: Wish,
    path: Path,
    images: PageImages,
    reader: Visit,
    words: SourceWords,
) -> Sheet | None:
    """Return the page that is wished for, or None where it cannot be shown."""
    page = wish.page or passage.page
    is_quote_page = page == passage.page
    quote = Quote(passage.text, mark.start, mark.end) if mark.holds_in(passage) else None
    try:
        view = images.view(path, page, quote if is_quote_page else None)
    except UserFacingError:
        return None
    zoom = min(ZOOMS, key=lambda one: abs(one - wish.zoom))
    picture = f"/seitenbild/{passage.document_id}/{page}"
    label = passage.page_label if is_quote_page else ""
    return Sheet(
        view,
        _place(page, label, view.pages, words),
        zoom,
        reader.link(picture, zoom=zoom),
        _links(passage, mark, Wish(page, zoom), view.pages, reader),
        is_quote_page,
        lacks_marks=is_quote_page and quote is not None and not view.marks,
    )


def dots_per_inch(zoom: int) -> int:
    """Return how finely a page is drawn at a zoom."""
    return _DOTS_PER_INCH * zoom // 100


def _place(page: int, label: str, pages: int, words: SourceWords) -> str:
    form = words.printed_page_of if label and label != str(page) else words.page_of
    return form.format(label=label, page=page, pages=pages)


def _links(passage: Passage, mark: Mark, shown: Wish, pages: int, reader: Visit) -> dict[str, str]:
    def link(page: int, zoom: int) -> str:
        return reader.link(
            passage_path(passage.id),
            nr=mark.number or None,
            von=mark.start,
            bis=mark.end,
            beleg=mark.proof,
            seite=page if page != passage.page else None,
            zoom=zoom if zoom != ZOOMS[0] else None,
        )

    at = ZOOMS.index(shown.zoom)
    return {
        "back": link(shown.page - 1, shown.zoom) if shown.page > 1 else "",
        "next": link(shown.page + 1, shown.zoom) if shown.page < pages else "",
        "quote": link(passage.page, shown.zoom) if shown.page != passage.page else "",
        "larger": link(shown.page, ZOOMS[at + 1]) if at + 1 < len(ZOOMS) else "",
        "smaller": link(shown.page, ZOOMS[at - 1]) if at else "",
    }
