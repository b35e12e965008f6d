"""The index folder on disk: what it holds, how it is written whole or not at all, and how it is checked.

    manifest.json            the description: format, model, counts, corpus digest, and the generation in force
    <generation>/            one build, named by the digest of its files
        passages.jsonl       id and text digest of every passage, a line each
        windows.npy          key, passage number and span of every window, in the order of the passages, and whether
                             it is one of those that cover the whole passage
        vectors.faiss        the windows' vectors under their keys
        tokens/              the token vectors of the whole windows
        lexical/             the word index, a text a passage

A build writes a temporary folder, renames it to its generation, and then replaces the manifest in one step: a reader
sees the old index or the new one. The passages themselves stay in the corpus; the manifest's corpus digest says which
reading of it the index belongs to.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import IndexFolderError, StorageError
from index.encoder import ModelCard
from index.faiss_store import FaissStore
from index.late import TokenIndex
from index.lexical import LexicalIndex

FORMAT = 1
WINDOW = np.dtype([("key", "<i8"), ("passage", "<i4"), ("start", "<i4"), ("end", "<i4"), ("whole", "?")])
Windows = npt.NDArray[np.void]
_REBUILD = "Run `python -m drafting index` to build it."
_STALE_SECONDS = 3600.0


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
    """

    format: int
    model: ModelCard
    corpus: str
    passages: int
    windows: int
    generation: str
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Generation:
    """One build, in memory.

    Attributes:
        passages: Id and SHA-256 of the text of every passage.
        windows: The windows, dtype `WINDOW`.
        vectors: Their vectors, under their keys.
        tokens: The token vectors of the whole ones, in their order.
        lexical: The word index of the passages.
    """

    passages: tuple[tuple[str, str], ...]
    windows: Windows
    vectors: FaissStore
    tokens: TokenIndex
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
            return Manifest(**{**data, "model": ModelCard(**data["model"])})
    except FileNotFoundError as error:
        raise IndexFolderError(f"There is no index in {folder}.", _REBUILD) from error
    except OSError as error:
        raise IndexFolderError(
            f"The index in {folder} cannot be read ({error.strerror}).", "Check its rights."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise IndexFolderError(f"The index description {path} is damaged.", _REBUILD) from error
    raise IndexFolderError(f"The index in {folder} has format {found}, this program reads format {FORMAT}.", _REBUILD)


def read_generation(folder: Path, manifest: Manifest) -> Generation:
    """Return the generation in force, every file checked against its digest.

    Raises:
        IndexFolderError: A file is missing or is not what the manifest says.
    """
    root = folder / manifest.generation
    for name, digest in manifest.files.items():
        if _sha256(root / name) != digest:
            raise IndexFolderError(f"The index file {root / name} is missing or damaged.", _REBUILD)
    lines = (root / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    generation = Generation(
        passages=tuple((entry["id"], entry["sha256"]) for entry in map(json.loads, lines)),
        windows=np.load(root / "windows.npy", allow_pickle=False),
        vectors=FaissStore.open(root / "vectors.faiss"),
        tokens=TokenIndex.open(root / "tokens"),
        lexical=LexicalIndex.open(root / "lexical"),
    )
    counts = (len(generation.passages), len(generation.windows), len(generation.vectors), generation.vectors.dimension)
    whole = int(generation.windows["whole"].sum())
    if counts != (manifest.passages, manifest.windows, manifest.windows, manifest.model.dimension) or whole != len(
        generation.tokens
    ):
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
            manifest = Manifest(FORMAT, model, corpus, len(generation.passages), len(generation.windows), name, files)
            if _holds(folder / name, files):  # the same build again: what is in force is not touched
                shutil.rmtree(building)
            else:
                shutil.rmtree(folder / name, ignore_errors=True)  # the same build, damaged since
                building.rename(folder / name)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        _replace(folder / "manifest.json", json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n")
        for other in folder.iterdir():
            if other.is_dir() and other.name != name and not other.name.startswith("."):
                shutil.rmtree(other, ignore_errors=True)
        return manifest


def _write_files(building: Path, generation: Generation) -> dict[str, str]:
    """Write the files of a generation and return their digests by path."""
    lines = (json.dumps({"id": i, "sha256": digest}) for i, digest in generation.passages)
    (building / "passages.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    np.save(building / "windows.npy", generation.windows, allow_pickle=False)
    generation.vectors.save(building / "vectors.faiss")
    generation.tokens.save(building / "tokens")
    generation.lexical.save(building / "lexical")
    building.chmod(0o755)  # mkdtemp gives 0700, which would keep a service account out
    paths = sorted(path for path in building.rglob("*") if path.is_file())
    for path in paths:
        _sync(path)
    return {path.relative_to(building).as_posix(): _sha256(path) for path in paths}


def _holds(generation: Path, files: dict[str, str]) -> bool:
    """Return whether a generation is there and whole."""
    return all(_sha256(generation / name) == digest for name, digest in files.items())


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


@contextmanager
def _storing(folder: Path) -> Iterator[None]:
    """Turn the system's complaints about writing into one sentence."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # FAISS reports a failed write as a RuntimeError
        reason = getattr(error, "strerror", None) or str(error).strip().splitlines()[-1]
        raise StorageError(
            f"The index cannot be written to {folder} ({reason}).",
            "Free some space or choose another folder with RAPPORTEUR_INDEX; the index that was there is unchanged.",
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
