"""Answers and hits as the JSON that command line, HTTP and evaluation share."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.answers import Answer, Citation, Generated, Table
from corpus.documents import Hit

Json = dict[str, Any]


def answer_json(answer: Answer, *, question_id: str | None = None) -> Json:
    """Write an answer as in the contract of `ask --json`.

    The keys `table` and `generated` are there only for an answer that has such a thing.
    """
    table = {"table": _table_json(answer.table)} if answer.table else {}
    generated = {"generated": _generated_json(answer.generated)} if answer.generated else {}
    return {
        "id": question_id,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "mode": answer.mode,
        "refused": answer.is_refusal,
        "text": answer.text,
        "citations": [_citation_json(citation) for citation in answer.citations],
        "hits": [_hit_json(hit) for hit in answer.hits],
        "notes": [{"kind": note.kind, "text": note.text} for note in answer.notes],
        "place": answer.place,
        **table,
        **generated,
        "seconds": {
            "retrieve": round(answer.seconds_retrieve, 4),
            "answer": round(answer.seconds_answer, 4),
        },
    }


def hits_json(query: str, hits: Sequence[Hit], seconds: float) -> Json:
    """Write hits as in the contract of `search --json`."""
    return {"query": query, "hits": [_hit_json(hit) for hit in hits], "seconds": round(seconds, 4)}


def _citation_json(citation: Citation) -> Json:
    passage = citation.passage
    return {
        "number": citation.number,
        "document": passage.document_name,
        "title": passage.title,
        "page": passage.page if passage.page_label else None,
        "page_label": passage.page_label or None,
        "heading": passage.heading,
        "quote": citation.quote,
        "url": passage.source.url or None,
        "as_of": _iso(passage.source.as_of),
        "valid_until": _iso(passage.source.valid_until),
    }


def _table_json(table: Table) -> Json:
    return {
        "columns": list(table.columns),
        "rows": [
            {
                "label": label,
                "cells": [{"text": cell.text, "citation": cell.number} for cell in cells],
            }
            for label, cells in table.rows
        ],
    }


def _generated_json(generated: Generated) -> Json:
    return {
        "model": generated.model.name,
        "host": generated.model.host or None,
        "at": generated.at.isoformat(timespec="seconds"),
        "sentences": [
            {
                "text": one.text,
                "kind": "generated",
                "support": one.support,
                "citations": list(one.numbers),
            }
            for one in generated.statements
        ],
    }


def _hit_json(hit: Hit) -> Json:
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "document": hit.passage.document_name,
        "page": hit.passage.page if hit.passage.page_label else None,
        "text": hit.passage.text,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
