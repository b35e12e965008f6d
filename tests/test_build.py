"""Building the index: only what is new is embedded, keys stay, and a build that dies leaves the old index in force."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from fake_encoder import FakeEncoder
from small_corpus import corpus_of

from corpus import load_corpus
from corpus.errors import StorageError
from corpus.model import Corpus
from index.build import BuildReport, build, stop_tokens, window_key
from index.encoder import Encoding
from index.faiss_store import FaissStore
from index.folder import read_generation, read_manifest
from index.opened import open_index
from index.words import STOP_WORDS

ROOT = Path(__file__).parent.parent
TEXTS = {
    "A/1": ["Women in prisons. Water for all; and more.", "Cybercrime."],
    "B/1": ["Corruption. Corruption. And corruption once more in a text too long for one window of twelve.", "Water."],
}


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path there."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def with_text(corpus: Corpus, passage_id: str, text: str) -> Corpus:
    changed = tuple(replace(p, text=text) if p.id == passage_id else p for p in corpus.passages)
    return Corpus(corpus.sources, changed)


def keys_by_words(folder: Path, corpus: Corpus) -> dict[tuple[str, str], int]:
    """Return the key of every window by its passage's id and its words."""
    found = {}
    for row in open_index(folder, corpus).generation.windows:
        passage = corpus.passages[int(row["passage"])]
        found[passage.id, passage.text[int(row["start"]) : int(row["end"])]] = int(row["key"])
    return found


def test_an_index_built_twice_from_the_same_input_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    corpus = corpus_of(TEXTS)
    for name in ("one", "two"):
        build(corpus, FakeEncoder(), tmp_path / name)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_every_window_is_embedded_once_and_with_its_own_words(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    report = build(corpus_of(TEXTS), encoder, tmp_path)
    assert encoder.encoded[:5] == [
        "Women in prisons. Water for all; and more.",
        "Women in prisons.",
        "Water for all;",
        "and more.",
        "Cybercrime.",
    ]
    assert encoder.encoded.count("Corruption.") == 1, "words that a passage repeats are embedded once"
    assert report == BuildReport(
        passages=4, added=4, changed=0, removed=0, windows=len(encoder.encoded), embedded=len(encoder.encoded)
    )


@pytest.mark.parametrize(
    ("after", "embedded", "counts"),
    [
        pytest.param(corpus_of(TEXTS), [], (0, 0, 0), id="nothing"),
        pytest.param(
            with_text(corpus_of(TEXTS), "A/1#2", "Prisons."), ["Prisons."], (0, 1, 0), id="a passage of one sentence"
        ),
        pytest.param(
            with_text(corpus_of(TEXTS), "A/1#1", "Women in prisons. Water for all; and less."),
            ["Women in prisons. Water for all; and less.", "and less."],
            (0, 1, 0),
            id="one sentence of a passage",
        ),
        pytest.param(
            corpus_of({"A/0": ["Water."], **TEXTS}), ["Water."], (1, 0, 0), id="a source that comes before the others"
        ),
        pytest.param(corpus_of({**TEXTS, "C/1": ["Women."]}), ["Women."], (1, 0, 0), id="a source at the end"),
        pytest.param(corpus_of({"B/1": TEXTS["B/1"]}), [], (0, 0, 2), id="a source removed"),
        pytest.param(
            corpus_of({**TEXTS, "A/1": ["Water.", "Water."]}), ["Water.", "Water."], (0, 2, 0), id="a source replaced"
        ),
    ],
)
def test_an_updated_index_is_that_of_a_build_from_nothing_and_embeds_only_what_is_new(
    tmp_path: Path, after: Corpus, embedded: list[str], counts: tuple[int, int, int]
) -> None:
    build(corpus_of(TEXTS), FakeEncoder(), tmp_path / "updated")
    encoder = FakeEncoder()
    report = build(after, encoder, tmp_path / "updated")
    build(after, FakeEncoder(), tmp_path / "fresh")
    assert tree(tmp_path / "updated") == tree(tmp_path / "fresh")
    assert encoder.encoded == embedded
    assert (report.added, report.changed, report.removed, report.embedded) == (*counts, len(embedded))
    assert report.previous == ""


def test_an_updated_index_in_cells_is_that_of_a_build_from_nothing_and_says_which_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FaissStore, "build", partial(FaissStore.build, exact_up_to=4))
    after = corpus_of({**TEXTS, "C/1": ["Women and water. Women."]})
    build(corpus_of(TEXTS), FakeEncoder(), tmp_path / "updated")
    encoder = FakeEncoder()
    build(after, encoder, tmp_path / "updated")
    build(after, FakeEncoder(), tmp_path / "fresh")
    assert encoder.encoded == ["Women and water. Women.", "Women and water.", "Women."]
    assert tree(tmp_path / "updated") == tree(tmp_path / "fresh")
    assert read_manifest(tmp_path / "updated").engine == "IVF4,Flat"


