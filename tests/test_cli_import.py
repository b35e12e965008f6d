"""The command that takes a Word file back in: it lists, it changes nothing unasked, and one version can be undone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from word_editing import replaced, with_part

from corpus.errors import DraftError, SourceError, UnknownValueError
from drafting import cli_import
from drafting.model import Clause, ClauseKind, Draft
from drafting.operations import add_clause, edit_text
from drafting.store import DraftStore
from drafting.word import docx_bytes

if TYPE_CHECKING:
    from pathlib import Path


class Desk:
    """A store with one draft, and its exported file after somebody edited it."""

    def __init__(self, folder: Path) -> None:
        self.store = DraftStore(folder / "drafts.sqlite")
        made = self.store.create("Draft declaration")
        draft = add_clause(made, "We urge States to prevent crime", ClauseKind.OPERATIVE, clause_id="o1")
        draft = add_clause(draft, "We note {¶o1}", ClauseKind.OPERATIVE, clause_id="o2")
        self.draft = self.store.save(draft, "Added 2 clauses", base=made.revision)
        self.file = folder / "edited.docx"
        self.file.write_bytes(replaced(docx_bytes(self.draft)[0], "to prevent crime", "to prevent all crime"))

    def run(self, *options: str, file: Path | None = None) -> Result:
        """Run the command on the file."""
        return CliRunner().invoke(cli_import.import_command, [str(file or self.file), *options])

    def texts(self) -> list[str]:
        """Return what the clauses say now."""
        return [clause.text for clause in self.store.load(self.draft.id).clauses]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("RAPPORTEUR_DRAFTS", str(tmp_path / "drafts.sqlite"))
    return Desk(tmp_path)


def test_without_approval_the_changes_are_listed_and_nothing_is_changed(desk: Desk) -> None:
    result = desk.run()

    assert result.exit_code == 0
    assert "changed o1: operative clause 1" in result.output
    assert "We urge States to prevent {+all +}crime" in result.output
    assert "--yes" in result.output
    assert desk.store.load(desk.draft.id) == desk.draft


def test_yes_approves_all_as_one_version_that_can_be_undone(desk: Desk) -> None:
    result = desk.run("--yes", "--by", "Amina")

    assert result.exit_code == 0
    assert desk.texts() == ["We urge States to prevent all crime", "We note {¶o1}"]
    state = desk.store.state(desk.draft.id)
    assert (state.author, state.change) == ("Amina", "Imported 1 change from edited.docx")
    assert desk.store.undo(desk.draft.id, base=state.draft.revision).clauses == desk.draft.clauses


def test_one_change_can_be_approved_by_its_name(desk: Desk) -> None:
    data = replaced(desk.file.read_bytes(), "Draft declaration", "Another title")
    desk.file.write_bytes(data)

    assert desk.run("--only", "field changed title").exit_code == 0
    assert desk.store.load(desk.draft.id).title == "Another title"
    assert desk.texts() == ["We urge States to prevent crime", "We note {¶o1}"]
    assert isinstance(desk.run("--only", "changed o9").exception, DraftError)


def test_json_lists_an_object_a_line_with_references_as_a_reader_sees_them(desk: Desk) -> None:
    desk.file.write_bytes(replaced(desk.file.read_bytes(), "We note paragraph ", "We recall paragraph "))
    result = desk.run("--json")

    first, second = [json.loads(line) for line in result.stdout.splitlines()]
    assert (first["kind"], first["clause_id"], first["after"]) == (
        "changed",
        "o1",
        "We urge States to prevent all crime",
    )
    assert (second["after"], second["shown_after"]) == ("We recall {¶o1}", "We recall paragraph 1 above")


def test_yes_leaves_a_conflict_alone_and_says_so(desk: Desk) -> None:
    changed = edit_text(desk.draft, "o1", "We urge nobody")
    desk.store.save(changed, "Edited", base=desk.draft.revision)
    result = desk.run("--yes")

    assert result.exit_code == 0
    assert "Conflict: It was changed in the draft too" in result.output
    assert desk.texts()[0] == "We urge nobody"


def test_what_changed_in_the_draft_since_stays(desk: Desk) -> None:
    changed = edit_text(desk.draft, "o2", "We note nothing")
    desk.store.save(changed, "Edited", base=desk.draft.revision)
    desk.run("--yes")

    assert desk.texts() == ["We urge States to prevent all crime", "We note nothing"]


def test_a_file_that_was_not_edited_says_so(desk: Desk) -> None:
    desk.file.write_bytes(docx_bytes(desk.draft)[0])
    assert "Nothing was changed" in desk.run("--yes").output
    assert desk.store.load(desk.draft.id) == desk.draft


def foreign(desk: Desk) -> None:
    """Take out of the file what says which draft it holds."""
    desk.file.write_bytes(with_part(desk.file.read_bytes(), "docProps/custom.xml", lambda _: None))


def test_another_file_becomes_a_new_draft_when_approved(desk: Desk) -> None:
    foreign(desk)
    listed = desk.run()
    assert "makes it a new draft of 2 clauses" in listed.output
    assert len(desk.store.drafts()) == 1

    made = desk.run("--yes", "--by", "Amina").output.split()[-1]
    draft: Draft = desk.store.load(made)
    assert [clause.text for clause in draft.clauses] == [
        "We urge States to prevent all crime.",
        "We note paragraph 1 above.",
    ]
    assert all(isinstance(clause, Clause) and not clause.citations for clause in draft.clauses)


def test_a_file_that_lost_its_properties_is_compared_with_the_draft_that_is_named(desk: Desk) -> None:
    foreign(desk)
    assert "changed o1" in desk.run("--draft", desk.draft.id).output


def test_a_file_of_a_draft_that_is_not_here_is_refused(desk: Desk) -> None:
    desk.file.write_bytes(docx_bytes(Draft("elsewhere", clauses=desk.draft.clauses))[0])
    assert isinstance(desk.run("--yes").exception, UnknownValueError)
    assert isinstance(desk.run("--yes", "--draft", desk.draft.id).exception, DraftError)


def test_a_file_of_a_draft_that_is_not_here_can_become_a_new_one(desk: Desk) -> None:
    desk.file.write_bytes(docx_bytes(Draft("elsewhere", clauses=desk.draft.clauses))[0])
    made = desk.run("--new", "--yes").output.split()[-1]
    assert desk.store.load(made).clauses[0].text == "We urge States to prevent crime."


def test_a_bad_file_is_refused(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"%PDF-1.7")
    assert isinstance(desk.run(file=bad).exception, SourceError)
