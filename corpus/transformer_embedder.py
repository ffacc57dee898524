"""Any sentence-transformers model that lies on this machine, by name or folder, run by torch."""

import hashlib
import json
import re
import threading
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from corpus.embeddable import embeddable
from corpus.errors import UserFacingError

BATCH = 16
ENDS = 1 << 20  # bytes at both ends of a weights file that tell two models apart
OWN_MODULES = "sentence_transformers."
# What makes a loader run code that comes with a model, or fetch some.
CODE_KEYS = {"auto_map", "_attn_implementation_internal"}
E5_NAME = re.compile(r"(?:^|[-_/\\])e5(?:[-_/\\]|$)", re.IGNORECASE)
E5_PROMPTS = {"query": "query: ", "document": "passage: "}
E5_INSTRUCT_PROMPTS = {
    "query": "Instruct: Given a question, retrieve passages that answer it\nQuery: ",
    "document": "",
}


class TransformerEmbedder:
    """One model behind a lock: its tokenizer keeps state and is not safe for two threads."""

    def __init__(self, model: str, *, threads: int = 0) -> None:
        """Load `model`, a folder or a name in the local cache; never from the network."""
        folder = Path(model)
        if folder.is_dir():
            _refuse_foreign_code(folder)
        if threads:
            torch.set_num_threads(threads)
        self._model = _load(model)
        self._prompts = _prompts(self._model, model)
        self._lock = threading.Lock()
        self.name = f"{_identity(self._model, model)}/float32"
        self.dimension: int = self._model.get_embedding_dimension() or 0

    def encode_query(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed questions with the model's prompt for queries."""
        return self._encode("query", texts)

    def encode_document(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed passages with the model's prompt for documents; long texts are cut."""
        return self._encode("document", texts)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of `text` as a passage, prefix included, before anything is cut."""
        with self._lock:
            encoded = self._model.tokenizer(
                self._prompts["document"] + text, truncation=False, verbose=False
            )
        return len(encoded["input_ids"])

    def _encode(self, task: str, texts: list[str]) -> NDArray[np.float32]:
        clean = [embeddable(text) for text in texts]
        if not clean:
            return np.zeros((0, self.dimension), np.float32)
        with self._lock:
            vectors: NDArray[np.float32] = self._model.encode(
                clean,
                prompt=self._prompts[task],
                batch_size=BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return vectors.astype(np.float32)


def _load(model: str) -> SentenceTransformer:
    # A progress bar for the tensors of a model says nothing to anyone.
    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(
            model,
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},  # nothing is unpickled
        )
    except (OSError, ValueError, ImportError) as error:
        raise UserFacingError(
            f"Das Embedding-Modell `{model}` lässt sich nicht laden: {_first_line(error)}",
            hint="BILDUNGSLOTSE_MODEL muss ein Modellordner sein oder der Name eines Modells, das "
            "schon auf diesem Rechner liegt (`hf download NAME`); e5-small ist mitgeliefert.",
        ) from error


def _refuse_foreign_code(folder: Path) -> None:
    """Look for code that would come with the model before anything of it is loaded."""
    for path in sorted(folder.rglob("*.json")):
        content = _read_json(path)
        modules = content if path.name == "modules.json" and isinstance(content, list) else []
        foreign = [
            str(module.get("type", ""))
            for module in modules
            if not str(module.get("type", "")).startswith(OWN_MODULES)
        ]
        if foreign or (isinstance(content, dict) and CODE_KEYS & content.keys()):
            raise UserFacingError(
                f"Das Embedding-Modell `{folder}` verlangt, fremden Code auszuführen "
                f"(`{path.name}`); das ist nicht erlaubt.",
                hint="Ein Modell ohne eigene Module und ohne `auto_map` wählen.",
            )


def _read_json(path: Path) -> object:
    try:
        content: object = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None  # the loader says better what is wrong with it
    return content


def _prompts(loaded: SentenceTransformer, model: str) -> dict[str, str]:
    """Take the model's own prompts; an e5 model without any still needs its prefixes."""
    own = {task: prompt for task, prompt in (loaded.prompts or {}).items() if prompt}
    if not own and E5_NAME.search(model):
        return E5_INSTRUCT_PROMPTS if "instruct" in model.lower() else E5_PROMPTS
    document = own.get("document") or own.get("passage") or own.get("corpus") or ""
    return {"query": own.get("query", ""), "document": document}


def _identity(loaded: SentenceTransformer, model: str) -> str:
    """Name the model and its content: other weights under the same name are another model."""
    folder = Path(model)
    if folder.is_dir():
        return f"{folder.resolve().name}@{_fingerprint(folder)}"
    configuration = getattr(getattr(loaded[0], "model", None), "config", None)
    revision = getattr(configuration, "_commit_hash", None)
    return f"{model}@{revision[:8]}" if revision else model


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".safetensors", ".bin", ".json"}:
            size = path.stat().st_size
            digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
            with path.open("rb") as file:
                digest.update(file.read(ENDS))
                file.seek(max(0, size - ENDS))
                digest.update(file.read(ENDS))
    return digest.hexdigest()[:8]


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
