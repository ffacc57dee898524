from assistant import workers
from commands import serve, warming
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


def test_processes_answer_where_the_settings_ask_for_them(data, monkeypatch):
    started = []

    class Recorded:
        answer = "answers"

        def __init__(self, count, load):
            started.append(count)

    monkeypatch.setattr(workers, "Workers", Recorded)
    worded = Settings(data=data, workers=3, llm_url="http://127.0.0.1:1", llm_model="m")
    assert [warming._workers(one) for one in (Settings(data=data), worded)] == [None, None]
    assert warming._workers(Settings(data=data, workers=3)) == "answers"
    assert started == [3]


def test_a_desk_answers_itself_and_a_service_with_a_login_on_every_core(data, monkeypatch):
    monkeypatch.setattr(serve, "usable_cores", lambda: 3)
    proxied = {"data": data, "proxy_secret": "s" * 64}
    assert serve._processes(Settings(data=data)) == 1
    assert serve._processes(Settings(data=data, workers=2)) == 2
    assert serve._processes(Settings(**proxied)) == 3
    assert serve._processes(Settings(**proxied, workers=1)) == 1
    monkeypatch.setattr(serve, "usable_cores", lambda: 64)
    assert serve._processes(Settings(**proxied)) == serve.MOST_PROCESSES
