"""The adapter for llama-index: the same hits, with their provenance."""

from assistant.llamaindex import PassageRetriever

QUESTION = "Wer ist antragsberechtigt?"


def test_nodes_are_our_hits(assistant):
    nodes = PassageRetriever(assistant, top_k=3).retrieve(QUESTION)

    hits = assistant.search(QUESTION, 3)
    assert [node.node.get_content() for node in nodes] == [hit.passage.text for hit in hits]
    assert [node.score for node in nodes] == [hit.score for hit in hits]


def test_nodes_say_where_they_come_from(assistant):
    node = PassageRetriever(assistant).retrieve(QUESTION)[0].node

    passage = assistant.search(QUESTION, 1)[0].passage
    assert node.node_id == passage.id
    assert node.metadata["document"] == passage.document_name
    assert node.metadata["locator"] == passage.locator
