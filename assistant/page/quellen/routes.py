"""The pages of the desk: search, list, one document."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.desk.facets import NOT_STATED
from assistant.desk.finding import find
from assistant.desk.holdings import Holding, list_documents
from assistant.desk.marks import marked_words, matched_spans, pieces
from assistant.dialogue import check_question
from assistant.page.context import PageContext
from assistant.page.quellen import view
from assistant.page.quellen.wish import PARAMETERS, PATH, Wish, read_wish
from assistant.page.quellen.words import DESK_WORDS, collecting_said
from assistant.page.shell import Reader, Visit, render
from assistant.page.source.addresses import passage_link, place_of
from corpus.health import card_lines, health_cards


def router(context: PageContext) -> APIRouter:
    """Serve the desk over what the reader may see."""
    routes = APIRouter()

    @routes.get(PATH)
    def desk(reader: Reader, request: Request) -> HTMLResponse:
        wish = read_wish(request.query_params)
        if not wish.question:
            return _listed(context, reader, wish)
        context.count_search(request)
        return _found(context, reader, wish)

    @routes.get(f"{PATH}/dokument/{{document_id}}")
    def document(
        document_id: str,
        reader: Reader,
        q: Annotated[str, Query(max_length=2000)] = "",
        seite: Annotated[int, Query(ge=1, le=100_000)] = 1,
    ) -> HTMLResponse:
        question = check_question(q) if q.strip() else ""
        return _document(context, reader, document_id, question, seite)

    return routes


def _found(context: PageContext, reader: Visit, wish: Wish) -> HTMLResponse:
    findings = find(context.assistant_for(reader).retriever, wish.question, wish.choice, wish.order)
    return _page(
        "quellen/treffer.html",
        context,
        reader,
        wish=wish,
        parameters=PARAMETERS,
        counts=findings.counts,
        part=view.part_of(findings.groups, wish.page),
        summary=view.summary_of(findings, DESK_WORDS[reader.language]),
    )


def _listed(context: PageContext, reader: Visit, wish: Wish) -> HTMLResponse:
    words = DESK_WORDS[reader.language]
    listed = list_documents(context.assistant_for(reader).index.documents, wish.choice, wish.order)
    count = len(listed.holdings)
    return _page(
        "quellen/bestand.html",
        context,
        reader,
        wish=wish,
        parameters=PARAMETERS,
        counts=listed.counts,
        part=view.part_of(listed.holdings, wish.page),
        summary=words.one_document if count == 1 else words.documents.format(count=count),
    )


def _document(
    context: PageContext, reader: Visit, document_id: str, question: str, number: int
) -> HTMLResponse:
    """Show one document: what it is, its state, and its passages with the words marked."""
    index = context.assistant_for(reader).index
    found = index.document(document_id)
    if found is None:
        return _page("quellen/fort.html", context, reader, status=404)
    passages = index.passages_of(document_id)
    query = marked_words(question, index) if question else ()
    card = health_cards(index.documents)[index.documents.index(found)]
    return _page(
        "quellen/dokument.html",
        context,
        reader,
        holding=Holding(found, card),
        question=question,
        part=view.part_of(passages, number),
        pieces_of=lambda passage: pieces(
            passage.text, (0, len(passage.text)), matched_spans(passage.text, query)
        ),
    )


def _page(
    template: str, context: PageContext, reader: Visit, *, status: int = 200, **values: object
) -> HTMLResponse:
    return render(
        template,
        reader,
        place="quellen",
        status=status,
        section="search",
        may_change=context.may_change(reader),
        words=DESK_WORDS[reader.language],
        view=view,
        passage_link=passage_link,
        place_of=place_of,
        spoken=collecting_said(DESK_WORDS[reader.language]),
        not_stated=NOT_STATED,
        card_lines=card_lines,
        validity_line=partial(view.validity_line, language=reader.language, today=context.today()),
        **values,
    )
