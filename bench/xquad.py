"""XQuAD-de as a corpus: 240 paragraphs as passages, 1,190 questions with their answers.

Source: Artetxe, Ruder and Yogatama, "On the Cross-lingual Transferability of Monolingual
Representations" (2020). The data is read from a file, never part of the project.
"""

import argparse
import json
import random
import string
from dataclasses import dataclass
from pathlib import Path

from corpus.documents import Passage, Source
from corpus.embedder import Embedder
from corpus.index import Index
from corpus.records import IndexedDocument
from corpus.sentences import sentence_spans
from corpus.writer import IndexWriter

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "eval" / "xquad.de.json"


@dataclass(frozen=True, slots=True)
class XquadQuestion:
    text: str
    row: int  # of the paragraph that holds the answer
    answer: str


def arguments_with_xquad(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """Read the command line with `--xquad`; without the file in its usual place, skip the bench."""
    parser.add_argument("--xquad", type=Path, default=DEFAULT, help="XQuAD's German file")
    arguments = parser.parse_args()
    if not arguments.xquad.exists():
        if arguments.xquad != DEFAULT:
            parser.error(f"{arguments.xquad} is missing")
        parser.exit(0, f"skipped: {DEFAULT} is missing; name XQuAD's German file with --xquad\n")
    return arguments


def read_xquad(path: Path = DEFAULT) -> tuple[list[Passage], list[XquadQuestion]]:
    """Return the paragraphs as passages, and the questions."""
    passages: list[Passage] = []
    questions: list[XquadQuestion] = []
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            row, text = len(passages), paragraph["context"]
            passages.append(
                Passage(
                    id=f"xquad:1:{row}",
                    document_id="xquad",
                    document_name="xquad.txt",
                    title="XQuAD",
                    page=1,
                    page_label="",
                    heading_path=(),
                    text=text,
                    sentences=tuple(sentence_spans(text)),
                )
            )
            for one in paragraph["qas"]:
                questions.append(XquadQuestion(one["question"], row, one["answers"][0]["text"]))
    return passages, questions


def build_xquad(data: Path, passages: list[Passage], embedder: Embedder) -> Index:
    """Index the paragraphs in `data`."""
    document = IndexedDocument("xquad", "xquad", "xquad.txt", "", "de", 1, len(passages), Source())
    with IndexWriter.open(data, embedder=embedder, passage_tokens=200) as writer:
        writer.put(document, passages)
        writer.commit()
    return Index.open(data, embedder)


def with_typos(question: str, randomness: random.Random) -> str:
    """Swap, change, drop or add one letter in two words of at least five letters."""
    words = question.split()
    long = [place for place, word in enumerate(words) if sum(map(str.isalpha, word)) >= 5]
    for place in randomness.sample(long, min(2, len(long))):
        words[place] = _misspell(words[place], randomness)
    return " ".join(words)


def _misspell(word: str, randomness: random.Random) -> str:
    at = randomness.randrange(1, len(word) - 1)
    letter = randomness.choice(string.ascii_lowercase)
    return randomness.choice(
        [
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
        ]
    )
