"""The commands for versions, for putting drafts away and for backups."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from drafting.cli import main
from drafting.model import ClauseKind
from drafting.operations import add_clause, edit_text, set_title
from drafting.store import DraftStore


class Desk:
    """One database of drafts, and the commands over it, run in this process."""

    def __init__(self, drafts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.drafts = drafts
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        monkeypatch.setenv("RAPPORTEUR_DRAFTS", str(drafts))

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Run a command; return its exit code and what it printed."""
        self._monkeypatch.setattr(sys, "argv", ["drafting", *arguments])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(str(end.code))
        out, err = self._capsys.readouterr()
        return code, out, err

    def out(self, *arguments: str) -> str:
        """Run a command that works, and return what it printed."""
        code, out, err = self.run(*arguments)
        assert (code, err) == (0, "")
        return out.strip()

    def refused(self, *arguments: str) -> str:
        """Run a command that is refused with one line, and return the line."""
        code, out, err = self.run(*arguments)
        assert (code, out, err.count("\n")) == (1, "", 1)
        return err


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path / "drafts.sqlite", monkeypatch, capsys)


def drafted(desk: Desk) -> str:
    """Make a draft of four versions and return its id."""
    store = DraftStore(desk.drafts)
    draft = store.create("One", author="Ana")
    draft = store.save(add_clause(draft, "Urge States", ClauseKind.OPERATIVE, clause_id="c1"), "Added clause", base=1)
    draft = store.save(edit_text(draft, "c1", "Urge all States"), "Edited", base=2, author="Ben")
    return store.save(set_title(draft, "Two"), "Changed the title", base=3).id


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_versions_are_listed_named_compared_and_gone_back_to(desk: Desk) -> None:
    draft_id = drafted(desk)
    assert desk.out("name", draft_id, "2", "First reading") == "Version 2 is called “First reading”."
    listed = lines(desk.out("versions", draft_id, "--json"))
    assert [(line["number"], line["author"], line["name"], line["current"]) for line in listed] == [
        (4, "", "", True),
        (3, "Ben", "", False),
        (2, "", "First reading", False),
        (1, "Ana", "", False),
    ]
    assert [line["number"] for line in lines(desk.out("versions", draft_id, "--named", "--json"))] == [2]
    shown = desk.out("versions", draft_id)
    assert "Edited by Ben" in shown
    assert "“First reading”" in shown
    assert desk.out("compare", draft_id, "2", "4").splitlines() == [
        "title: [-One-]{+Two+}",
        "c1 (reworded): Urge {+all +}States",
    ]
    assert lines(desk.out("compare", draft_id, "2", "3", "--json")) == [
        {
            "clause": "c1",
            "changes": ["reworded"],
            "before": "Urge States",
            "after": "Urge all States",
            "words": [["equal", "Urge "], ["inserted", "all "], ["equal", "States"]],
            "cited": [],
            "uncited": [],
        }
    ]
    assert desk.out("compare", draft_id, "2", "2") == "Nothing is different."
    assert desk.out("revert", draft_id, "2", "--by", "Cem") == "As in version 2; version 5."
    assert "Urge States" in desk.out("show", draft_id)
    assert desk.out("name", draft_id, "2", "") == "The name is taken away."
    assert desk.out("versions", draft_id, "--named") == ""


def test_drafts_are_copied_renamed_put_away_and_taken_back(desk: Desk) -> None:
    draft_id = drafted(desk)
    copy = desk.out("duplicate", draft_id, "--by", "Ana")
    assert desk.out("rename", copy, "Kyoto", "--by", "Ben") == "Renamed; version 2."

    def listed(*options: str) -> list[object]:
        return [line["id"] for line in lines(desk.out("drafts", "--json", *options))]

    assert listed() == [copy, draft_id]
    desk.out("archive", draft_id)
    desk.out("delete", copy)
    assert (listed(), listed("--archived"), listed("--deleted")) == ([], [draft_id], [copy])
    desk.out("unarchive", draft_id)
    desk.out("undelete", copy)
    assert listed() == [copy, draft_id]
    (line, _) = lines(desk.out("drafts", "--json"))
    assert (line["title"], line["author"], line["change"], line["revision"]) == ("Kyoto", "Ben", "Changed the title", 2)
    assert str(line["congress"]).startswith("United Nations Congress")
    assert "version 2: Changed the title by Ben" in desk.out("drafts")
    assert "Only a deleted draft" in desk.refused("purge", copy)
    desk.out("delete", copy)
    desk.out("purge", copy)
    assert listed("--deleted") == []


def test_a_backup_is_written_and_put_back(desk: Desk, tmp_path: Path) -> None:
    draft_id = drafted(desk)
    backup = tmp_path / "backup.sqlite"
    assert desk.out("backup", str(backup)) == f"Written to {backup}: 1 draft with 4 versions."
    assert "exists already" in desk.refused("backup", str(backup))
    desk.out("backup", str(backup), "--force")
    desk.out("rename", draft_id, "Three")
    first, second = desk.out("restore", str(backup)).splitlines()
    assert first == f"Put back from {backup}: 1 draft with 4 versions."
    kept = Path(second.removeprefix("The drafts as they were until now are kept in ").removesuffix("."))
    assert DraftStore(kept).load(draft_id).title == "Three"
    assert DraftStore(desk.drafts).load(draft_id).title == "Two"
    desk.drafts.write_bytes(b"\xff" * 5000)
    assert "The database was damaged; it was moved to" in desk.out("restore", str(backup))
    assert DraftStore(desk.drafts).load(draft_id).title == "Two"


@pytest.mark.parametrize(
    "arguments",
    [
        ["versions", "nothing"],
        ["name", "nothing", "1", "x"],
        ["compare", "nothing", "1", "2"],
        ["revert", "nothing", "1"],
        ["duplicate", "nothing"],
        ["delete", "nothing"],
        ["restore", "nothing"],
        ["backup", "/nothing/backup"],
    ],
)
def test_what_does_not_exist_is_one_line(desk: Desk, arguments: list[str]) -> None:
    DraftStore(desk.drafts).create()
    assert "nothing" in desk.refused(*arguments)


def test_what_cannot_be_a_version_or_a_backup_is_one_line(desk: Desk, tmp_path: Path) -> None:
    draft_id = drafted(desk)
    assert "no revision 9" in desk.refused("compare", draft_id, "1", "9")
    assert "0" in desk.refused("revert", draft_id, "0")
    assert "current one" in desk.refused("revert", draft_id, "4")
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE mine (id)")
    assert "not a Rapporteur database" in desk.refused("restore", str(other))
    assert DraftStore(desk.drafts).load(draft_id).revision == 4
