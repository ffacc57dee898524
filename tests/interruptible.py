"""The program with an embedder that stops in the middle: `interruptible.py CALLS ARGUMENT…`.

After so many calls it says `halt` on the error output and waits for the one that interrupts it.
"""

import sys
import time

from hashing_embedder import HashingEmbedder

import app
import corpus.embedder_choice

HALT = "halt"


class Halting(HashingEmbedder):
    def __init__(self, calls):
        super().__init__()
        self._left = calls

    def encode_document(self, texts):
        if not self._left:
            sys.stderr.write(f"{HALT}\n")
            for _ in range(3_000):
                time.sleep(0.1)
        self._left -= 1
        return super().encode_document(texts)


if __name__ == "__main__":
    embedder = Halting(int(sys.argv.pop(1)))
    corpus.embedder_choice.load_embedder = lambda settings: embedder
    app.main()
