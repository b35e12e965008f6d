"""A folder of documents becomes a corpus, or an error says which file, what, and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import load_corpus
from corpus.errors import SourceError
from corpus.model import Evidence, Genre

TEXT = "I. Introduction\n\n1. The work of the States was done by the Meeting.\n\n2. It was noted.\n"
STATED = 'title = "A paper"\ngenre = "other"\ncongress = 15\nlanguage = "en"\n'


def listing(**symbols: str) -> str:
    return "".join(
        f'[[source]]\nfile = "{name}.txt"\n[source.stated]\nsymbol = "{symbol}"\n{STATED}'
        for name, symbol in symbols.items()
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "documents"
    place.mkdir()
    (place / "one.txt").write_text(TEXT, encoding="utf-8")
    (place / "sources.toml").write_text(listing(one="A/1"), encoding="utf-8")
    return place


def test_a_folder_with_its_description_inside_is_read(folder: Path) -> None:
    corpus = load_corpus(folder)
    assert [passage.id for passage in corpus.passages] == ["A/1#1", "A/1#2"]
    (source,) = corpus.sources
    assert (source.genre, source.congress, source.file) == (Genre.OTHER, 15, "one.txt")
    assert source.url == "https://undocs.org/A/1"


def test_a_description_beside_the_folder_serves_as_well(folder: Path) -> None:
    (folder / "sources.toml").rename(folder.parent / "sources.toml")
    assert len(load_corpus(folder).passages) == 2


def test_what_is_stated_by_hand_is_marked_so(folder: Path) -> None:
    (source,) = load_corpus(folder).sources
    assert Evidence("title", inferred=False) in source.evidence
    assert Evidence("symbol", inferred=False) in source.evidence
    (language,) = [evidence for evidence in source.evidence if evidence.field == "language"]
    assert (language.inferred, language.line) == (True, 3)
    assert language.quote == "The work of the States was done by"


def test_the_base_of_the_addresses_can_be_set(folder: Path) -> None:
    (folder / "sources.toml").write_text('url_base = "https://docs.example/"\n' + listing(one="A/1"), encoding="utf-8")
    assert load_corpus(folder).sources[0].url == "https://docs.example/A/1"


def test_sources_come_in_order_of_symbol(folder: Path) -> None:
    (folder / "two.txt").write_text(TEXT, encoding="utf-8")
    (folder / "sources.toml").write_text(listing(one="B/1", two="A/2"), encoding="utf-8")
    assert [source.symbol for source in load_corpus(folder).sources] == ["A/2", "B/1"]


def test_hidden_files_are_no_documents(folder: Path) -> None:
    (folder / ".gitattributes").write_text("* -text", encoding="utf-8")
    assert len(load_corpus(folder).sources) == 1


def describe_as(toml: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / "sources.toml").write_text(toml, encoding="utf-8")

    return spoil


def write_as(data: bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / "one.txt").write_bytes(data)

    return spoil


def add_twin(folder: Path) -> None:
    (folder / "two.txt").write_text(TEXT, encoding="utf-8")
    (folder / "sources.toml").write_text(listing(one="A/1", two="A/1"), encoding="utf-8")


def add_stranger(folder: Path) -> None:
    (folder / "stranger.txt").write_text(TEXT, encoding="utf-8")


def remove_all(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def make_a_folder_of_it(folder: Path) -> None:
    (folder / "one.txt").unlink()
    (folder / "one.txt").mkdir()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(remove_all, ["no folder of documents", "documents"], id="no folder"),
        pytest.param(lambda folder: (folder / "sources.toml").unlink(), ["no sources.toml"], id="no description"),
        pytest.param(
            lambda folder: (folder / "one.txt").unlink(), ["lists one.txt", "no such file"], id="missing file"
        ),
        pytest.param(make_a_folder_of_it, ["one.txt cannot be read"], id="unreadable file"),
        pytest.param(add_stranger, ["stranger.txt", "does not list"], id="a file that is not listed"),
        pytest.param(add_twin, ["one.txt", "two.txt", "both carry the symbol A/1"], id="one symbol twice"),
        pytest.param(
            write_as(b"1. One.\n2. \xff Two."), ["one.txt", "byte 11 (line 2)", "UTF-8"], id="bytes that are no UTF-8"
        ),
        pytest.param(write_as(b""), ["one.txt is empty"], id="empty file"),
        pytest.param(write_as(b" \n"), ["one.txt is empty"], id="blank file"),
        pytest.param(write_as(b"Words without number."), ["one.txt has no numbered paragraph"], id="no paragraph"),
        pytest.param(write_as(b"1. One\n\nA/2\n\ntwo."), ["line 3", "'A/2'", "'A/1'"], id="contradiction"),
        pytest.param(describe_as("[[source]\n"), ["not valid TOML", "line 1"], id="broken description"),
        pytest.param(describe_as("source = 3"), ["lists no document"], id="no list"),
        pytest.param(describe_as("source = [3]"), ["no table in source 1"], id="no table"),
        pytest.param(describe_as("url_base = 3"), ["url_base"], id="address base of another type"),
        pytest.param(describe_as("sauce = 3"), ["unknown key 'sauce'"], id="unknown key"),
        pytest.param(describe_as("[[source]]\n"), ["names no file"], id="no file name"),
        pytest.param(describe_as('[[source]]\nfile = "../x.txt"'), ["names no file"], id="a file elsewhere"),
        pytest.param(
            describe_as('[[source]]\nfile = "one.txt"\nstated = 3'), ["stated is no table"], id="stated is no table"
        ),
        pytest.param(describe_as(listing(one="A/1") * 2), ["lists one.txt twice"], id="one file twice"),
        pytest.param(describe_as(listing(one="A 1#")), ["'A 1#'", "no document symbol"], id="no symbol"),
        pytest.param(
            describe_as(listing(one="A/1").replace('"other"', '"novel"')),
            ["'novel'", "regional report"],
            id="unknown genre",
        ),
        pytest.param(
            describe_as(listing(one="A/1").replace("15", '"XV"')), ["congress", "'XV'"], id="congress in words"
        ),
        pytest.param(
            describe_as(listing(one="A/1").replace('"A paper"', "3")),
            ["title", "not a text"],
            id="title of another type",
        ),
        pytest.param(
            describe_as(listing(one="A/1").replace('symbol = "A/1"\n', "")),
            ["does not state its symbol"],
            id="nothing says it",
        ),
        pytest.param(
            describe_as(listing(one="A/1").replace('"other"', '"regional report"')),
            ["which region speaks"],
            id="no region",
        ),
    ],
)
def test_what_is_wrong_is_said_with_place_and_remedy(
    folder: Path, spoil: Callable[[Path], None], words: list[str]
) -> None:
    spoil(folder)
    with pytest.raises(SourceError) as raised:
        load_corpus(folder)
    for word in words:
        assert word in str(raised.value)
    assert raised.value.problem.endswith(".")
    assert raised.value.remedy.endswith(".")


def test_a_file_that_may_not_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "one.txt":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SourceError, match=r"one\.txt cannot be read: Permission denied"):
        load_corpus(folder)


def test_a_stated_value_may_agree_with_the_text(folder: Path) -> None:
    (folder / "one.txt").write_text("1. The work of the\n\nA/1\n\nStates and the Meeting.\n", encoding="utf-8")
    (source,) = load_corpus(folder).sources
    (symbol,) = [evidence for evidence in source.evidence if evidence.field == "symbol"]
    assert (symbol.inferred, symbol.quote, symbol.line) == (True, "A/1", 3)
