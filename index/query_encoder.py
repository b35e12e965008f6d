"""The encoder that answers queries: the model's graph in the index folder, or sentence-transformers without one.

Both give the same vectors (`index.graph` checks that when it makes the graph); the graph is there sooner and needs no
PyTorch. The index is asked which model it was built with, so that another model is refused before anything is loaded.
"""

from __future__ import annotations

from pathlib import Path

from index.encoder import Encoder
from index.folder import read_manifest
from index.graph import open_graph
from index.sentence_encoder import DEFAULT_MODEL, SentenceEncoder


def query_encoder(index: Path, model: str) -> Encoder:
    """Return the encoder for the queries of an index.

    Args:
        index: The index folder.
        model: Path or hub name of the model that is set; empty for the bundled one.

    Raises:
        IndexFolderError: There is no index.
        EncoderError: The model cannot be found or loaded.
    """
    manifest = read_manifest(index)
    if manifest.model.name == (model or DEFAULT_MODEL):
        graph = open_graph(index, manifest.model)
        if graph is not None:
            return graph
    return SentenceEncoder(model)
