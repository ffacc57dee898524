"""Train the cross-encoder on question sets: `python -m bench.cross_encoder FOLDER …`.

A folder holds `documents/` and `questions.jsonl` in the form of `tests/evals`. Every question is
asked; units that hold what it demands are answers, the best others, and what was found for a
question without an answer, are none. The upper layers of e5-small learn to tell them apart; what
they changed is cut to low rank and written to `corpus/e5_cross_encoder.safetensors`.

No question set that measures the product, and no document of one, may be among the folders.
"""

import argparse
import random
import re
import tempfile
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from torch.nn.functional import binary_cross_entropy_with_logits
from transformers import AutoModel, BertModel

from assistant.evaluation import Case, read_cases
from assistant.findings import Search
from assistant.question import Question
from assistant.reading import as_read
from assistant.retriever import Retriever
from assistant.selection import best_of
from assistant.units import Unit
from assistant.validity import Timeframe
from corpus.bundled_model import TOKENIZER_FILE, bert_name, bundled_model
from corpus.e5_cross_encoder import CHANGES, HEAD, INTO, OUT_OF
from corpus.e5_weights import PROJECTIONS
from corpus.embedder import Embedder
from corpus.embedder_choice import load_embedder
from corpus.index import Index
from corpus.onnx_embedder import joined
from corpus.settings import Settings, load_settings
from ingest.pipeline import IngestRun

SEED = 0
FROZEN = 4  # lower layers that stay as they are, like the word table
RATE, HEAD_RATE = 1.2e-4, 2e-3
WARM_UP, LEAST = 60, 0.02  # batches until the full rate, and what is left of it in the end
BATCH, SORTED = 16, 20  # texts of a batch, and batches sorted by length together
NEAR = 4  # units behind the best one that may be taken as well
ANSWERS = 1 / 3  # of the pairs of each form of question
LENGTHS = (6, 8, 13)  # words that part short questions from longer ones
PASSES = 2
RANK = 32  # of the changes that are kept
PADDING = 1

_STORY = re.compile(r"[.!:] \S.*\?")

Pair = tuple[list[int], float]  # token ids, and 1 where the passage answers the question


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
    forms: dict[str, _Examples] = defaultdict(_Examples)
    for folder in arguments.folders:
        _collect(folder, embedder, tokenizer, forms)
    pairs = _balanced(forms)
    print(f"{len(pairs)} pairs, {sum(label for _, label in pairs):.0f} of them answers")
    model = _Reader(model_folder)
    before = {name: value.clone() for name, value in model.encoder.state_dict().items()}
    _train(model, pairs)
    save_file(_changes(model, before), arguments.out)


@dataclass(slots=True)
class _Examples:
    """Token ids of question and unit, for one form of question."""

    answers: list[list[int]] = field(default_factory=list)
    others: list[list[int]] = field(default_factory=list)
    spare: list[list[int]] = field(default_factory=list)  # further units that are no answers


def _collect(
    folder: Path, embedder: Embedder, tokenizer: Tokenizer, forms: dict[str, _Examples]
) -> None:
    """Ask the questions of a folder and sort what is found for them."""
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(data=Path(data))
        list(IngestRun([folder / "documents"], settings=settings, embedder=embedder))
        index = Index.open(Path(data), embedder)
        search = Search(Retriever(index, embedder), Timeframe(date.today(), index.learned.endings))
        for case in read_cases(folder / "questions.jsonl"):
            finding = search.find(case.question)
            if not finding.units:
                continue
            question, best = finding.query.question, best_of(finding.units)
            ranked = [best, *(unit for unit in finding.units if unit is not best)]
            form = forms[_form(question)]
            right = [unit for unit in ranked if _holds(case, unit)][:1]
            wrong = [unit for unit in ranked[: 1 + NEAR] if not _holds(case, unit)]
            taken = 2 if not case.is_answerable else int(right != [best])
            for units, into in (
                (right, form.answers),
                (wrong[:taken], form.others),
                (wrong[taken:] if case.is_answerable else [], form.spare),
            ):
                into += [joined(tokenizer, question.text, as_read(unit)) for unit in units]


def _form(question: Question) -> str:
    """Name the language and the length of a question, and whether it tells a story first."""
    if _STORY.search(question.text):
        return f"{question.language} story"
    return f"{question.language} {bisect(LENGTHS, len(question.text.split()))}"


