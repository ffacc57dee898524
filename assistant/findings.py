"""What the index holds on a question: hits, scored units, and whether they answer it."""

from dataclasses import dataclass

from assistant.answers import Outcome
from assistant.gate import outcome
from assistant.query import Query, build_query
from assistant.question import understand
from assistant.retriever import Retrieval, Retriever
from assistant.spelling import respell
from assistant.units import FURTHER, Unit, score_units
from assistant.validity import Timeframe


@dataclass(frozen=True, slots=True)
class Finding:
    """A question with its hits, its units best first, and the decision of the gate."""

    query: Query
    retrieval: Retrieval
    units: tuple[Unit, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Search:
    """A retriever bound to the time that is asked about."""

    retriever: Retriever
    timeframe: Timeframe

    def find(self, question: str) -> Finding:
        """Look a question up and decide whether the documents answer it."""
        index = self.retriever.index
        query, retrieval = self._look_up(question)
        respelt = respell(question, (hit.passage for hit in retrieval.hits))
        if respelt != question and not query.question.is_english:
            query, retrieval = self._look_up(respelt)
        units = score_units(query, retrieval, index, timeframe=self.timeframe)
        decided = outcome(query, units, index.background, self.retriever.cross_encoder)
        return Finding(query, retrieval, tuple(units), decided)

    def _look_up(self, question: str) -> tuple[Query, Retrieval]:
        query = build_query(understand(question), self.retriever.index)
        return query, self.retriever.retrieve(query.text, synonyms=query.synonyms, top_k=FURTHER)
