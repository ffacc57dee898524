import random
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.documents import Block, Document, Page, Passage, Source
from ingest.readers import read
from ingest.splitter import split

SHARED = Path(__file__).resolve().parents[2] / "shared"


def count_tokens(text: str) -> int:
    return len(text) // 4


def document_of(*pages: list[Block]) -> Document:
    numbered = tuple(Page(number, tuple(blocks)) for number, blocks in enumerate(pages, 1))
    return Document("abc", "datei.pdf", "Titel", numbered, Source(publisher="Stadt"))


def passages_of(*blocks: Block, size: int = 200) -> list[Passage]:
    return split(document_of(list(blocks)), count_tokens, size)


def units(passage: Passage) -> list[str]:
    return [passage.text[start:end] for start, end in passage.sentences]


def sentence(words: int) -> str:
    return "Die Kommune " + "plant " * (words - 3) + "heute."


def squeezed(text: str) -> str:
    return "".join(text.split())


def check(document: Document, passages: list[Passage], size: int) -> None:
    """Every property a passage promises."""
    for passage in passages:
        assert count_tokens(passage.text) <= size
        assert passage.text.strip() == passage.text
        assert passage.sentences
        assert passage.sentences[0][0] == 0
        assert passage.sentences[-1][1] == len(passage.text)
        for start, end in passage.sentences:
            assert start < end
            assert passage.text[start:end].strip() == passage.text[start:end]
        for (_, end), (start, _) in pairwise(passage.sentences):
            assert end <= start
            assert not passage.text[end:start].strip()
        page = document.pages[passage.page - 1]
        assert passage.page_label == page.label
        assert passage.heading_path in {block.heading_path for block in page.blocks}
    assert len({passage.id for passage in passages}) == len(passages)


def test_passages_know_where_they_come_from():
    document = document_of([Block("Erste Seite.")], [Block("Zweite Seite.", ("Teil", "Abschnitt"))])
    first, second = split(document, count_tokens, 200)
    assert (first.id, second.id) == ("abc:1:1", "abc:2:1")
    assert second.document_id == "abc"
    assert second.document_name == "datei.pdf"
    assert second.title == "Titel"
    assert second.heading == "Teil › Abschnitt"
    assert second.source == Source(publisher="Stadt")


def test_small_neighbours_under_one_heading_share_a_passage():
    (passage,) = passages_of(Block("Erster Absatz. Noch einer."), Block("Zweiter Absatz."))
    assert passage.text == "Erster Absatz. Noch einer.\n\nZweiter Absatz."
    assert units(passage) == ["Erster Absatz.", "Noch einer.", "Zweiter Absatz."]


def test_a_heading_starts_a_new_passage():
    assert len(passages_of(Block("Eins.", ("A",)), Block("Zwei.", ("B",)))) == 2


def test_a_paragraph_that_does_not_fit_moves_on_as_a_whole():
    first, second = Block(sentence(60)), Block(f"{sentence(40)} {sentence(41)}")
    assert [one.text for one in passages_of(first, second, size=130)] == [first.text, second.text]


def test_a_long_paragraph_is_cut_between_sentences():
    sentences = [sentence(20 + at) for at in range(10)]
    passages = passages_of(Block(" ".join(sentences)), size=100)
    assert [unit for passage in passages for unit in units(passage)] == sentences
    assert len(passages) > 1


def test_a_list_is_one_unit_with_its_introduction():
    text = "Gefördert werden:\n• Personal, z. B. Leitung. Auch Assistenz.\n• Reisen."
    (passage,) = passages_of(Block("Davor. Noch davor."), Block(text, (), "list"))
    assert units(passage) == ["Davor.", "Noch davor.", text]


def test_a_contact_is_one_unit():
    text = "Beratung\n0561/12 34 56-70\n0561/12 34 56-71"
    assert units(passages_of(Block(text, (), "contact"))[0]) == [text]


def test_every_table_row_is_a_unit():
    text = "Modul: 1 | Quote: 40 %\nModul: 2 | Quote: 60 %"
    assert units(passages_of(Block(text, (), "table"))[0]) == text.split("\n")


