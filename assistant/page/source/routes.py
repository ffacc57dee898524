"""Where sources are served: as a part, as a page, pages as pictures, and the original files."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import HTMLResponse, Response

from assistant.links import host_of, official_link
from assistant.mark import Mark
from assistant.page.context import PageContext
from assistant.page.shell import Reader, Visit, render
from assistant.page.source.addresses import PART, WHOLE, passage_link
from assistant.page.source.excerpt import excerpt_of, passages_on
from assistant.page.source.originals import download, is_pdf
from assistant.page.source.sheet import Sheet, Wish, dots_per_inch, sheet_of
from assistant.page.source.words import SOURCE_WORDS
from assistant.wording.provenance import title_of, validity_of
from assistant.wording.texts import WORDS
from corpus.documents import Passage
from corpus.originals import original

if TYPE_CHECKING:
    from corpus.records import IndexedDocument

_PASSAGE_ID = re.compile(r"[0-9a-f]{12}:\d+:\d+")
_PICTURE_KEPT = {"Cache-Control": "private, max-age=600"}


def wanted_mark(
    nr: Annotated[int, Query(ge=0, le=999)] = 0,
    von: Annotated[int, Query(ge=0)] = 0,
    bis: Annotated[int, Query(ge=0)] = 0,
    beleg: Annotated[str, Query(max_length=64)] = "",
) -> Mark:
    """Read the span off an address."""
    return Mark(von, bis, beleg, nr)


def wanted_page(
    seite: Annotated[int, Query(ge=0, le=100_000)] = 0,
    zoom: Annotated[int, Query(ge=0, le=1_000)] = 100,
) -> Wish:
    """Read the page to be seen off an address."""
    return Wish(seite, zoom)


WantedMark = Annotated[Mark, Depends(wanted_mark)]
WantedPage = Annotated[Wish, Depends(wanted_page)]


def router(context: PageContext) -> APIRouter:
    """Serve the sources of what each reader may see."""
    routes, sources = APIRouter(), Sources(context)

    @routes.get(PART + "/{passage_id:path}")
    def part(passage_id: str, reader: Reader, mark: WantedMark, wish: WantedPage) -> HTMLResponse:
        return sources.show("quelle/teil.html", passage_id, mark, wish, reader)

    @routes.get(WHOLE + "/{passage_id:path}")
    def whole(passage_id: str, reader: Reader, mark: WantedMark, wish: WantedPage) -> HTMLResponse:
        return sources.show("quelle/seite.html", passage_id, mark, wish, reader)

    @routes.get("/seitenbild/{document_id}/{page}")
    def picture(document_id: str, page: int, reader: Reader, zoom: int = 100) -> Response:
        png = sources.picture(document_id, reader, Wish(page, zoom))
        return Response(png, media_type="image/png", headers=_PICTURE_KEPT)

    @routes.get("/original/{document_id}")
    def file(document_id: str, reader: Reader) -> Response:
        document, path = sources.file(document_id, reader)
        return download(path, document.name)

    return routes


@dataclass(frozen=True, slots=True)
class Sources:
    """Finds what an address names, among the documents that a reader may see."""

    context: PageContext

    def show(
        self, template: str, passage_id: str, mark: Mark, wish: Wish, reader: Visit
    ) -> HTMLResponse:
        """Render a passage, or say that it is gone."""
        words = SOURCE_WORDS[reader.language]
        passage = self.context.assistant_for(reader).passage(passage_id)
        if passage is not None:
            values = self._values(passage, mark, wish, reader)
            return render(template, reader, words=words, passage=passage, mark=mark, **values)
        document = self._document(passage_id.partition(":")[0], reader)
        is_removed = document is None and bool(_PASSAGE_ID.fullmatch(passage_id))
        status = 410 if is_removed else 404
        return render(
            template, reader, status=status, words=words, passage=None, is_removed=is_removed
        )

    def _values(self, passage: Passage, mark: Mark, wish: Wish, reader: Visit) -> dict[str, Any]:
        index = self.context.assistant_for(reader).index
        path = original(self.context.data, passage.document_id)
        sheet = self._sheet(passage, mark, wish, path, reader)
        is_elsewhere = sheet is not None and not sheet.is_quote_page
        url = official_link(passage.source.url)
        words = WORDS[reader.language]
        return {
            "title": title_of(passage),
            "validity": validity_of(passage.source, words, self.context.today()),
            "expired": words.expired_short,
            "document": self._document(passage.document_id, reader),
            "sheet": sheet,
            "excerpt": excerpt_of(passage, mark, index),
            "other_text": passages_on(index, passage.document_id, wish.page)
            if is_elsewhere
            else (),
            "permanent": passage_link(reader, passage, mark.start, mark.end),
            "has_original": path is not None,
            "url": url,
            "host": host_of(url) if url else "",
            "is_official": passage.source.is_official,
        }

    def picture(self, document_id: str, reader: Visit, wish: Wish) -> bytes:
        """Draw a page of a document."""
        _, path = self.file(document_id, reader)
        if self.context.images is None or not is_pdf(path):
            raise HTTPException(404)
        return self.context.images.draw(path, wish.page, dots_per_inch(wish.zoom))

    def file(self, document_id: str, reader: Visit) -> "tuple[IndexedDocument, Path]":
        """Return a document with its original file; 404 if either is not there, or not theirs."""
        document = self._document(document_id, reader)
        path = original(self.context.data, document_id)
        if document is None or path is None:
            raise HTTPException(404)
        return document, path

    def _document(self, document_id: str, reader: Visit) -> "IndexedDocument | None":
        return self.context.assistant_for(reader).index.document(document_id)

    def _sheet(
        self, passage: Passage, mark: Mark, wish: Wish, path: Path | None, reader: Visit
    ) -> Sheet | None:
        images = self.context.images
        if images is None or path is None or not (passage.page_label and is_pdf(path)):
            return None
        return sheet_of(passage, mark, wish, path, images, reader, SOURCE_WORDS[reader.language])
