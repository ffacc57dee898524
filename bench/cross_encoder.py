"""Train the cross-encoder further: `python -m bench.cross_encoder FOLDER …`.

A folder holds `documents/` and `questions.jsonl` in the form of `tests/evals`. Every question is
asked; the best unit that holds what it demands is an answer, the best others are none, nor is what
was found for a question without an answer. The upper layers learn to tell them apart, to choose
among the units of a question, and to mark the words that answer it. The mean of the weights over
the last steps is what counts: how it differs from e5-small is cut to low rank and written to
`corpus/e5_cross_encoder.safetensors`.

No question set that measures the product, and no document of one, may be among the folders.
"""

import argparse
import random
import re
import tempfile
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from transformers import AutoModel, BertModel

from assistant.evaluation import Case, read_cases
from assistant.findings import Search
from assistant.question import Question
from assistant.reading import as_read
from assistant.retriever import Retriever
from assistant.selection import best_of
from assistant.units import Unit
from assistant.validity import Timeframe
from corpus.bundled_model import PROMPTS, TOKENIZER_FILE, bert_name, bundled_model
from corpus.e5_cross_encoder import CHANGES, HEAD, INTO, OUT_OF, cross_encoder_weights
from corpus.e5_weights import PROJECTIONS, E5Weights, read_weights, weights_file
from corpus.embeddable import embeddable
from corpus.embedder import Embedder
from corpus.embedder_choice import load_embedder
from corpus.index import Index
from corpus.onnx_embedder import END_OF_TEXT, joined
from corpus.settings import Settings, load_settings
from ingest.pipeline import IngestRun

SEED = 0
FROZEN = 4  # lower layers that stay as they are, like the word table
RATE, HEAD_RATE = 3e-5, 1.5e-4
WARM_UP, LEAST = 60, 0.03  # batches until the full rate, and what is left of it in the end
BATCH, SORTED = 16, 120  # texts of a batch, and questions sorted by length together
DEPTH = 10  # units of a question among which the answer is looked for
RIVALS = 2  # units of a question that do not answer it
CHOICE = 0.5  # weight of choosing among the units of a question, beside judging each
MARKING, MARKED = 2.0, 4.0  # weight of marking the answering words, and of such a word
KEPT = 0.995  # of the mean of the weights at each step
FEW = 10  # questions below which the balance of a form is not trusted
LENGTHS = (6, 8, 13)  # words that part short questions from longer ones
RANK = 32  # of the changes that are kept
PADDING = 1

_STORY = re.compile(r"[.!:] \S.*\?")

