"""The command line as a process of its own: what it prints, what it refuses, and that no traceback is ever seen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fake_encoder import FakeEncoder

from corpus.errors import RapporteurError
from corpus.model import Corpus, Kind
from index.build import build

ROOT = Path(__file__).parent.parent
PASSAGE_FIELDS = {"id", "symbol", "region", "congress", "heading", "paragraph", "kind", "standing", "voice", "text"}
HIT_FIELDS = PASSAGE_FIELDS | {"rank", "score", "band", "window", "marks", "alignment", "identical"}

# Runs the command line with every road to another machine closed.
WITHOUT_NETWORK = """
import runpy, sys

def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo"}:
        sys.stderr.write(f"NETWORK {event} {arguments}\\n")
        raise ConnectionRefusedError(event)

sys.addaudithook(refuse)
sys.argv[0] = "drafting"
runpy.run_module("drafting", run_name="__main__")
"""


def run(
    *arguments: str, start: tuple[str, ...] = ("-m", "drafting"), stdout: int = subprocess.PIPE, **environment: object
) -> subprocess.CompletedProcess[str]:
    """Run a command; the environment says where things are."""
    settings = {name: str(value) for name, value in environment.items()}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORTEUR_")}
    return subprocess.run(
        [sys.executable, "-W", "error", *start, *arguments],
        cwd=ROOT,
        env={**inherited, "RAPPORTEUR_DRAFTS": os.devnull + "/none", **settings},
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def refused(result: subprocess.CompletedProcess[str], *words: str) -> None:
    """Hold a result to be one line on stderr with these words, exit code 1, and nothing on stdout."""
    assert result.returncode == 1, result
    assert not result.stdout
    assert result.stderr.count("\n") == 1, result.stderr
    assert result.stderr.endswith(".\n")
    for word in words:
        assert word in result.stderr


def lines(result: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Return the JSON objects of stdout, each on a line of its own."""
    assert result.returncode == 0, result.stderr
    assert result.stdout.endswith("\n")
    return [json.loads(line) for line in result.stdout.split("\n")[:-1]]


