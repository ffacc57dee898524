"""CPU time of a whole answer against that of embedding its question: `python -m bench.answer`.

The corpus is XQuAD-de's paragraphs over and over, with other figures in each copy, so that a
store of the wanted size holds German text; vectors of the copies are those of the originals.
"""

import argparse
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np

from assistant.dialogue import Assistant, last
from bench.xquad import arguments_with_xquad, build_xquad, read_xquad
from corpus.documents import Passage
from corpus.embedder import Embedder, Vectors
from corpus.embedder_choice import load_embedder
from corpus.settings import load_settings

FIGURE = re.compile(r"\d")
QUESTIONS = 100


class Remembering:
    """An embedder that embeds a text once, whatever figures it holds: for the corpus only."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.dimension = embedder.name, embedder.dimension
        self.encode_query, self.count_tokens = embedder.encode_query, embedder.count_tokens
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    def encode_document(self, texts: list[str]) -> Vectors:
        keys = [FIGURE.sub("0", text) for text in texts]
        new = [key for key in dict.fromkeys(keys) if key not in self._known]
        if new:
            self._known |= dict(zip(new, self._embedder.encode_document(new), strict=True))
        return np.stack([self._known[key] for key in keys])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000)
    arguments = arguments_with_xquad(parser)
    originals, questions = read_xquad(arguments.xquad)
    embedder = load_embedder(load_settings())
    asked = [question.text for question in questions[:: len(questions) // QUESTIONS]]
    with tempfile.TemporaryDirectory() as folder:
        passages = [_copy(originals, number) for number in range(arguments.passages)]
        build_xquad(Path(folder), passages, Remembering(embedder))
        assistant = Assistant(Path(folder), embedder)
        embedding = _cpu(lambda text: embedder.encode_query([text]), asked)
        answering = _cpu(lambda text: last(assistant.ask(text)), asked)
    print(f"{arguments.passages} passages, {len(asked)} questions, median CPU ms of each")
    print(f"embedding the question {embedding:.1f}, whole answer {answering:.1f}")
    print(f"allowed (2.5 times the embedding and 60 ms) {2.5 * embedding + 60:.1f}")


def _copy(originals: list[Passage], number: int) -> Passage:
    original = originals[number % len(originals)]
    digit = str(number // len(originals) % 10)
    return replace(original, id=f"xquad:1:{number}", text=FIGURE.sub(digit, original.text))


def _cpu(call: Callable[[str], object], texts: list[str]) -> float:
    """Median process CPU time of a call in milliseconds, after a warm-up."""
    call(texts[0])
    spent = []
    for text in texts:
        started = time.process_time()
        call(text)
        spent.append(1000 * (time.process_time() - started))
    return median(spent)


if __name__ == "__main__":
    main()
