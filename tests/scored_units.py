"""A question in; the query it becomes and the scored units that an index holds for it out."""

from assistant.query import build_query
from assistant.question import understand
from assistant.retriever import Retriever
from assistant.units import score_units


def found(text, index, embedder, **options):
    """Return query and units as `Search` finds them, but for spelling and a fixed depth."""
    query = build_query(understand(text), index)
    retrieval = Retriever(index, embedder).retrieve(query.text, synonyms=query.synonyms)
    return query, score_units(query, retrieval, index, **options)
