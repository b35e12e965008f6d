"""A real LibreOffice edits an exported file as a person would: exactly those edits come back, also by way of .odt."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_word_incoming_copies import DRAFT, NEGOTIATING
from test_word_office import convert, long_draft, negotiated

from drafting.layout import lay_out
from drafting.model import Draft
from drafting.word import docx_bytes
from drafting.word.incoming import EditKind, Proposal, propose, read_file

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.office

K = EditKind
Told = list[tuple[EditKind, str]]
NEW = "We encourage civil society to take part in every reform."
OFFICE_PYTHON = "/usr/bin/python3"  # the one that LibreOffice brings its bindings for

EDITS: dict[str, tuple[list[list[object]], Told]] = {
    "nothing": ([], []),
    "a word": ([["replace", "cooperate in matter 4", "act together on matter 4"]], [(K.CHANGED, "o4")]),
    "brackets": ([["replace", "Member States to cooperate in matter 3 ", "[Member] States to cooperate in matter 3 "]],
                 [(K.BRACKETS, "o3")]),
    "a subparagraph": ([["replace", "Second means", "Second and better means"]], [(K.CHANGED, "o7")]),
    "a subparagraph more": ([["add_after", "Second means", "Third means."]], [(K.CHANGED, "o7")]),
    "a deleted clause": ([["delete", "in matter 5 of"]], [(K.DELETED, "o5")]),
    "a new clause": ([["add_after", "in matter 6 of", NEW]], [(K.NEW, "")]),
    "a clause typed above": ([["add_before", "in matter 8 of", NEW]], [(K.NEW, "")]),
    "a clause cut in two": ([["split", "crime prevention and criminal justice."]], [(K.SPLIT, "o1")]),
    "two clauses made one": ([["join", "in matter 12 of"]], [(K.MERGED, "o12")]),
    "a moved clause": ([["move_up", "in matter 18 of"]], [(K.MOVED, "")]),
    "a comment": ([["comment", "in matter 16", "Amina", "Why only this one?"]], [(K.COMMENT, "o16")]),
    "a clause made a heading": ([["style", "in matter 18 of", "Heading 1"]], [(K.KIND, "o18")]),
    "a note taken out": ([["delete_note", 1]], [(K.NOTE_REMOVED, "p1")]),
    "the title": ([["replace", "Draft declaration", "Abu Dhabi Declaration"]], [(K.FIELD, "title")]),
    "the chapeau": ([["replace", "We, the States Members", "We, the Heads of State"]], [(K.FIELD, "chapeau")]),
    "the place": ([["replace", "Kyoto, Japan", "Abu Dhabi"]], [(K.FIELD, "place")]),
    "several": (
        [
            ["replace", "cooperate in matter 4", "act together on matter 4"],
            ["delete", "in matter 9 of"],
            ["add_after", "in matter 12 of", NEW],
            ["move_up", "in matter 18 of"],
            ["comment", "in matter 16", "Amina", "Why only this one?"],
        ],
        [(K.CHANGED, "o4"), (K.DELETED, "o9"), (K.NEW, ""), (K.MOVED, ""), (K.COMMENT, "o16")],
    ),
}  # fmt: skip
TRACKED = (
    "a word",
    "a deleted clause",
    "a new clause",
    "a clause cut in two",
    "two clauses made one",
    "a moved clause",
)
BY_ODT = ("nothing", "several")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Return what LibreOffice saved, by what was done; all in one session."""
    folder = tmp_path_factory.mktemp("office")
    source = folder / "draft.docx"
    source.write_bytes(docx_bytes(long_draft())[0])
    jobs = []
    for tracking, names in ((False, tuple(EDITS)), (True, TRACKED)):
        for name in names:
            target = folder / f"{'tracked ' * tracking}{name}.docx"
            edits = EDITS[name][0]
            jobs.append({"source": source.as_uri(), "target": target.as_uri(), "track": tracking, "edits": edits})
    program = Path(__file__).with_name("edit_in_office.py")
    command = [OFFICE_PYTHON, str(program), (folder / "profile").as_uri()]
    subprocess.run(command, input=json.dumps(jobs).encode(), check=True, timeout=300)
    for name in BY_ODT:
        opened = convert(folder / f"{name}.docx", "odt", folder)
        again = convert(opened, "docx", folder)
        again.rename(folder / f"by odt {name}.docx")
    return {path.stem: path.read_bytes() for path in folder.glob("*.docx")}


def proposed(data: bytes, draft: Draft) -> Proposal:
    return propose(read_file(data), draft, draft)


def expected(proposal: Proposal, told: Told) -> Told:
    """Return what was expected, with the ids that could not be known taken from the proposal."""
    found = {edit.kind: edit.field or edit.clause_id for edit in proposal.edits}
    return sorted((kind, about or found.get(kind, "")) for kind, about in told)


def told(proposal: Proposal) -> Told:
    return sorted((edit.kind, edit.field or edit.clause_id) for edit in proposal.edits)


@pytest.mark.parametrize("name", EDITS)
def test_exactly_the_edits_made_in_the_office_are_reported(saved: Mapping[str, bytes], name: str) -> None:
    proposal = proposed(saved[name], long_draft())
    assert told(proposal) == expected(proposal, EDITS[name][1])


@pytest.mark.parametrize("name", TRACKED)
def test_edits_that_the_office_tracked_are_the_same_with_an_author(saved: Mapping[str, bytes], name: str) -> None:
    proposal = proposed(saved[f"tracked {name}"], long_draft())

    assert told(proposal) == expected(proposal, EDITS[name][1])
    if name != "a moved clause":  # by any keys that move it the office deletes and inserts, or does not track at all
        assert all(edit.authors for edit in proposal.edits)


@pytest.mark.parametrize("name", BY_ODT)
def test_the_same_edits_are_reported_after_a_detour_by_odt(saved: Mapping[str, bytes], name: str) -> None:
    proposal = proposed(saved[f"by odt {name}"], long_draft())
    assert told(proposal) == expected(proposal, EDITS[name][1])


def test_approving_all_makes_the_draft_say_what_the_office_saved(saved: Mapping[str, bytes]) -> None:
    draft = long_draft()
    proposal = proposed(saved["several"], draft)
    after = proposal.apply(draft, proposal.approvable)

    said = [paragraph.text for paragraph in lay_out(after).paragraphs]
    assert any("act together on matter 4" in text for text in said)
    assert not any("in matter 9 of" in text for text in said)
    assert NEW in said
    again = propose(read_file(saved["several"]), draft, after)
    assert {edit.kind for edit in again.edits} == {K.COMMENT}


def test_the_negotiating_text_comes_back_unchanged_by_way_of_odt(tmp_path: Path) -> None:
    (tmp_path / "draft.docx").write_bytes(docx_bytes(negotiated(), negotiating=True)[0])
    again = convert(convert(tmp_path / "draft.docx", "odt", tmp_path), "docx", tmp_path)
    assert proposed(again.read_bytes(), negotiated()).edits == ()


def test_the_last_alternative_deleted_in_a_negotiating_text_is_noticed_after_a_detour_by_odt(tmp_path: Path) -> None:
    (tmp_path / "draft.docx").write_bytes(NEGOTIATING)
    again = convert(convert(tmp_path / "draft.docx", "odt", tmp_path), "docx", tmp_path)
    (edit,) = proposed(again.read_bytes(), DRAFT).edits
    assert (edit.kind, edit.alternative_id) == (K.DELETED, "x1")
