import re

from hashing_embedder import HashingEmbedder
from sample_passages import CONTACT

from assistant.desk.removing import removal
from assistant.dialogue import Assistant
from corpus.index import live_documents
from corpus.settings import Settings


def test_a_removed_document_is_gone_and_its_report_is_the_receipt(indexed):
    assistant = Assistant(indexed, HashingEmbedder())
    document = assistant.index.document("kontakte")
    (report,) = removal(Settings(data=indexed), document)
    assert (report.name, report.status, report.passages) == ("kontakte.md", "removed", 1)
    assert re.match(r"Quittung vom \d\d\.\d\d\.\d{4}, \d\d:\d\d Uhr: ", report.message)
    assert report.message.endswith("in 0 etwas gefunden.")
    assert report.advice == ""
    assert "kontakte" not in {one.id for one in live_documents(indexed)}
    assert assistant.index.document("kontakte") is None
    assert CONTACT not in {hit.passage.text for hit in assistant.search("Lena Beispiel")}


def test_what_is_left_is_named(indexed):
    (indexed / "notiz.txt").write_text(CONTACT, "utf-8")
    document = next(one for one in live_documents(indexed) if one.id == "kontakte")
    (report,) = removal(Settings(data=indexed), document)
    assert "in 1 etwas gefunden" in report.message
    assert "notiz.txt" in report.advice