@pytest.fixture(scope="module")
def fake_index(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of the documents that another model than the bundled one built."""
    folder = tmp_path_factory.mktemp("fake") / "index"
    build(corpus, FakeEncoder(window=200), folder)
    return folder


@pytest.fixture
def documents(tmp_path: Path, corpus: Corpus) -> Path:
    """Return a copy of the documents that a test may spoil."""
    assert corpus.sources
    shutil.copytree(ROOT / "corpus" / "sources", tmp_path / "sources")
    shutil.copy(ROOT / "corpus" / "sources.toml", tmp_path)
    return tmp_path / "sources"


def test_sources_prints_one_json_object_a_document(corpus: Corpus) -> None:
    found = lines(run("sources", "--json"))
    assert [entry["symbol"] for entry in found] == [source.symbol for source in corpus.sources]
    for entry, source in zip(found, corpus.sources, strict=True):
        assert (entry["region"], entry["congress"]) == (source.region, source.congress)
        assert entry["passages"] == len(corpus.passages_of(source.symbol))


def test_sources_is_readable_without_json(corpus: Corpus) -> None:
    text = run("sources").stdout
    for source in corpus.sources:
        assert source.symbol in text
        assert source.title in text


def test_sources_says_what_answers_queries(fake_index: Path, tmp_path: Path) -> None:
    told = run("sources", RAPPORTEUR_INDEX=fake_index, RAPPORTEUR_MODEL="fake").stdout.splitlines()[-1]
    assert told == (
        "Queries are answered by sentence-transformers; the vectors stand in FAISS Flat (every vector is compared)."
    )
    told = run("sources", RAPPORTEUR_INDEX=tmp_path / "none").stdout.splitlines()[-1]
    assert told == f"There is no index in {tmp_path / 'none'}. Run `python -m drafting index` to build it."


def test_passages_prints_the_contract_and_leaves_out_procedure_unless_asked(corpus: Corpus) -> None:
    everything = lines(run("passages", "--all", "--json"))
    assert [entry["id"] for entry in everything] == [passage.id for passage in corpus.passages]
    assert [entry["text"] for entry in everything] == [passage.text for passage in corpus.passages]
    assert all(entry.keys() >= PASSAGE_FIELDS for entry in everything)
    symbol = corpus.sources[1].symbol
    some = lines(run("passages", "--symbol", symbol, "--json"))
    substance = [p.id for p in corpus.passages_of(symbol) if p.kind is not Kind.PROCEDURAL]
    assert [entry["id"] for entry in some] == substance
    assert len(substance) < len(corpus.passages_of(symbol))


def test_an_unknown_symbol_is_refused_with_the_choices(corpus: Corpus) -> None:
    refused(run("passages", "--symbol", "A/CONF.1/1"), "A/CONF.1/1", *(source.symbol for source in corpus.sources))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--region", "Atlantis"], ["Atlantis", "Western Asia", "Latin America"]),
        (["--kind", "advice"], ["advice", "procedural; question; recommendation"]),
        (["--genre", "novel"], ["novel", "discussion guide"]),
        (["--congress", "99"], ["99", "12; 14"]),
        (["--congress", "XIV"], ["XIV", "--help"]),
        (["-k", "0"], ["0", "1<=x<=1000", "--help"]),
        (["--colour", "red"], ["--colour", "--help"]),
    ],
)
def test_an_unknown_filter_is_refused_before_the_model_is_loaded(
    fake_index: Path, options: list[str], words: list[str]
) -> None:
    refused(run("search", "water", *options, RAPPORTEUR_INDEX=fake_index, RAPPORTEUR_MODEL="/nowhere"), *words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["search"], ["query is empty"]),
        (["search", " \n "], ["query is empty"]),
        (["search", "x" * 100_000], ["100,000 characters", "10,000"]),
        (["search", os.fsdecode(b"\xff\xfe")], ["not text"]),
        (["search", "water", "--queries", "q.jsonl"], ["Give one of them"]),
        (["search", "--queries", "missing.jsonl"], ["missing.jsonl", "No such file"]),
        (["search", "--queries", "."], ["Is a directory"]),
        (["searhc"], ["searhc", "--help"]),
    ],
)
def test_what_cannot_be_searched_is_refused(arguments: list[str], words: list[str]) -> None:
    refused(run(*arguments), *words)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not json", ["Line 1"]),
        (b'{"id": "a", "text": "water"}\n\n{"id": "b"}\n', ["Line 3"]),
        (b'{"text": "water"}', ["Line 1"]),
        (b'{"id": "a", "text": 5}', ["Line 1"]),
        (b'["a", "water"]', ["Line 1"]),
        (b"null", ["Line 1"]),
        (b'{"id": "a", "text": " "}', ["Line 1", "query is empty"]),
        (b'{"id": "a", "text": "\\ud800"}', ["Line 1", "not text"]),
        (b'{"id": "a", "text": "' + b"x" * 20_000 + b'"}', ["Line 1", "20,000 characters"]),
        (b"[" * 100_000, ["Line 1"]),
        (b"\xff\xfe\x00", ["not UTF-8"]),
    ],
)
def test_a_bad_line_of_a_batch_is_named_before_anything_is_searched(
    tmp_path: Path, content: bytes, words: list[str]
) -> None:
    path = tmp_path / "queries.jsonl"
    path.write_bytes(content)
    refused(run("search", "--queries", str(path), "--json"), str(path), *words)


def test_a_missing_index_says_how_to_build_it(tmp_path: Path) -> None:
    refused(run("search", "water", RAPPORTEUR_INDEX=tmp_path / "none"), "no index", "python -m drafting index")


def test_a_damaged_index_names_the_file(fake_index: Path, tmp_path: Path) -> None:
    shutil.copytree(fake_index, tmp_path / "index")
    (path,) = (tmp_path / "index").glob("*/vectors.faiss")
    path.write_bytes(path.read_bytes()[:1000])
    refused(run("search", "water", RAPPORTEUR_INDEX=tmp_path / "index"), str(path), "python -m drafting index")


def test_an_index_of_other_documents_says_so(fake_index: Path, documents: Path) -> None:
    path = next(documents.glob("*RPM*"))
    path.write_text(path.read_text(encoding="utf-8").replace("crime", "crimes", 1), encoding="utf-8")
    result = run("search", "water", RAPPORTEUR_INDEX=fake_index, RAPPORTEUR_CORPUS=documents)
    refused(result, "other documents", "python -m drafting index")


def test_a_model_that_is_not_there_is_one_line(fake_index: Path) -> None:
    refused(run("search", "water", RAPPORTEUR_INDEX=fake_index, RAPPORTEUR_MODEL="/no/model"), "no model at /no/model")


def spoil_bytes(folder: Path) -> None:
    path = next(folder.glob("*RPM*"))
    path.write_bytes(path.read_bytes()[:5000] + b"\xff" + path.read_bytes()[5000:])


def make_unreadable(folder: Path) -> None:
    path = next(folder.glob("*RPM*"))
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "words"), [(spoil_bytes, "not UTF-8"), (make_unreadable, "cannot be read"), (shutil.rmtree, "no folder")]
)
@pytest.mark.parametrize("command", [["sources"], ["passages", "--json"], ["index"], ["search", "water"]])
def test_a_document_that_cannot_be_read_is_one_line(
    documents: Path, spoil: Callable[[Path], None], words: str, command: list[str]
) -> None:
    spoil(documents)
    refused(run(*command, RAPPORTEUR_CORPUS=documents), words, str(documents))


def test_a_reader_that_has_seen_enough_ends_the_command_quietly() -> None:
    command = [sys.executable, "-W", "error", "-m", "drafting", "passages", "--json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["id"]
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) in {0, 1}


def test_a_full_disk_under_the_output_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        refused(run("sources", "--json", stdout=full.fileno()), "No space left on device")


def test_output_is_utf_8_whatever_the_terminal_says(corpus: Corpus) -> None:
    assert any(ord(character) > 255 for passage in corpus.passages for character in passage.text)
    result = run("passages", "--json", "--all", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    assert len(lines(result)) == len(corpus.passages)


HELP = "import sys; sys.argv = ['drafting', *sys.argv[1:]]\nfrom drafting.cli import main\ntry:\n    main()\nfinally:\n"
HELP += "    heavy = {'torch', 'faiss', 'docx', 'streamlit', 'transformers', 'numpy', 'bm25s', 'sqlite3'}\n"
HELP += "    print('HEAVY', sorted(heavy & sys.modules.keys()), file=sys.stderr)\n"


def commands() -> list[str]:
    from drafting import cli, cli_drafts

    cli_drafts.register(cli.app)
    return sorted(cli.app.commands)


@pytest.mark.parametrize("command", ["", *commands()])
def test_help_is_there_and_needs_no_heavy_module(command: str) -> None:
    result = run(*command.split(), "--help", start=("-c", HELP))
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith(f"Usage: python -m drafting {command}")
    assert result.stderr == "HEAVY []\n"


def test_no_command_at_all_shows_the_help() -> None:
    result = run()
    assert result.returncode == 1
    assert "Usage: python -m drafting" in result.stderr


def test_every_expected_error_has_two_sentences() -> None:
    error = RapporteurError("What is wrong.", "What to do.")
    assert (str(error), error.problem, error.remedy) == ("What is wrong. What to do.", "What is wrong.", "What to do.")


@pytest.mark.model
def test_a_batch_is_answered_a_line_a_query_with_no_network(built_index: Path, tmp_path: Path) -> None:
    queries = [
        {"id": "one", "text": "smuggling of migrants"},
        {"id": 2, "text": "犯罪预防 🙂"},
        {"id": "three", "text": "overcrowding\u2028in prisons"},
    ]
    path = tmp_path / "queries.jsonl"
    path.write_text("\ufeff" + "\n\n".join(json.dumps(q, ensure_ascii=False) for q in queries), encoding="utf-8")
    options = ["-k", "7", "--region", "western asia", "--congress", "12", "--kind", "recommendation", "--json"]
    result = run(
        "search", "--queries", str(path), *options, start=("-c", WITHOUT_NETWORK), RAPPORTEUR_INDEX=built_index
    )
    assert result.stderr == ""
    found = lines(result)
    assert [entry["id"] for entry in found] == ["one", "2", "three"]
    for entry in found:
        hits = entry["hits"]
        assert entry.keys() == {"id", "unbacked", "hits"}
        assert [hit["rank"] for hit in hits] == list(range(1, 8))
        assert all(hit.keys() >= HIT_FIELDS for hit in hits)
        assert {(hit["region"], hit["congress"], hit["kind"]) for hit in hits} == {
            ("Western Asia", 12, "recommendation")
        }
        assert {hit["band"] for hit in hits} <= {"close", "partial", "related"}
    assert "smuggling of migrants" in found[0]["hits"][0]["text"].casefold()


@pytest.mark.model
def test_one_query_prints_a_line_a_hit(built_index: Path) -> None:
    found = lines(run("search", "smuggling of migrants", "-k", "3", "--json", RAPPORTEUR_INDEX=built_index))
    assert [hit["rank"] for hit in found] == [1, 2, 3]
    assert all(hit.keys() >= HIT_FIELDS for hit in found)
    for hit in found:
        linked = {tuple(link["passage"]) for link in hit["alignment"]}
        assert sorted(linked) == [tuple(mark) for mark in hit["marks"]]
        for link in hit["alignment"]:
            (a, b), (c, d) = link["clause"], link["passage"]
            assert link.keys() == {"clause", "passage", "strength"}
            assert "smuggling of migrants"[a:b] in {"smuggling", "migrants"}
            assert (link["strength"] == 1) == hit["text"][c:d].casefold().startswith(("smuggl", "migrant"))


@pytest.mark.model
def test_another_model_than_the_indexs_is_one_line(fake_index: Path) -> None:
    refused(run("search", "water", RAPPORTEUR_INDEX=fake_index), "model fake", "all-MiniLM-L6-v2 is set now")


@pytest.mark.model
def test_index_says_what_changed_and_keeps_to_stderr_with_its_progress(built_index: Path, tmp_path: Path) -> None:
    shutil.copytree(built_index, tmp_path / "index")
    result = run("index", start=("-c", WITHOUT_NETWORK), RAPPORTEUR_INDEX=tmp_path / "index")
    assert result.returncode == 0, result.stderr
    assert "0 added, 0 changed, 0 removed; 0 of" in result.stdout
    assert result.stdout.splitlines()[1:] == [
        "Queries are answered by onnxruntime; the vectors stand in FAISS Flat (every vector is compared)."
    ]
    assert result.stderr == "Loading the model all-MiniLM-L6-v2 …\n"