def test_no_key_moves_when_sources_come_and_go(tmp_path: Path) -> None:
    before, after = corpus_of(TEXTS), corpus_of({"A/0": ["Water.", "Cybercrime."], "B/1": TEXTS["B/1"]})
    build(before, FakeEncoder(), tmp_path)
    old = keys_by_words(tmp_path, before)
    build(after, FakeEncoder(), tmp_path)
    new = keys_by_words(tmp_path, after)
    shared = old.keys() & new.keys()
    assert shared == {words for words in old if words[0].startswith("B/1")}
    assert all(old[words] == new[words] for words in shared)
    assert not set(old.values()) & {new[words] for words in new.keys() - shared}


def test_a_key_is_a_positive_number_of_the_passage_and_the_words() -> None:
    keys = [window_key("A/1#1", "x"), window_key("A/1#2", "x"), window_key("A/1#1", "y"), window_key("A/1#1", "\ud800")]
    assert len(set(keys)) == 4
    assert all(0 <= key < 2**63 for key in keys)
    assert window_key("A/1#1", "x") == 8_457_191_019_230_042_118, "a key is for ever"


def test_vectors_and_tokens_stand_under_the_keys_of_their_words(tmp_path: Path) -> None:
    corpus, encoder = corpus_of(TEXTS), FakeEncoder()
    build(corpus, encoder, tmp_path)
    generation = open_index(tmp_path, corpus).generation
    whole = 0
    for row in generation.windows:
        text = corpus.passages[int(row["passage"])].text[int(row["start"]) : int(row["end"])]
        encoding = encoder.encode_passage(text)
        assert np.array_equal(generation.vectors.get(row["key"][None])[0], encoding.vector)
        if row["whole"]:
            kept = generation.tokens.window(whole)
            assert np.array_equal(kept.ids, encoding.token_ids)
            assert np.array_equal(kept.spans, encoding.spans)
            whole += 1
    assert whole == len(generation.tokens)


def test_another_model_embeds_everything_again_and_says_why(tmp_path: Path) -> None:
    corpus = corpus_of(TEXTS)
    build(corpus, FakeEncoder(name="old"), tmp_path / "index")
    encoder = FakeEncoder(name="new")
    report = build(corpus, encoder, tmp_path / "index")
    assert report.embedded == report.windows == len(encoder.encoded)
    assert report.previous == "it was built with another model, old"
    build(corpus, FakeEncoder(name="new"), tmp_path / "fresh")
    assert tree(tmp_path / "index") == tree(tmp_path / "fresh")


def test_a_damaged_index_is_built_again_and_the_report_names_the_file(tmp_path: Path) -> None:
    corpus = corpus_of(TEXTS)
    build(corpus, FakeEncoder(), tmp_path / "index")
    whole = tree(tmp_path / "index")
    (vectors,) = (tmp_path / "index").glob("*/vectors.faiss")
    vectors.write_bytes(b"damaged")
    report = build(corpus, FakeEncoder(), tmp_path / "index")
    assert str(vectors) in report.previous
    assert report.embedded == report.windows
    assert tree(tmp_path / "index") == whole


