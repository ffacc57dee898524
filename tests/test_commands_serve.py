from commands.warming import starter_documents
from corpus.origins import library_folder
from corpus.settings import Settings
from corpus.tombstones import mark_finished, note_removal
from ingest.identities import Identities


def test_a_starter_document_that_was_removed_does_not_come_back(data):
    settings = Settings(data=data)
    every = starter_documents(settings)
    assert {path.parent for path in every} == {library_folder()}
    note_removal(data, [(Identities(data).of(every[3]), str(every[3]))])
    mark_finished(data)
    assert starter_documents(settings) == every[:3] + every[4:]
