"""The index folder on disk: what it holds, how it is written whole or not at all, and how it is checked.

    manifest.json            the description: format, model, counts, corpus digest, and the generation in force
    <generation>/            one build, named by the digest of its files
        passages.jsonl       id and text digest of every passage, a line each
        windows.npy          key, passage number and span of every window, in the order of the passages, and whether
                             it is one of those that cover the whole passage
        vectors.faiss        the windows' vectors under their keys
        tokens/              the token vectors of the whole windows, where the tokens stand in them, and which
                             are stop words
        pooled.npy           one vector a passage, pooled from its tokens
        words/               the words of every passage, their places and vectors
        lexical/             the word index, a text a passage

A build writes a temporary folder, renames it to its generation, and then replaces the manifest in one step: a reader
sees the old index or the new one. Whatever else stands in the folder is never touched. The passages themselves stay in
the corpus; the manifest's corpus digest says which reading of it the index belongs to.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.errors import IndexFolderError, StorageError
from corpus.model import Span
from index.encoder import ModelCard, Vectors
from index.faiss_store import FaissStore
from index.late import TokenIndex
from index.lexical import LexicalIndex
from index.passage_words import PassageWords
from index.vectors import VectorStore

FORMAT = 4
WINDOW = np.dtype([("key", "<i8"), ("passage", "<i4"), ("start", "<i4"), ("end", "<i4"), ("whole", "?")])
Windows = npt.NDArray[np.void]
_NAMES = {"passages.jsonl", "windows.npy", "vectors.faiss", "pooled.npy"}
_REBUILD = "Run `python -m drafting index` to build it."
_STALE_SECONDS = 3600.0
_GENERATION = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index folder says of itself.

    Attributes:
        format: Version of this layout.
        model: The model that made the vectors.
        corpus: Digest of the corpus that was indexed.
        passages: How many passages.
        windows: How many windows, and so vectors.
        generation: Name of the sub-folder in force.
        files: SHA-256 of each file of the generation, by its path there.
        engine: What holds the vectors, as `VectorStore.engine` says it. Before there was a choice it was not said.
    """

    format: int
    model: ModelCard
    corpus: str
    passages: int
    windows: int
    generation: str
    files: dict[str, str]
    engine: str = "Flat"


@dataclass(frozen=True, slots=True)
class Generation:
    """One build, in memory.

    Attributes:
        passages: Id and SHA-256 of the text of every passage.
        windows: The windows, dtype `WINDOW`.
        vectors: Their vectors, under their keys.
        tokens: The token vectors of the whole ones, in their order.
        pooled: One vector a passage, pooled from its tokens, shape (passages, dimension).
        words: The words of the passages, with their vectors.
        lexical: The word index of the passages.
    """

    passages: tuple[tuple[str, str], ...]
    windows: Windows
    vectors: VectorStore
    tokens: TokenIndex
    pooled: Vectors
    words: PassageWords
    lexical: LexicalIndex


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of an index folder.

    Raises:
        IndexFolderError: There is no index in the folder, it is damaged, or its format is another.
    """
    path = folder / "manifest.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = data["format"]
        if found == FORMAT:
            return _manifest(data)
    except FileNotFoundError as error:
        raise IndexFolderError(f"There is no index in {folder}.", _REBUILD) from error
    except OSError as error:
        raise IndexFolderError(
            f"The index in {folder} cannot be read ({error.strerror}).",
            "Check its rights, or choose another folder with RAPPORTEUR_INDEX.",
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise IndexFolderError(f"The index description {path} is damaged.", _REBUILD) from error
    raise IndexFolderError(f"The index in {folder} has format {found}, this program reads format {FORMAT}.", _REBUILD)


def read_generation(folder: Path, manifest: Manifest) -> Generation:
    """Return the generation in force, every file checked against its digest.

    Raises:
        IndexFolderError: A file is missing or is not what the manifest says.
    """
    root = folder / manifest.generation
    damaged = _damaged(root, manifest.files)
    if damaged:
        raise IndexFolderError(f"The index file {root / damaged} is missing or damaged.", _REBUILD)
    lines = (root / "passages.jsonl").read_text(encoding="ascii").splitlines()
    generation = Generation(
        passages=tuple((entry["id"], entry["sha256"]) for entry in map(json.loads, lines)),
        windows=np.load(root / "windows.npy", allow_pickle=False),
        vectors=FaissStore.open(root / "vectors.faiss"),
        tokens=TokenIndex.open(root / "tokens"),
        pooled=np.load(root / "pooled.npy", allow_pickle=False),
        words=PassageWords.open(root / "words"),
        lexical=LexicalIndex.open(root / "lexical"),
    )
    counts = (len(generation.passages), len(generation.windows), len(generation.vectors), generation.vectors.dimension)
    told = (manifest.passages, manifest.windows, manifest.windows, manifest.model.dimension)
    same = counts == told and manifest.engine == generation.vectors.engine and len(generation.words) == counts[0]
    covering = (int(generation.windows["whole"].sum()), generation.pooled.shape)
    if not same or covering != (len(generation.tokens), (manifest.passages, manifest.model.dimension)):
        raise IndexFolderError(f"The index in {folder} does not hold what its description says.", _REBUILD)
    return generation


def write(folder: Path, generation: Generation, model: ModelCard, corpus: str) -> Manifest:
    """Put a generation in force, in one step, and return its manifest.

    Raises:
        StorageError: The folder cannot be written; the index that was there is still in force.
    """
    with _storing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _clear_stale(folder)
        building = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
        try:
            files = _write_files(building, generation)
            name = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
            counts = (len(generation.passages), len(generation.windows))
            manifest = Manifest(FORMAT, model, corpus, *counts, name, files, generation.vectors.engine)
            new = not (folder / name).exists()
            if _damaged(folder / name, files):  # else it is the same build again, and what is in force is not touched
                shutil.rmtree(folder / name, ignore_errors=True)
                building.rename(folder / name)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        try:
            _replace(folder / "manifest.json", json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n")
        except BaseException:
            if new:
                shutil.rmtree(folder / name, ignore_errors=True)
            raise
        _clear_generations(folder, name)
        return manifest


def whole_bounds(found: Windows, passages: int) -> npt.NDArray[np.int64]:
    """Return the number of each passage's first whole window, and the end of the last, shape (passages + 1,)."""
    return np.searchsorted(found["passage"][found["whole"]], np.arange(passages + 1))


