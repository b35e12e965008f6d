"""The export command: every form, every option, and what cannot be is one line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import word_checking
import word_reading
from test_cli_drafts import Desk

from corpus.model import Corpus, Kind


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "drafts.sqlite")


@pytest.fixture
def draft_id(desk: Desk, corpus: Corpus) -> str:
    passage = next(p for p in corpus.passages if p.kind is Kind.RECOMMENDATION)
    made = desk.out("new", "Draft Doha declaration")
    desk.out("add", made, passage.id, "--by", "Ann")
    desk.out("add", made, "--text", "We =urge* all", "--by", "Ben")
    return made


def test_a_word_file_has_comments_annex_paper_and_changes_as_asked(desk: Desk, draft_id: str, tmp_path: Path) -> None:
    file = tmp_path / "out.docx"
    desk.out("export", draft_id, "-o", str(file), "--annotated", "--negotiating", "--page", "letter", "--since", "2")
    data = file.read_bytes()
    parts = word_reading.parts(data)
    document = parts["word/document.xml"].decode()
    assert word_checking.problems(data) == []
    assert "word/comments.xml" in parts
    assert "<w:tbl>" in document
    assert 'w:w="12240"' in document
    assert 'w:author="Ben"' in document
    assert 'w:author="Ann"' not in document
    desk.out("export", draft_id, "-o", str(file), "--no-annex")
    plain = word_reading.parts(file.read_bytes())
    assert "<w:tbl>" not in plain["word/document.xml"].decode()
    assert "word/comments.xml" not in plain


def test_changes_are_shown_since_the_version_that_a_file_holds(desk: Desk, draft_id: str, tmp_path: Path) -> None:
    old, file, same = tmp_path / "old.docx", tmp_path / "out.docx", tmp_path / "same.docx"
    desk.out("export", draft_id, "-o", str(old))
    desk.out("add", draft_id, "--text", "We rest", "--by", "Cho, Dee")
    desk.out("export", draft_id, "-o", str(file), "--since-file", str(old), "--no-annex")
    desk.out("export", draft_id, "-o", str(same), "--since", "3", "--no-annex")
    assert file.read_bytes() == same.read_bytes()
    rejected = word_reading.read(word_reading.settled(file.read_bytes(), accept=False))
    assert not [each for each in rejected.paragraphs if "We rest" in each.text]


@pytest.mark.parametrize(
    ("ending", "holds"),
    [
        (".md", "We =urge\\* all"),
        (".txt", "We =urge* all"),
        (".csv", "We =urge* all"),
        (".TXT", "Draft Doha declaration"),
    ],
)
def test_the_ending_says_the_form(desk: Desk, draft_id: str, tmp_path: Path, ending: str, holds: str) -> None:
    file = tmp_path / f"out{ending}"
    assert desk.out("export", draft_id, "-o", str(file)) == f"Written to {file}."
    assert holds in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("-o", "out.pdf"), "none of the endings"),
        (("-o", "out.md", "--annotated"), "Comments and tracked changes"),
        (("-o", "out.csv", "--since", "1"), "Comments and tracked changes"),
        (("-o", "out.docx", "--since", "99"), "99"),
        (("-o", "out.docx", "--since", "1", "--since-file", "old.docx"), "not both"),
        (("-o", "out.docx", "--since-file", "missing.docx"), "missing.docx cannot be read"),
        (("-o", "out.docx", "--since-file", "text.docx"), "does not say which version"),
        (("-o", "out.docx", "--since-file", "empty.docx"), "does not say which version"),
        (("-o", "out.docx", "--since-file", "broken.docx"), "does not say which version"),
        (
            (
                "-o",
                "missing/out.txt",
            ),
            "cannot be written",
        ),
    ],
)
def test_what_cannot_be_is_one_line_and_writes_nothing(
    desk: Desk, draft_id: str, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    (tmp_path / "text.docx").write_text("text")
    with zipfile.ZipFile(tmp_path / "empty.docx", "w") as package:
        package.writestr("other.xml", "<a/>")
    with zipfile.ZipFile(tmp_path / "broken.docx", "w") as package:
        package.writestr("docProps/custom.xml", "<a")
    placed = [str(tmp_path / each) if "." in each and "--" not in each else each for each in arguments]
    assert says in desk.refused("export", draft_id, *placed)
    assert not list(tmp_path.glob("out.*"))


def test_a_file_of_another_draft_is_refused(desk: Desk, draft_id: str, tmp_path: Path) -> None:
    other = desk.out("new", "Another")
    desk.out("export", other, "-o", str(tmp_path / "other.docx"))
    said = desk.refused(
        "export", draft_id, "-o", str(tmp_path / "out.docx"), "--since-file", str(tmp_path / "other.docx")
    )
    assert "another draft" in said
