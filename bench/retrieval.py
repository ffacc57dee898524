"""Retrieval and sentence choice on XQuAD-de: `python -m bench.retrieval`."""

import argparse
import random
import tempfile
from dataclasses import replace
from pathlib import Path

from assistant.gate import outcome
from assistant.query import Query, build_query
from assistant.question import understand
from assistant.retriever import Retrieval, Retriever
from assistant.selection import quotes, select
from assistant.units import FURTHER, score_units
from bench.xquad import (
    XquadQuestion,
    arguments_with_xquad,
    build_xquad,
    read_xquad,
    with_typos,
)
from corpus.embedder_choice import load_embedder
from corpus.index import Index
from corpus.settings import load_settings

SEED = 1


def main() -> None:
    path = arguments_with_xquad(argparse.ArgumentParser(description=__doc__)).xquad
    passages, questions = read_xquad(path)
    embedder = load_embedder(load_settings())
    with tempfile.TemporaryDirectory() as folder:
        index = build_xquad(Path(folder), passages, embedder)
        retriever = Retriever(index, embedder)
        randomness = random.Random(SEED)
        typos = [with_typos(question.text, randomness) for question in questions]
        print(f"{len(passages)} paragraphs, {len(questions)} questions, {embedder.name}")
        _print_recall("clean", retriever, [question.text for question in questions], questions)
        _print_recall("two typos", retriever, typos, questions)
        _print_sentences(retriever, questions)
        _print_refusals(retriever, questions)


def _print_recall(
    name: str, retriever: Retriever, texts: list[str], questions: list[XquadQuestion]
) -> None:
    ranks = []
    for text, question in zip(texts, questions, strict=True):
        query = query_for(text, retriever.index)
        rows = retriever.retrieve(query.text, synonyms=query.synonyms).rows
        ranks.append(rows.index(question.row) + 1 if question.row in rows else 0)
    shares = [sum(0 < rank <= k for rank in ranks) / len(ranks) for k in (1, 5, 10)]
    mrr = sum(1 / rank for rank in ranks if rank) / len(ranks)
    print(
        f"{name:<12}"
        + "  ".join(f"R@{k} {s:.1%}" for k, s in zip((1, 5, 10), shares, strict=True))
        + f"  MRR@10 {mrr:.3f}"
    )


def _print_sentences(retriever: Retriever, questions: list[XquadQuestion]) -> None:
    within = [0, 0, 0]
    quoted = 0
    for question in questions:
        query = query_for(question.text, retriever.index)
        found = retriever.retrieve(query.text, synonyms=query.synonyms, top_k=FURTHER)
        units = score_units(query, found, retriever.index)
        chosen = select(units)
        order = [*chosen, *(unit for unit in units if unit not in chosen)]
        for k in range(3):
            within[k] += any(question.answer in unit.text for unit in order[: k + 1])
        quoted += any(question.answer in quote.text for quote in quotes(chosen))
    shares = [count / len(questions) for count in within]
    print(
        "answer within the first 1/2/3 sentences "
        + " / ".join(f"{s:.1%}" for s in shares)
        + f", in what is quoted {quoted / len(questions):.1%}"
    )


def _print_refusals(retriever: Retriever, questions: list[XquadQuestion]) -> None:
    """Ask everything with its paragraph and without it: the paragraphs beside it nearly fit."""
    answered = refused = 0
    for question in questions:
        query = query_for(question.text, retriever.index)
        found = retriever.retrieve(query.text, synonyms=query.synonyms, top_k=FURTHER)
        for there in (found, without(found, question.row)):
            units = score_units(query, there, retriever.index)
            decided = outcome(query, units, retriever.index.background, retriever.cross_encoder)
            answered += there is found and decided != "refused"
            refused += there is not found and decided == "refused"
    print(
        f"with its paragraph answered {answered / len(questions):.1%}, "
        f"without it refused {refused / len(questions):.1%}"
    )


def without(found: Retrieval, row: int) -> Retrieval:
    """Take one paragraph out of what was found."""
    kept = [pair for pair in zip(found.hits, found.rows, strict=True) if pair[1] != row]
    hits = tuple(replace(hit, rank=rank) for rank, (hit, _) in enumerate(kept, 1))
    return replace(found, hits=hits, rows=tuple(other for _, other in kept))


def query_for(text: str, index: Index) -> Query:
    """Read a question against an index."""
    return build_query(understand(text), index)


if __name__ == "__main__":
    main()
