"""How well true sentences are told from wrong ones, on XQuAD-de: `python -m bench.checker`.

A claim is the words of a question with its answer, a human's paraphrase of the paragraph; a wrong
one has another number, another answer that is a name, a negation more, or belongs to another
paragraph. "Removed" are sentences of the paragraphs that deny something, without the denial.
Weights were fitted on the articles with even numbers; the odd ones are kept back.
"""

import argparse
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.generation.checking import Support, check
from bench.xquad import XquadQuestion, arguments_with_xquad, read_xquad
from corpus.documents import Passage

SEED = 2_031
FLOORS = {  # highest share, in percent
    "true rejected": 15.0,
    "wrong paragraph accepted": 1.0,
    "number accepted": 3.0,
    "name accepted": 12.0,
    "negation added accepted": 30.0,
    "negation removed accepted": 30.0,
}
# "Welches Unternehmen wurde beauftragt?" is answered "Lowry wurde beauftragt": the noun behind
# "welch-" names what is asked for and has no place in the answer.
QUESTION_WORD = re.compile(
    r"\b(?:(?i:in|an|auf|für|von|zu|mit|aus|bei|nach|durch|um|als) )?(?:(?i:welche[rsmn]?)\b"
    r"(?: [a-zäöüß]+){0,2}? [A-ZÄÖÜ][\w-]+|(?i:welche[rsmn]?|wessen|wie viele?|wieviele?|wie lange|"
    r"wie hoch|wie|wer|wen|wem|was|wann|woher|wohin|wo|warum|weshalb|wieso|wozu|wofür|womit|worauf|"
    r"woran|worin|worüber|wovon|wodurch)\b)"
)
NUMBER = re.compile(r"\d+")
NAME = re.compile(r"(?:[A-ZÄÖÜ][\w’'.-]*)(?: (?:von |der |de )?[A-ZÄÖÜ][\w’'.-]*)*")
DENIAL = re.compile(r"\bnicht\b (?!nur)|\bkeine(?=[rnms]?\b)|\bkein(?=\b)")
VERB = re.compile(r"\b(?:ist|sind|war|waren|wurde|wurden|hat|hatte|wird|werden|kann|können)\b")

Case = tuple[str, str, str, Passage]  # kind, claim, question, passage


def claim_of(question: str, answer: str) -> str:
    """Put the answer where the question word was."""
    rest = QUESTION_WORD.sub(answer, question.rstrip(" ?"), count=1)
    if answer not in rest:
        rest = f"{question.rstrip(' ?')} {answer}"
    return f"{rest}."


def cases(
    passages: list[Passage], questions: list[XquadQuestion], articles: list[int]
) -> Iterator[tuple[int, Case]]:
    """Yield every case with the number of its article."""
    chance = random.Random(SEED)
    near, names = _neighbours(questions, articles)
    for one in questions:
        article, here = articles[one.row], passages[one.row]
        claim = claim_of(one.text, one.answer)
        yield article, ("true rejected", claim, one.text, here)
        other = chance.choice([row for row in near[article] if row != one.row])
        yield article, ("wrong paragraph accepted", claim, one.text, passages[other])
        for kind, wrong in _spoilt(claim, one, names[article], chance):
            yield article, (kind, wrong, one.text, here)
    for row, passage in enumerate(passages):
        for affirmed in _affirmed(passage):
            yield articles[row], ("negation removed accepted", affirmed, "", passage)


def _neighbours(
    questions: list[XquadQuestion], articles: list[int]
) -> tuple[dict[int, list[int]], dict[int, list[str]]]:
    """Return the paragraphs, and the answers that are names, of each article."""
    near, names = defaultdict(list), defaultdict(list)
    for row, article in enumerate(articles):
        near[article].append(row)
    for one in questions:
        if NAME.fullmatch(one.answer):
            names[articles[one.row]].append(one.answer)
    return near, names


def _affirmed(passage: Passage) -> Iterator[str]:
    """Yield the sentences that deny one thing, without the denial."""
    for start, end in passage.sentences:
        sentence = passage.text[start:end]
        if len(DENIAL.findall(sentence)) == 1:
            yield DENIAL.sub(lambda match: "" if match[0][0] == "n" else match[0][1:], sentence)


def _spoilt(
    claim: str, one: XquadQuestion, names: list[str], chance: random.Random
) -> Iterator[tuple[str, str]]:
    digits = list(NUMBER.finditer(claim))
    if digits:
        match = chance.choice(digits)
        value = int(match[0])
        other = str(value + chance.choice([-3, -2, -1, 1, 2, 3, 7]) if value > 3 else value + 2)
        yield "number accepted", claim[: match.start()] + other + claim[match.end() :]
    if NAME.fullmatch(one.answer):
        mine = set(one.answer.split())
        others = [name for name in names if not mine & set(name.split())]
        if others:
            yield "name accepted", claim_of(one.text, chance.choice(others))
    verb = VERB.search(claim)
    if verb and " nicht" not in claim and " kein" not in claim:
        denied = f"{claim[: verb.end()]} nicht{claim[verb.end() :]}"
        yield "negation added accepted", denied


def measure(path: Path, check: Callable[..., object], half: int) -> dict[str, float]:
    """Return the shares in percent on the articles with odd (1) or even (0) numbers."""
    passages, questions = read_xquad(path)
    right, total = defaultdict(int), defaultdict(int)
    for article, (kind, claim, question, passage) in cases(passages, questions, _articles(path)):
        if article % 2 == half:
            accepted = isinstance(check(claim, question, [passage]), Support)
            total[kind] += 1
            right[kind] += accepted != kind.startswith("true")
    return {kind: 100 * right[kind] / total[kind] for kind in FLOORS} | {
        f"n {kind}": total[kind] for kind in FLOORS
    }


def _articles(path: Path) -> list[int]:
    data = json.loads(path.read_text("utf-8"))["data"]
    return [n for n, article in enumerate(data) for _ in article["paragraphs"]]


def main() -> None:
    path = arguments_with_xquad(argparse.ArgumentParser(description=__doc__)).xquad
    halves = {name: measure(path, check, half) for half, name in ((0, "even"), (1, "odd"))}
    print(f"{'':28}{'limit':>8}{'even':>8}{'odd, kept back':>16}{'n':>6}")
    for kind, limit in FLOORS.items():
        even, odd = halves["even"][kind], halves["odd"][kind]
        print(f"{kind:28}{limit:8.1f}{even:8.1f}{odd:16.1f}{halves['odd'][f'n {kind}']:6}")
    print(f"CPU per sentence against five passages: {_cpu(path):.1f} ms")


def _cpu(path: Path) -> float:
    """Mean CPU milliseconds of checking a claim against five passages, 300 claims."""
    passages, questions = read_xquad(path)
    asked = questions[::4]
    started = time.process_time()
    for one in asked:
        rows = [(one.row + step) % len(passages) for step in range(5)]
        check(claim_of(one.text, one.answer), one.text, [passages[row] for row in rows])
    return 1000 * (time.process_time() - started) / len(asked)


if __name__ == "__main__":
    main()
