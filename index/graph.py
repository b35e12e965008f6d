"""Serving a model without PyTorch: its graph, exported once when the index is built, run by onnxruntime.

sentence-transformers can load any model, and takes seconds to be imported; a query needs one small graph and a
tokenizer. So a build writes both into the index folder, under the model's digest, after checking on real passages that
they give what sentence-transformers gives. A model whose graph cannot be made, or does not agree, is served by
sentence-transformers, and the build says why.

    models/<digest>/
        graph.onnx        tokens in; token vectors and the pooled vector out; optimized, which saves time at every start
        tokenizer.json    the model's tokenizer (Hugging Face tokenizers)
        graph.json        inputs, prompts, special tokens, and the digests of the two files
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
import threading
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.encoder import Encoding, ModelCard, text_spans, unit

if TYPE_CHECKING:
    from index.sentence_encoder import SentenceEncoder

_log = logging.getLogger(__name__)
_TOLERANCE = 1e-4  # of a number in a unit vector; single precision gives about 1e-6
_VERSION = 2  # of what stands in the folder
_SAMPLE = 12  # passages compared, the longest among them


def graph_folder(index: Path, card: ModelCard) -> Path:
    """Return where the graph of a model stands in an index folder."""
    return index / "models" / card.digest[:16]


class GraphEncoder:
    """An encoder that runs an exported graph; does what `SentenceEncoder` does, without PyTorch."""

    def __init__(self, folder: Path, card: ModelCard) -> None:
        """Open the graph in a folder.

        Raises:
            OSError, ValueError, KeyError, RuntimeError: The folder does not hold a whole graph (see `open_graph`).
        """
        import onnxruntime
        from tokenizers import Tokenizer

        described = json.loads((folder / "graph.json").read_text(encoding="utf-8"))
        if described["version"] != _VERSION:
            raise ValueError("it was made by another version")
        for name, digest in described["files"].items():
            if _sha256(folder / name) != digest:
                raise ValueError(f"{name} is damaged")
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # it is done already
        options.intra_op_num_threads = 1  # one thread a query, so that two drafters do not wait for each other
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # see `index.sentence_encoder`
        options.log_severity_level = 3
        self.card = card
        self._session = onnxruntime.InferenceSession(
            str(folder / "graph.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._inputs: list[str] = described["inputs"]
        self._special = [int(number) for number in described["special"]]
        self._prompts = {True: str(described["query_prompt"]), False: str(described["passage_prompt"])}
        self._lock = threading.Lock()

    def encode_passage(self, text: str) -> Encoding:
        """Return the encoding of one passage window."""
        return self._encode(self._prompts[False], text)

    def encode_query(self, text: str) -> Encoding:
        """Return the encoding of one query."""
        return self._encode(self._prompts[True], text)

    def token_counts(self, texts: Sequence[str], *, query: bool = False) -> list[int]:
        """Return how many tokens each text takes of the window, prompt and special tokens included."""
        with self._lock:
            made = self._tokenizer.encode_batch([self._prompts[query] + text for text in texts])
        return [len(encoding.ids) for encoding in made]

    def _encode(self, prompt: str, text: str) -> Encoding:
        with self._lock:
            if self.card.window:
                self._tokenizer.enable_truncation(self.card.window)
            made = self._tokenizer.encode(prompt + text)
            self._tokenizer.no_truncation()
        fields = {"input_ids": made.ids, "attention_mask": made.attention_mask, "token_type_ids": made.type_ids}
        feed = {name: np.array([fields[name]], dtype=np.int64) for name in self._inputs}
        tokens, sentence = self._session.run(["tokens", "sentence"], feed)
        ids = np.array(made.ids, dtype=np.int32)
        for number in self._special:
            ids[ids == number] = -1
        return Encoding(unit(sentence)[0], ids, unit(tokens[0]), text_spans(made.offsets, len(prompt)))


def open_graph(index: Path, card: ModelCard) -> GraphEncoder | None:
    """Return the encoder that an index folder holds for a model, or None when it holds no whole one."""
    folder = graph_folder(index, card)
    if not (folder / "graph.json").is_file():
        return None
    try:
        return GraphEncoder(folder, card)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        _log.warning("The graph in %s cannot be used (%s); PyTorch serves instead.", folder, error)
        return None


def export_graph(encoder: SentenceEncoder, index: Path, passages: Sequence[str]) -> str:
    """Put a model's graph into an index folder, unless it is there; return why it could not be done, or nothing.

    Args:
        encoder: The model.
        index: The index folder.
        passages: Texts to compare the graph with the model on.
    """
    if open_graph(index, encoder.card) is not None:
        return ""
    folder = graph_folder(index, encoder.card)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    except OSError as error:
        return f"its graph cannot be written ({error.strerror})"
    try:
        why = _write(encoder, building) or _difference(encoder, building, passages)
        if not why:
            building.chmod(0o755)
            for other in folder.parent.iterdir():  # the graphs of other models, and one of this that is damaged
                if other != building:
                    shutil.rmtree(other, ignore_errors=True)
            building.rename(folder)
        return why
    except OSError as error:
        return f"its graph cannot be written ({error.strerror})"
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _write(encoder: SentenceEncoder, folder: Path) -> str:
    """Write the graph, the tokenizer and their description; return why that is not possible, or nothing."""
    import torch

    model = encoder.model
    tokenizer = getattr(model.tokenizer, "backend_tokenizer", None)
    if tokenizer is None:
        return "its tokenizer is not one of Hugging Face tokenizers"
    features = {name: value for name, value in model.preprocess(["A text."]).items() if torch.is_tensor(value)}
    inputs = list(features)
    if not set(inputs) <= {"input_ids", "attention_mask", "token_type_ids"}:
        return f"it reads {', '.join(inputs)}"

    class _Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model  # its weights become the graph's

        def forward(self, *tensors: Any) -> tuple[Any, Any]:  # noqa: ANN401 - PyTorch does not type tensors here
            made = self.model(dict(zip(inputs, tensors, strict=True)))
            return made["token_embeddings"], made["sentence_embedding"]

    axes = {name: {0: "texts", 1: "tokens"} for name in [*inputs, "tokens"]} | {"sentence": {0: "texts"}}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the exporter warns of itself
            torch.onnx.export(
                _Graph().eval(),
                tuple(features.values()),
                str(folder / "exported.onnx"),
                input_names=inputs,
                output_names=["tokens", "sentence"],
                dynamic_axes=axes,
                dynamo=False,
            )
        _optimize(folder / "exported.onnx", folder / "graph.onnx")
    except (RuntimeError, ValueError, TypeError, KeyError, AttributeError) as error:
        return f"its graph cannot be exported ({type(error).__name__})"
    tokenizer.save(str(folder / "tokenizer.json"))
    described = {
        "version": _VERSION,
        "inputs": inputs,
        "query_prompt": encoder.query_prompt,
        "passage_prompt": encoder.passage_prompt,
        "special": [int(number) for number in encoder.special],
        "files": {name: _sha256(folder / name) for name in ("graph.onnx", "tokenizer.json")},
    }
    (folder / "graph.json").write_text(json.dumps(described, indent=1), encoding="utf-8")
    return ""


def _optimize(exported: Path, optimized: Path) -> None:
    """Write a graph with what holds on every processor optimized, and remove the one it was made from."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(optimized)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(exported), options, providers=["CPUExecutionProvider"])
    exported.unlink()


def _difference(encoder: SentenceEncoder, folder: Path, passages: Sequence[str]) -> str:
    """Return how the graph differs from the model on some passages; nothing when it does not."""
    try:
        graph = GraphEncoder(folder, encoder.card)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        return f"onnxruntime cannot run its graph ({type(error).__name__})"
    chosen = sorted(passages, key=len, reverse=True)[:: max(1, len(passages) // _SAMPLE)]
    for text in chosen:
        for a, b in (
            (graph.encode_query(text), encoder.encode_query(text)),
            (graph.encode_passage(text), encoder.encode_passage(text)),
        ):
            tokens = np.array_equal(a.token_ids, b.token_ids) and np.array_equal(a.spans, b.spans)
            same = tokens and np.allclose(a.vector, b.vector, atol=_TOLERANCE)
            if not (same and np.allclose(a.token_vectors, b.token_vectors, atol=_TOLERANCE)):
                return "its graph does not give the same vectors"
    return ""


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
