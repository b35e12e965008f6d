"""A real LibreOffice accepts and rejects all changes, and saves what a reader of the old or the new text expects."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
import word_reading
from word_edits import AFTER, BEFORE, citation

from drafting.model import Clause, ClauseKind, Draft
from drafting.word import Copy, Since, docx_bytes, export_docx

pytestmark = pytest.mark.office

O, H = ClauseKind.OPERATIVE, ClauseKind.HEADING  # noqa: E741
APART = {"UNEnd", "UNDisclaimer"}  # what ends a text, and the line that has the note on changes


def of(*clauses: tuple[str, ClauseKind, str] | tuple[str, ClauseKind, str, int]) -> Draft:
    """Return a draft of clauses, each with its id, kind, text and perhaps the place it cites."""
    made = (Clause(each[0], each[1], each[2], tuple(citation(at) for at in each[3:])) for each in clauses)
    return Draft("d", clauses=tuple(made))


ONE, HEAD, TWO = ("o1", O, "We one"), ("h", H, "Head"), ("o2", O, "We two")
CASES = {
    "every kind of change": (BEFORE, AFTER),
    "a last clause": (of(ONE), of(ONE, TWO)),
    "a heading": (of(ONE, TWO), of(ONE, HEAD, TWO)),
    "words before a new heading's clause": (of(ONE, TWO), of(ONE, HEAD, ("o2", O, "Also we two"))),
    "a mark before a new clause": (of(ONE, HEAD), of(("o1", O, "We one?"), TWO, HEAD)),
    "a first note before a new clause": (of(ONE, HEAD), of((*ONE, 7), TWO, HEAD)),
    "lines before a new clause": (of(("o1", O, "We:\n(a) x"), HEAD), of(("o1", O, "We:\n(a) x\n(b) y"), TWO, HEAD)),
    "two that change places": (of(ONE, TWO, ("o3", O, "We three")), of(TWO, ONE, ("o3", O, "We three"))),
    "a clause with the only note": (of(ONE, HEAD), of(ONE, (*TWO, 7), HEAD)),
    "a line with the only note": (of(ONE, HEAD), of(("o1", O, "We one:\n(a) x\n(b) y", 7), TWO, HEAD)),
    "a moved clause with the only note": (of((*ONE, 7), HEAD, TWO), of(HEAD, TWO, (*ONE, 7))),
    "other kinds": (of(ONE, TWO), of(("o1", H, "One"), ("o2", ClauseKind.PREAMBULAR, "Noting two"))),
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], bytes]:
    """Return what one LibreOffice saved: by case, by direction, and by whether all was accepted or rejected."""
    folder = tmp_path_factory.mktemp("office")
    files = {}
    for at, (name, versions) in enumerate(CASES.items()):
        for way, (before, after) in {"there": versions, "back": versions[::-1]}.items():
            since = Since(before, datetime(2026, 11, 21, tzinfo=UTC), "Ann")
            file = files[name, way] = folder / f"{at}{way}.docx"
            export_docx(after, file, copy=Copy(negotiating=True, annex=at == 0, annotated=at == 0, since=since))
    (folder / "profile").mkdir()
    session = Path(__file__).with_name("office_session.py")
    command = ["/usr/bin/python3", *map(str, (session, folder / "profile", folder, *files.values()))]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {
        (name, way, does): (folder / f"{file.stem}.{does}.docx").read_bytes()
        for (name, way), file in files.items()
        for does in ("accept", "reject")
    }


def printed(data: bytes, length: int) -> list[tuple[object, ...]]:
    """Return what a reader sees of the paragraphs that stand before an annex."""
    read = word_reading.read(data)
    return [
        (each.style, each.number, each.text, each.italic, each.remark, [read.notes[at].text for at in each.notes])
        for each in [each for each in read.paragraphs if each.style not in APART][:length]
    ]


@pytest.mark.parametrize("does", ["accept", "reject"])
@pytest.mark.parametrize("way", ["there", "back"])
@pytest.mark.parametrize("name", CASES)
def test_accepting_gives_the_new_text_and_rejecting_the_old_one(
    saved: dict[tuple[str, str, str], bytes], name: str, way: str, does: str
) -> None:
    before, after = CASES[name] if way == "there" else CASES[name][::-1]
    plain = docx_bytes(after if does == "accept" else before, negotiating=True)[0]
    expected = [each for each in word_reading.read(plain).paragraphs if each.style not in APART]

    assert printed(saved[name, way, does], len(expected)) == printed(plain, len(expected))
    if CASES[name] != (BEFORE, AFTER):
        left = [each.style for each in word_reading.read(saved[name, way, does]).paragraphs]
        assert [style for style in left if style not in APART] == [each.style for each in expected]


@pytest.mark.parametrize(("way", "after"), [("there", AFTER), ("back", BEFORE)])
def test_accepted_changes_leave_every_clause_its_bookmark(
    saved: dict[tuple[str, str, str], bytes], way: str, after: Draft
) -> None:
    read = word_reading.read(saved["every kind of change", way, "accept"])
    assert {f"_c_{clause.id}" for clause in after.clauses} <= set(read.clauses)