def test_the_introduction_of_a_table_goes_with_the_first_row():
    text = "Es gilt:\nModul: 1 | Quote: 40 %\nModul: 2 | Quote: 60 %"
    assert units(passages_of(Block(text, (), "table"))[0]) == [
        "Es gilt:\nModul: 1 | Quote: 40 %",
        "Modul: 2 | Quote: 60 %",
    ]


def test_a_long_list_is_grouped_and_keeps_its_introduction_with_the_first_group():
    items = [f"• {sentence(12 + at)}" for at in range(12)]
    passages = passages_of(Block("\n".join(["Es gilt:", *items]), (), "list"), size=80)
    groups = [unit for passage in passages for unit in units(passage)]
    assert groups[0].startswith(f"Es gilt:\n{items[0]}")
    assert "\n".join(groups) == "\n".join(["Es gilt:", *items])


def test_an_enumeration_in_running_text_stays_whole():
    text = "Die Büros sind: Büro Nord, Büro Süd, Büro West."
    assert units(passages_of(Block(text))[0]) == [text]


def test_a_repeated_block_stands_once():
    teaser = Block("Die Anmeldung zur Tagung ist ab sofort über das Portal möglich.")
    again = Block(teaser.text.upper(), ("Service",))
    passages = split(document_of([teaser, Block("Anderes.")], [again]), count_tokens, 200)
    assert [one.text for one in passages] == [f"{teaser.text}\n\nAnderes."]


def test_short_texts_may_stand_under_several_headings():
    assert len(passages_of(Block("(weggefallen)", ("§ 1",)), Block("(weggefallen)", ("§ 2",)))) == 2


@pytest.mark.parametrize(
    "text",
    [
        sentence(900),
        "wort, " * 600,
        "x" * 5000,
        "ä" * 41,
        f"https://beispiel.de/{'pfad/' * 400}",
        "Kurz. " + "y" * 999 + " Ende.",
    ],
)
@pytest.mark.parametrize("kind", ["paragraph", "list", "table", "contact"])
def test_no_text_is_lost_when_a_unit_is_cut(text, kind):
    document = document_of([Block(text.strip(), (), kind)])
    passages = split(document, count_tokens, 50)
    check(document, passages, 50)
    assert squeezed("".join(one.text for one in passages)) == squeezed(text)


@pytest.mark.parametrize("size", [48, 100, 200, 480])
@pytest.mark.parametrize("seed", range(5))
def test_random_documents_keep_every_promise(seed, size):
    chance = random.Random(seed)
    pages = [
        [
            Block(
                " ".join(
                    f"{sentence(chance.randint(4, 90))[:-1]} {chance.random()}." for _ in "abc"
                ),
                chance.choice([(), ("A",), ("A", "B")]),
                chance.choice(["paragraph", "list", "contact", "table"]),
            )
            for _ in range(chance.randint(0, 12))
        ]
        for _ in range(4)
    ]
    document = document_of(*pages)
    passages = split(document, count_tokens, size)
    check(document, passages, size)
    whole = "".join(block.text for page in pages for block in page)
    assert squeezed("".join(one.text for one in passages)) == squeezed(whole)


REAL = [*SHARED.glob("docs/german/*.md"), *SHARED.glob("seeds/*.txt")]


@pytest.mark.skipif(not REAL, reason="the folder with real documents is not beside the checkout")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_documents_keep_every_promise(path):
    document = read(path)
    passages = split(document, count_tokens, 200)
    assert passages
    check(document, passages, 200)


WEB_WORDS = (
    "springen",
    "befinden sich",
    "Mehr erfahren",
    "Cookie",
    "Seitenanfang",
    "©",
    "Hessenkarte",
)


@pytest.mark.skipif(not REAL, reason="the folder with real documents is not beside the checkout")
@pytest.mark.parametrize("path", sorted(SHARED.glob("seeds/*.txt")), ids=lambda path: path.name)
def test_no_passage_of_a_saved_page_holds_the_words_around_its_text(path):
    passages = split(read(path), count_tokens, 200)
    shown = "\n".join(f"{one.title}\n{one.heading}\n{one.text}" for one in passages)
    assert not [word for word in WEB_WORDS if word in shown]
