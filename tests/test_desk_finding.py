from dataclasses import replace
from datetime import date

import pytest
from sample_passages import BUS, CONTACT, PASSAGES, RATE, SOURCE, build, passage

from assistant.desk.facets import Choice
from assistant.desk.finding import EXCERPT, find
from assistant.retriever import Retriever
from corpus.documents import Source
from corpus.index import Index


@pytest.fixture
def retriever(corpus_index, embedder):
    return Retriever(corpus_index, embedder)


def names(findings):
    return [group.document.name for group in findings.groups]


def chosen(**facets):
    return Choice({facet: frozenset({value}) for facet, value in facets.items()})


def test_hits_stand_by_their_document_best_first(retriever):
    findings = find(retriever, "Förderquote und Antragsfrist der Kreise", Choice())
    assert names(findings)[0] == "leitfaden.pdf"
    first = findings.groups[0].finds
    assert len(first) >= 2
    assert [one.hit.rank for one in first] == sorted(one.hit.rank for one in first)
    assert findings.hits == sum(len(group.finds) for group in findings.groups)


def test_the_quote_is_the_sentence_that_says_it(retriever):
    (one, *_), *_ = (group.finds for group in find(retriever, "Förderquote", Choice()).groups)
    start, end = one.quote
    assert one.passage.text[start:end] == RATE[: RATE.index("Der Eigenanteil") - 1]
    assert [one.passage.text[a:b] for a, b in one.marked] == ["Förderquote"]


@pytest.mark.parametrize("question", ["Teilchenbeschleuniger", "Quantenphysik Rezepte"])
def test_what_no_document_speaks_of_is_not_found(retriever, question):
    findings = find(retriever, question, Choice())
    assert findings.groups == ()
    assert not findings.is_cut


def test_a_choice_is_looked_in_and_not_cut_out_of_the_hits(data, embedder):
    crowd = [passage(f"Der Lesebus Nummer {n} fährt.", f"bus{n}") for n in range(250)]
    lost = passage(BUS, "hessen", source=Source(lands=("Hessen",)))
    build(data, embedder, [*crowd, lost])
    retriever = Retriever(Index.open(data, embedder), embedder)
    assert find(retriever, "Lesebus", Choice()).is_cut
    found = find(retriever, "Lesebus", chosen(land="Hessen"))
    assert names(found) == ["hessen.md"]
    assert not found.is_cut


def test_a_facet_is_counted_as_if_nothing_were_chosen_in_it(retriever):
    findings = find(retriever, "Auskunft Lesebus Kreise", chosen(format="PDF"))
    assert names(findings) == ["leitfaden.pdf"]
    counts = {one.value: (one.count, one.is_chosen) for one in findings.counts["format"]}
    assert counts == {"PDF": (1, True), "Markdown": (2, False)}
    assert [one.value for one in findings.counts["kind"]] == ["Richtlinie"]


def test_nothing_is_searched_where_no_document_fits(retriever):
    assert find(retriever, "Lesebus", chosen(level="intern")).groups == ()


def test_by_date_the_newest_comes_first_and_what_has_none_last(data, embedder):
    days = {"alt": date(2030, 1, 1), "neu": date(2031, 1, 1), "ohne": None}
    build(
        data,
        embedder,
        [passage(CONTACT, name, source=replace(SOURCE, as_of=day)) for name, day in days.items()],
    )
    retriever = Retriever(Index.open(data, embedder), embedder)
    found = find(retriever, "Auskunft", Choice(), "date")
    assert names(found) == ["neu.md", "alt.md", "ohne.md"]


def test_an_excerpt_is_made_of_whole_units_around_the_best(data, embedder):
    long = " ".join(f"Satz {n} handelt von der Wartung der Fahrzeuge im Kreis." for n in range(40))
    text = long.replace("Satz 20 handelt", "Satz 20 über den Eigenanteil handelt")
    build(data, embedder, [*PASSAGES, passage(text, "lang")])
    retriever = Retriever(Index.open(data, embedder), embedder)
    found = find(retriever, "Eigenanteil Wartung Fahrzeuge", Choice())
    one = next(group for group in found.groups if group.document.id == "lang").finds[0]
    start, end = one.excerpt
    assert start <= one.quote[0] < one.quote[1] <= end
    assert "Eigenanteil" in text[slice(*one.quote)]
    assert end - start <= EXCERPT
    assert {start, end} <= {edge for span in one.passage.sentences for edge in span}