class Prompted(FakeEncoder):
    """Puts a prompt and a special token before every query, and takes "above" for two tokens."""

    def encode_query(self, text: str) -> Encoding:
        """Return the encoding of a prompted query."""
        encoding = super().encode_query(f"prompt {text.replace('above', 'ab ove')}")
        return Encoding(
            encoding.vector,
            np.concatenate([np.array([-1], np.int32), encoding.token_ids]),
            np.concatenate([encoding.token_vectors[:1], encoding.token_vectors]),
        )

    def token_counts(self, texts: Sequence[str], *, query: bool = False) -> list[int]:
        """Return the tokens of each text, the prompt's among a query's."""
        counts = super().token_counts([text.replace("above", "ab ove") for text in texts])
        return [count + 2 * query for count in counts]


@pytest.mark.parametrize("window", [0, 3, 12])
def test_stop_tokens_are_the_words_of_one_token_and_nothing_of_the_prompt(window: int) -> None:
    plain = FakeEncoder(window=0)
    known = {int(plain.encode_query(word).token_ids[0]) for word in STOP_WORDS - {"above"}}
    found = stop_tokens(Prompted(window=window))
    assert found.tolist() == sorted(known)
    assert found.dtype == np.int32


def test_a_model_without_token_vectors_has_no_stop_tokens_and_no_pooled_vectors(tmp_path: Path) -> None:
    encoder = FakeEncoder(with_tokens=False)
    assert stop_tokens(encoder).tolist() == []
    build(corpus_of(TEXTS), encoder, tmp_path)
    index = open_index(tmp_path, corpus_of(TEXTS))
    assert not index.generation.pooled.any()
    assert index.pooled is None


def test_progress_sees_the_windows_to_embed(tmp_path: Path) -> None:
    seen: list[int] = []

    def watch(numbers: object) -> list[int]:
        assert isinstance(numbers, list)
        seen.extend(numbers)
        return numbers

    report = build(corpus_of(TEXTS), FakeEncoder(), tmp_path, watch)
    assert seen == list(range(report.embedded))


def test_no_two_windows_of_the_documents_share_a_key(tmp_path: Path, corpus: Corpus) -> None:
    encoder = FakeEncoder(window=200)
    report = build(corpus, encoder, tmp_path)
    keys = read_generation(tmp_path, read_manifest(tmp_path)).windows["key"]
    assert report.windows == len(keys) == len(np.unique(keys)) > len(corpus.passages)
    assert set(range(len(corpus.passages))) == set(open_index(tmp_path, corpus).generation.windows["passage"].tolist())


def test_adding_a_report_to_the_documents_moves_no_key(tmp_path: Path, corpus: Corpus) -> None:
    symbols = [source.symbol for source in corpus.sources]
    fewer = Corpus(corpus.sources[1:], tuple(p for p in corpus.passages if p.symbol != symbols[0]))
    build(fewer, FakeEncoder(window=200), tmp_path / "index")
    before = keys_by_words(tmp_path / "index", fewer)
    encoder = FakeEncoder(window=200)
    report = build(corpus, encoder, tmp_path / "index")
    after = keys_by_words(tmp_path / "index", corpus)
    assert before.items() <= after.items()
    assert report.embedded == len(after) - len(before)
    build(corpus, FakeEncoder(window=200), tmp_path / "fresh")
    assert tree(tmp_path / "index") == tree(tmp_path / "fresh")


BUILD = """
import os, resource, sys
sys.path[:0] = ["tests"]
from pathlib import Path
from fake_encoder import FakeEncoder
from corpus import load_corpus
from corpus.errors import StorageError
from index.build import build
folder, name = Path(sys.argv[1]), sys.argv[2]
corpus = load_corpus()
"""