Tokens = list[int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--out", type=Path, default=CHANGES)
    arguments = parser.parse_args()
    if not arguments.folders:
        print("nothing to train on; name folders of documents and questions")
        return
    random.seed(SEED)
    torch.manual_seed(SEED)
    settings = load_settings()
    model_folder, embedder = bundled_model(settings.data), load_embedder(settings)
    tokenizer = Tokenizer.from_file(str(model_folder / TOKENIZER_FILE))
    examples = [
        example for folder in arguments.folders for example in _collect(folder, embedder, tokenizer)
    ]
    print(f"{len(examples)} questions, {sum(one.has_answer for one in examples)} with their answer")
    weights = read_weights(weights_file())
    model = _Reader(model_folder, weights)
    _train(model, examples)
    save_file(_changes(model, weights), arguments.out)


@dataclass(frozen=True, slots=True)
class Example:
    """A question with each of its units as token ids; where one answers it, that is the first."""

    form: str
    texts: list[Tokens]
    has_answer: bool
    told: list[int]  # positions in the first text of the words that answer


def _collect(folder: Path, embedder: Embedder, tokenizer: Tokenizer) -> Iterator[Example]:
    """Ask the questions of a folder."""
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(data=Path(data))
        list(IngestRun([folder / "documents"], settings=settings, embedder=embedder))
        index = Index.open(Path(data), embedder)
        search = Search(Retriever(index, embedder), Timeframe(date.today(), index.learned.endings))
        for case in read_cases(folder / "questions.jsonl"):
            finding = search.find(case.question)
            if finding.units:
                question, (units, has_answer) = finding.query.question, _taken(case, finding.units)
                texts = [joined(tokenizer, question.text, as_read(unit)) for unit in units]
                told = _told(case, tokenizer, as_read(units[0]), texts[0]) if has_answer else []
                yield Example(_form(question), texts, has_answer, told)


def _taken(case: Case, found: Sequence[Unit]) -> tuple[list[Unit], bool]:
    """Choose the units to learn from: the answer first, if there is one, then what is none."""
    best = best_of(found)
    ranked = [best, *(unit for unit in found if unit is not best)][:DEPTH]
    right = [unit for unit in ranked if _holds(case, unit)][:1]
    others = [unit for unit in ranked if not _holds(case, unit)]
    return right + others[:RIVALS], bool(right)


def _holds(case: Case, unit: Unit) -> bool:
    """Tell whether a unit says the first thing that an answer has to say."""
    text = " ".join(unit.text.split()).casefold()
    return case.is_answerable and any(
        " ".join(phrase.split()).casefold() in text for phrase in case.must[0]
    )


def _told(case: Case, tokenizer: Tokenizer, passage: str, text: Tokens) -> list[int]:
    """Return where in the tokens of question and passage the demanded words of the answer are."""
    before = text.index(END_OF_TEXT)  # the question; the first token of the passage is left out
    read = PROMPTS["document"] + embeddable(passage)
    places = tokenizer.encode(read).offsets[1 : len(text) - before - 1]
    for phrase in case.must[0]:
        said = re.search(r"\s+".join(map(re.escape, phrase.split())), read, re.IGNORECASE)
        if said:
            return [
                before + number
                for number, (start, end) in enumerate(places, 1)
                if start < said.end() and said.start() < end
            ]
    return []


def _form(question: Question) -> str:
    """Name the language and the length of a question, and whether it tells a story first."""
    if _STORY.search(question.text):
        return f"{question.language} story"
    return f"{question.language} {bisect(LENGTHS, len(question.text.split()))}"


def _weights(examples: Sequence[Example]) -> dict[str, float]:
    """Return what an answer weighs for each form of question: as much, in all, as the others.

    Whoever writes questions tells a story mostly before one that has an answer; that would be
    learned as well.
    """
    answers: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for one in examples:
        answers[one.form] += one.has_answer
        others[one.form] += len(one.texts) - one.has_answer
    return {form: (others[form] + 2 * FEW) / (answers[form] + FEW) for form in others}


class _Reader(torch.nn.Module):
    """e5-small as a cross-encoder: a head on the mean of its last layer, and one on each token.

    It starts from the weights that ship, and nothing is dropped at random: no question comes twice.
    """

    def __init__(self, folder: Path, weights: E5Weights) -> None:
        super().__init__()
        self.encoder: BertModel = AutoModel.from_pretrained(folder, dtype=torch.float32)
        trained, head = cross_encoder_weights(weights)
        state = {
            bert_name(name): torch.from_numpy(trained.tensors[name]) for name in _names(weights)
        }
        self.encoder.load_state_dict(state, strict=False)
        self.head = torch.nn.Linear(*head.weight.shape)
        self.head.load_state_dict(
            {"weight": torch.from_numpy(head.weight.T), "bias": torch.from_numpy(head.bias)}
        )
        self.marks = torch.nn.Linear(head.weight.shape[0], 1)
        self.heads = torch.nn.ModuleList([self.head, self.marks])
        self.upper = self.encoder.encoder.layer[FROZEN:]
        self.encoder.requires_grad_(False)
        self.upper.requires_grad_(True)
        self.eval()

    def forward(self, texts: list[Tokens]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the log-odds of each text, shape (texts,), and of each token, (texts, tokens)."""
        ids = torch.full((len(texts), max(map(len, texts))), PADDING)
        mask = torch.zeros(ids.shape)
        for row, text in enumerate(texts):
            ids[row, : len(text)], mask[row, : len(text)] = torch.tensor(text), 1
        last = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        mean = (last * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.head(mean)[:, 0], self.marks(last)[..., 0]


def _train(model: _Reader, examples: Sequence[Example]) -> None:
    """Go once through all questions, and leave the mean of the weights over the last steps."""
    weights = _weights(examples)
    learning = torch.nn.ModuleList([model.upper, model.heads])
    mean = AveragedModel(learning, multi_avg_fn=get_ema_multi_avg_fn(KEPT))
    groups = [
        {"params": model.upper.parameters(), "lr": RATE},
        {"params": model.heads.parameters(), "lr": HEAD_RATE},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    batches = _batches(examples)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda done: min(1, (done + 1) / WARM_UP) * max(LEAST, 1 - done / len(batches)),
    )
    for done, batch in enumerate(batches, 1):
        loss = _loss(model, batch, weights)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.upper.parameters(), 1.0)
        optimiser.step()
        mean.update_parameters(learning)
        optimiser.zero_grad()
        schedule.step()
        if done % 50 == 0:
            print(f"{done} of {len(batches)} batches, loss {loss.item():.3f}", flush=True)
    learning.load_state_dict(mean.module.state_dict())


def _loss(model: _Reader, batch: Sequence[Example], weights: dict[str, float]) -> torch.Tensor:
    """Judge every unit, choose among those of a question with an answer, mark it; mean of all."""
    texts = [text for one in batch for text in one.texts]
    scores, marks = model(texts)
    losses, marked = [], torch.zeros_like(marks)
    first = 0
    for one, judged in zip(batch, scores.split([len(one.texts) for one in batch]), strict=True):
        is_answer, weight = torch.zeros_like(judged), torch.ones_like(judged)
        if one.has_answer:
            is_answer[0], weight[0] = 1, weights[one.form]
            losses.append(CHOICE * len(judged) * cross_entropy(judged[None], torch.tensor([0])))
        losses.append(binary_cross_entropy_with_logits(judged, is_answer, weight, reduction="sum"))
        marked[first, one.told] = 1
        first += len(one.texts)
    is_there = torch.arange(marks.shape[1]) < torch.tensor([len(text) for text in texts])[:, None]
    marking = binary_cross_entropy_with_logits(
        marks[is_there], marked[is_there], pos_weight=torch.tensor(MARKED)
    )
    return torch.stack(losses).sum() / len(scores) + MARKING * marking


def _batches(examples: Sequence[Example]) -> list[list[Example]]:
    """Shuffle, and put questions with units of about one length together: little is padded."""
    shuffled, batches = random.sample(examples, len(examples)), []
    for start in range(0, len(shuffled), SORTED):
        batch: list[Example] = []
        for one in sorted(
            shuffled[start : start + SORTED], key=lambda one: max(map(len, one.texts))
        ):
            batch.append(one)
            if sum(len(each.texts) for each in batch) >= BATCH:
                batches.append(batch)
                batch = []
        batches += [batch] if batch else []
    return random.sample(batches, len(batches))


def _names(weights: E5Weights) -> Iterator[str]:
    """Name the tensors that are trained."""
    for layer in range(FROZEN, weights.shape.layers):
        for part in (*PROJECTIONS, "aln", "oln"):
            yield from (f"l{layer}.{part}.{kind}" for kind in "wb")


def _changes(model: _Reader, weights: E5Weights) -> dict[str, np.ndarray]:
    """Return how the model differs from e5-small, matrices as the factors of the best low rank."""
    changes = {
        f"{HEAD}.w": model.head.weight.detach().numpy().T,
        f"{HEAD}.b": model.head.bias.detach().numpy(),
    }
    after = model.encoder.state_dict()
    for name in _names(weights):
        change = after[bert_name(name)].numpy() - weights.tensors[name]
        if change.ndim == 1:
            changes[name] = change
            continue
        left, sizes, right = np.linalg.svd(change, full_matrices=False)
        changes[f"{name}.{OUT_OF}"] = left[:, :RANK] * sizes[:RANK]
        changes[f"{name}.{INTO}"] = right[:RANK]
    return {name: np.ascontiguousarray(value, np.float16) for name, value in changes.items()}


if __name__ == "__main__":
    main()