def _balanced(forms: dict[str, _Examples]) -> list[Pair]:
    """Let each form of question have as many answers, a third.

    Whoever writes questions tells a story mostly before one that has an answer; that would be
    learned as well.
    """
    pairs: list[Pair] = []
    for form, examples in forms.items():
        wanted = round(len(examples.answers) / ANSWERS) - len(examples.answers)
        more = max(0, min(wanted - len(examples.others), len(examples.spare)))
        others = examples.others + random.sample(examples.spare, more)
        others = random.sample(others, min(wanted, len(others)))
        print(f"{form}: {len(examples.answers)} answers, {len(others)} others")
        pairs += [(text, 1.0) for text in examples.answers] + [(text, 0.0) for text in others]
    return pairs


def _holds(case: Case, unit: Unit) -> bool:
    """Tell whether a unit says the first thing that an answer has to say."""
    text = " ".join(unit.text.split()).casefold()
    return case.is_answerable and any(
        " ".join(phrase.split()).casefold() in text for phrase in case.must[0]
    )


class _Reader(torch.nn.Module):
    """e5-small with a head on the mean of its last layer."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder: BertModel = AutoModel.from_pretrained(folder, dtype=torch.float32)
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, 1)
        for parameter in self.encoder.parameters():
            parameter.requires_grad = False
        for layer in self.encoder.encoder.layer[FROZEN:]:
            for parameter in layer.parameters():
                parameter.requires_grad = True

    def forward(self, texts: list[list[int]]) -> torch.Tensor:
        ids = torch.full((len(texts), max(map(len, texts))), PADDING)
        mask = torch.zeros(ids.shape)
        for row, text in enumerate(texts):
            ids[row, : len(text)], mask[row, : len(text)] = torch.tensor(text), 1
        with torch.autocast("cpu", torch.bfloat16):
            last = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        mean = (last.float() * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.head(mean)[:, 0]


def _train(model: _Reader, pairs: list[Pair]) -> None:
    """Go through all pairs; answers and others weigh the same as a whole."""
    answers = sum(label for _, label in pairs)
    weight = torch.tensor((len(pairs) - answers) / answers)
    learning = [one for one in model.encoder.parameters() if one.requires_grad]
    groups = [
        {"params": learning, "lr": RATE},
        {"params": model.head.parameters(), "lr": HEAD_RATE},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    batches = [batch for _ in range(PASSES) for batch in _batches(pairs)]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda done: min(1, (done + 1) / WARM_UP) * max(LEAST, 1 - done / len(batches)),
    )
    model.train()
    for done, batch in enumerate(batches, 1):
        labels = torch.tensor([label for _, label in batch])
        scores = model([text for text, _ in batch])
        loss = binary_cross_entropy_with_logits(scores, labels, pos_weight=weight)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        schedule.step()
        if done % 50 == 0:
            print(f"{done} of {len(batches)} batches, loss {loss.item():.3f}", flush=True)


def _batches(pairs: list[Pair]) -> list[list[Pair]]:
    """Shuffle, and put texts of about one length together, so that little is padded."""
    shuffled, batches = random.sample(pairs, len(pairs)), []
    for start in range(0, len(shuffled), BATCH * SORTED):
        part = sorted(shuffled[start : start + BATCH * SORTED], key=lambda pair: len(pair[0]))
        batches += [part[first : first + BATCH] for first in range(0, len(part), BATCH)]
    return random.sample(batches, len(batches))


def _changes(model: _Reader, before: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    """Return what training changed, matrices as the two factors of their best low rank."""
    changes = {
        f"{HEAD}.w": model.head.weight.detach().numpy().T,
        f"{HEAD}.b": model.head.bias.detach().numpy(),
    }
    after = model.encoder.state_dict()
    for layer in range(FROZEN, model.encoder.config.num_hidden_layers):
        for part in (*PROJECTIONS, "aln", "oln"):
            for kind in "wb":
                name = f"l{layer}.{part}.{kind}"
                change = (after[bert_name(name)] - before[bert_name(name)]).numpy()
                if change.ndim == 1:
                    changes[name] = change
                    continue
                left, sizes, right = np.linalg.svd(change, full_matrices=False)
                changes[f"{name}.{OUT_OF}"] = left[:, :RANK] * sizes[:RANK]
                changes[f"{name}.{INTO}"] = right[:RANK]
    return {name: np.ascontiguousarray(value, np.float16) for name, value in changes.items()}


if __name__ == "__main__":
    main()