BUILD_FOR_EVER = """
print("ready", flush=True)
for number in range(1000):
    build(corpus, FakeEncoder(window=200, name=f"{name}-{number}"), folder)
    print(number, flush=True)
"""

BUILD_ON_A_SMALL_DISK = """
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    build(corpus, FakeEncoder(window=200, name=name), folder)
except StorageError as error:
    print(error)
    sys.exit(3)
"""

BUILD_AS_NOBODY = """
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    build(corpus, FakeEncoder(window=200, name=name), folder)
except StorageError as error:
    print(error)
    sys.exit(3)
"""


def program(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a script in a process of its own."""
    command = [sys.executable, "-W", "error", "-B", "-c", BUILD + script, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_build_killed_at_any_moment_leaves_an_index_in_force(tmp_path: Path, corpus: Corpus) -> None:
    folder, moments = tmp_path / "index", random.Random(12)  # noqa: S311 - moments, not secrets
    build(corpus, FakeEncoder(window=200, name="first"), folder)
    for kill in range(8):
        with program(BUILD_FOR_EVER, folder, f"kill-{kill}") as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0.02, 0.9))
            process.kill()
            confirmed = process.stdout.read().split()
            assert process.wait() == -9
        opened = open_index(folder, corpus)  # every file checked against its digest
        named = opened.manifest.model.name
        if confirmed:  # the last build that was confirmed, or one that was in force and not yet confirmed
            assert named in {f"kill-{kill}-{confirmed[-1]}", f"kill-{kill}-{int(confirmed[-1]) + 1}"}
    for left in (*folder.glob(".building-*"), *folder.glob(".manifest-*")):
        os.utime(left, (0, 0))  # as if the hour had passed after which they are cleared
    report = build(corpus, FakeEncoder(window=200, name="last"), folder)
    assert report.previous.startswith("it was built with another model")
    build(corpus, FakeEncoder(window=200, name="last"), tmp_path / "fresh")
    assert tree(folder) == tree(tmp_path / "fresh")


@pytest.mark.parametrize("kib", [0, 1, 20, 100, 160])
def test_a_full_disk_is_one_clear_error_and_the_old_index_stays_in_force(tmp_path: Path, kib: int) -> None:
    folder = tmp_path / "index"
    build(load_corpus(), FakeEncoder(window=200, name="old"), folder)
    before = tree(folder)
    assert max(map(len, before.values())) > kib * 1024
    with program(BUILD_ON_A_SMALL_DISK, folder, "new", kib * 1024) as process:
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (3, "")
    assert output.startswith(f"The index cannot be written to {folder} (")
    assert "Free some space" in output
    assert output.count("\n") == 1
    assert tree(folder) == before
    assert not list(folder.glob(".*"))


def test_a_folder_that_may_not_be_written_is_said_before_anything_is_embedded(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file, not a folder")
    encoder = FakeEncoder()
    with pytest.raises(StorageError, match="cannot be written") as raised:
        build(corpus_of(TEXTS), encoder, tmp_path / "file" / "index")
    assert "RAPPORTEUR_INDEX" in raised.value.remedy
    assert encoder.encoded == []


def test_a_read_only_folder_is_one_clear_error(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(load_corpus(), FakeEncoder(window=200, name="old"), folder)
    before = tree(folder)
    for place in (tmp_path, *tmp_path.parents):
        if place.stat().st_uid == os.getuid() and place != Path("/"):
            place.chmod(place.stat().st_mode | 0o055)
        if place.name.startswith("pytest-of-"):
            break
    folder.chmod(0o555)
    with program(BUILD_AS_NOBODY, folder, "new") as process:
        output, errors = process.communicate(timeout=60)
    folder.chmod(0o755)
    assert (process.returncode, errors) == (3, "")
    assert "cannot be written" in output
    assert "Permission denied" in output
    assert tree(folder) == before
