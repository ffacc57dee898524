"""Our retrieval as a llama-index retriever, for those who build their own pipeline around it."""

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.dialogue import Assistant
from corpus.documents import Hit


class PassageRetriever(BaseRetriever):
    """Yields passages with their provenance as nodes; llama-index embeds and stores nothing."""

    def __init__(self, assistant: Assistant, *, top_k: int = 10) -> None:
        super().__init__()
        self._assistant = assistant
        self._top_k = top_k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._assistant.search(query_bundle.query_str, self._top_k)
        return [NodeWithScore(node=_node(hit), score=hit.score) for hit in hits]


def _node(hit: Hit) -> TextNode:
    passage = hit.passage
    metadata = {
        "document": passage.document_name,
        "title": passage.title,
        "locator": passage.locator,
        "publisher": passage.source.publisher,
        "url": passage.source.url,
    }
    return TextNode(
        id_=passage.id,
        text=passage.text,
        metadata=metadata,
        # What helps a reader to find the passage is nothing a model should be asked to embed.
        excluded_embed_metadata_keys=list(metadata),
    )