def window_span(row: np.void) -> Span:
    """Return where a window stands in its passage's text."""
    return Span(int(row["start"]), int(row["end"]))


def check_writable(folder: Path) -> None:
    """Make an index folder, and see that it can be written, before long work is put into an index.

    Raises:
        StorageError: It cannot.
    """
    with _storing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass


def _manifest(data: dict[str, Any]) -> Manifest:
    """Return the manifest that JSON data describes; TypeError, KeyError or ValueError when it describes none."""
    manifest = Manifest(**{**data, "model": ModelCard(**data["model"])})
    files = manifest.files
    if not _GENERATION.fullmatch(manifest.generation) or not isinstance(files, dict) or not files.keys() >= _NAMES:
        raise ValueError
    return manifest


def _damaged(root: Path, files: dict[str, str]) -> str:
    """Return the first file of a generation that is not what its digest says; empty when all are."""
    return next((name for name, digest in files.items() if _sha256(root / name) != digest), "")


def _clear_generations(folder: Path, name: str) -> None:
    """Remove the generations that are no longer in force. What else stands in the folder is not ours to remove."""
    for other in folder.iterdir():
        if _GENERATION.fullmatch(other.name) and other.name != name and (other / "passages.jsonl").is_file():
            shutil.rmtree(other, ignore_errors=True)


def _write_files(building: Path, generation: Generation) -> dict[str, str]:
    """Write the files of a generation and return their digests by path."""
    lines = (json.dumps({"id": i, "sha256": digest}) for i, digest in generation.passages)
    (building / "passages.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    np.save(building / "windows.npy", generation.windows, allow_pickle=False)
    generation.vectors.save(building / "vectors.faiss")
    generation.tokens.save(building / "tokens")
    np.save(building / "pooled.npy", generation.pooled, allow_pickle=False)
    generation.words.save(building / "words")
    generation.lexical.save(building / "lexical")
    building.chmod(0o755)  # mkdtemp gives 0700, which would keep a service account out
    paths = sorted(path for path in building.rglob("*") if path.is_file())
    for path in paths:
        _sync(path)
    return {path.relative_to(building).as_posix(): _sha256(path) for path in paths}


def _replace(path: Path, text: str) -> None:
    """Write a file whole, then put it in the place of the old one."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".manifest-", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _clear_stale(folder: Path) -> None:
    """Remove what a killed build left behind, old enough not to be a build that runs now."""
    for left in folder.glob(".building-*"):
        if time.time() - left.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    for left in folder.glob(".manifest-*"):
        if time.time() - left.stat().st_mtime > _STALE_SECONDS:
            left.unlink(missing_ok=True)


@contextmanager
def _storing(folder: Path) -> Iterator[None]:
    """Turn the system's complaints about writing into one sentence."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or "not all of it was written"  # NumPy says no more than that
        raise StorageError(
            f"The index cannot be written to {folder} ({reason}).",
            "Free some space, or choose another folder with RAPPORTEUR_INDEX; the index that was there is unchanged.",
        ) from error


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _sha256(path: Path) -> str:
    """Return the digest of a file, empty when it is not there."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
