"""The index folder: whole or refused with a remedy, and nothing in it touched that is not an index."""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fake_encoder import FakeEncoder
from small_corpus import corpus_of

from corpus.errors import IndexFolderError, StorageError
from index.build import build
from index.folder import FORMAT, check_writable, read_generation, read_manifest
from index.opened import check_model, open_index
from index.search import Searcher

CORPUS = corpus_of({"A/1": ["Women in prisons.", "Water."], "B/1": ["Cybercrime and corruption."]})
FILES = [
    "lexical/columns.npy",
    "lexical/scores.npy",
    "lexical/texts.npy",
    "lexical/words.json",
    "passages.jsonl",
    "pooled.npy",
    "tokens/bounds.npy",
    "tokens/codes.npy",
    "tokens/ids.npy",
    "tokens/scales.npy",
    "tokens/spans.npy",
    "tokens/stop.npy",
    "vectors.faiss",
    "windows.npy",
    "words/bounds.npy",
    "words/codes.npy",
    "words/least.npy",
    "words/scales.npy",
    "words/spans.npy",
    "words/stems.npy",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "index"
    build(CORPUS, FakeEncoder(), place)
    return place


def generation_of(folder: Path) -> Path:
    return folder / read_manifest(folder).generation


def test_the_folder_describes_itself(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["format"] == FORMAT
    assert manifest["model"] == {"name": "fake", "digest": "digest of fake", "dimension": 5, "window": 12}
    assert (manifest["passages"], manifest["windows"]) == (3, 3)
    assert manifest["engine"] == "Flat"
    assert sorted(manifest["files"]) == FILES
    assert sorted(path.name for path in folder.iterdir()) == sorted([manifest["generation"], "manifest.json"])


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip_a_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("spoil", [remove, empty, truncate, flip_a_bit])
def test_a_file_that_is_missing_or_damaged_is_named_with_the_remedy(
    folder: Path, name: str, spoil: Callable[[Path], None]
) -> None:
    path = generation_of(folder) / name
    spoil(path)
    with pytest.raises(IndexFolderError) as raised:
        open_index(folder, CORPUS)
    assert raised.value.problem == f"The index file {path} is missing or damaged."
    assert raised.value.remedy == "Run `python -m drafting index` to build it."
    build(CORPUS, FakeEncoder(), folder)
    assert len(open_index(folder, CORPUS).passages) == 3


def change(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda manifest: {**manifest, **values}


def without(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda manifest: {key: value for key, value in manifest.items() if key != name}


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(change(format=FORMAT + 1), f"has format {FORMAT + 1}, this program reads format {FORMAT}", id="v"),
        pytest.param(change(format="one"), "has format one", id="format in words"),
        pytest.param(without("format"), "is damaged", id="no format"),
        pytest.param(without("model"), "is damaged", id="no model"),
        pytest.param(without("files"), "is damaged", id="no files"),
        pytest.param(change(files={}), "is damaged", id="empty files"),
        pytest.param(change(files=["windows.npy"]), "is damaged", id="files as list"),
        pytest.param(change(model="MiniLM"), "is damaged", id="model in words"),
        pytest.param(change(model={"name": "x"}), "is damaged", id="half a model"),
        pytest.param(change(generation="../../etc"), "is damaged", id="a path outside"),
        pytest.param(change(generation=5), "is damaged", id="generation as number"),
        pytest.param(change(generation="0123456789abcdef"), "is missing or damaged", id="no such generation"),
        pytest.param(change(surprise=1), "is damaged", id="unknown field"),
        pytest.param(change(passages=4), "does not hold what its description says", id="passages"),
        pytest.param(change(windows=4), "does not hold what its description says", id="windows"),
        pytest.param(change(engine="IVF2,Flat"), "does not hold what its description says", id="engine"),
        pytest.param(
            change(model={"name": "fake", "digest": "digest of fake", "dimension": 6, "window": 12}),
            "does not hold what its description says",
            id="dimension",
        ),
        pytest.param(lambda _: [], "is damaged", id="a list"),
        pytest.param(lambda _: None, "is damaged", id="null"),
    ],
)
def test_a_description_that_is_wrong_is_refused_with_the_remedy(
    folder: Path, spoil: Callable[[dict[str, Any]], object], words: str
) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(spoil(json.loads(path.read_text()))))
    with pytest.raises(IndexFolderError, match=words) as raised:
        open_index(folder, CORPUS)
    assert "python -m drafting index" in raised.value.remedy
    build(CORPUS, FakeEncoder(), folder)
    assert len(open_index(folder, CORPUS).passages) == 3


def test_a_description_from_before_there_was_a_choice_of_engines_is_that_of_an_exact_one(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(without("engine")(json.loads(path.read_text()))))
    assert len(open_index(folder, CORPUS).passages) == 3
    assert read_manifest(folder).engine == "Flat"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_description_that_is_no_json_is_refused_with_the_remedy(folder: Path, content: bytes) -> None:
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(IndexFolderError, match="is damaged") as raised:
        open_index(folder, CORPUS)
    assert "python -m drafting index" in raised.value.remedy


def test_a_folder_without_an_index_is_refused_with_the_remedy(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "missing"):
        with pytest.raises(IndexFolderError, match="There is no index in") as raised:
            open_index(place, CORPUS)
        assert "python -m drafting index" in raised.value.remedy


def test_a_folder_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(IndexFolderError, match=r"cannot be read \(Not a directory\)"):
        open_index(tmp_path / "file", CORPUS)


def test_an_index_of_other_documents_says_to_run_index(folder: Path) -> None:
    other = corpus_of({"A/1": ["Women in prisons.", "Water!"], "B/1": ["Cybercrime and corruption."]})
    with pytest.raises(IndexFolderError, match="other documents") as raised:
        open_index(folder, other)
    assert raised.value.remedy == "Run `python -m drafting index` to bring it up to date."


@pytest.mark.parametrize(("name", "words"), [("other", "and other is set now"), ("fake", "with other weights")])
def test_an_index_of_another_model_is_refused_with_both_names(folder: Path, name: str, words: str) -> None:
    index, encoder = open_index(folder, CORPUS), FakeEncoder(name=name)
    if name == "fake":
        encoder.card = type(encoder.card)("fake", "another digest", 5, 12)
    with pytest.raises(IndexFolderError, match=words) as raised:
        Searcher(index, encoder)
    assert "built with the model fake" in raised.value.problem
    assert "python -m drafting index" in raised.value.remedy
    check_model(index.manifest, FakeEncoder().card)


def test_only_generations_are_ever_removed_from_the_folder(folder: Path) -> None:
    (folder / "thesis").mkdir()
    (folder / "thesis" / "chapter.txt").write_text("years of work")
    (folder / "0123456789abcdef").mkdir()
    (folder / "0123456789abcdef" / "photo.jpg").write_text("not a generation, for all its name")
    (folder / "notes.txt").write_text("mine")
    old = generation_of(folder)
    build(CORPUS, FakeEncoder(name="new", window=2), folder)
    assert not old.exists()
    assert (folder / "thesis" / "chapter.txt").read_text() == "years of work"
    assert (folder / "0123456789abcdef" / "photo.jpg").exists()
    assert (folder / "notes.txt").exists()


def test_building_the_same_again_leaves_the_files_in_force_alone(folder: Path) -> None:
    before = {path: path.stat().st_ino for path in generation_of(folder).rglob("*")}
    build(CORPUS, FakeEncoder(), folder)
    assert {path: path.stat().st_ino for path in generation_of(folder).rglob("*")} == before
    assert not list(folder.glob(".*"))


def test_what_a_killed_build_left_is_cleared_after_an_hour_and_not_before(folder: Path) -> None:
    for name, age in ((".building-old", 3700), (".building-new", 3500)):
        (folder / name).mkdir()
        os.utime(folder / name, (time.time() - age,) * 2)
    (folder / ".manifest-old").write_text("{")
    os.utime(folder / ".manifest-old", (time.time() - 3700,) * 2)
    build(CORPUS, FakeEncoder(), folder)
    assert [path.name for path in folder.glob(".*")] == [".building-new"]


def test_a_description_that_cannot_be_put_in_place_leaves_the_old_index_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(path.relative_to(folder) for path in folder.rglob("*"))

    def fail(path: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device", str(path), None, str(target))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(StorageError, match=r"\(No space left on device\)"):
        build(CORPUS, FakeEncoder(name="new"), folder)
    assert sorted(path.relative_to(folder) for path in folder.rglob("*")) == before
    assert open_index(folder, CORPUS).manifest.model.name == "fake"


def test_the_files_can_be_read_by_others_than_the_builder(folder: Path) -> None:
    assert generation_of(folder).stat().st_mode & 0o777 == 0o755
    assert (folder / "manifest.json").stat().st_mode & 0o777 == 0o644


def test_a_folder_is_made_and_left_empty_by_the_check_before_a_build(tmp_path: Path) -> None:
    check_writable(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_generation_reads_back_what_was_written(folder: Path) -> None:
    generation = read_generation(folder, read_manifest(folder))
    assert [passage_id for passage_id, _ in generation.passages] == [passage.id for passage in CORPUS.passages]
    assert len(generation.vectors) == len(generation.windows) == 3
