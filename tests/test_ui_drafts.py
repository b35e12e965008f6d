"""What the list of drafts, the links and the line of who is here say; and the masthead's fields, on the script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.errors import DraftError
from corpus.settings import REPOSITORY
from drafting.masthead import FIELDS, field_text, set_field
from drafting.model import ClauseKind, Draft
from drafting.operations import add_clause
from drafting.presence import Editor
from drafting.states import DraftState, DraftSummary
from drafting.store import DraftStore
from ui.clock import day_of, when
from ui.drafts import perform
from ui.drafts_payload import ACTIVE, ARCHIVED, DELETED, SHELVES, list_payload
from ui.masthead import FieldConflict, conflict_html
from ui.people import is_on_this_machine, newer_line, presence_lines
from ui.read import head_html
from ui.sharing import links

HOSTILE = "<script>hack()</script> $x$ [l](javascript:hack()) \"'"
NOW = datetime(2031, 3, 10, 12, 0, tzinfo=UTC)
SUMMARY = DraftSummary("d1", HOSTILE, 3, "2031-03-10T09:05:00+00:00", HOSTILE, 4, HOSTILE, HOSTILE)


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        ("2031-03-10T09:05:00+00:00", "UTC", "Today 09:05"),
        ("2031-03-10T09:05:00+00:00", "Europe/Vienna", "Today 10:05"),
        ("2031-03-09T23:30:00+00:00", "UTC", "Yesterday 23:30"),
        ("2031-03-09T23:30:00+00:00", "Europe/Vienna", "Today 00:30"),
        ("2031-03-03T08:00:00+00:00", "UTC", "3 March 08:00"),
        ("2030-12-31T08:00:00+00:00", "UTC", "31 December 2030 08:00"),
        ("2031-03-10T09:05:00+00:00", "../etc", "Today 09:05"),
        ("2031-03-10T09:05:00+00:00", "No/Where", "Today 09:05"),
    ],
)
def test_a_moment_is_told_on_the_visitor_s_clock(moment: str, zone: str, expected: str) -> None:
    assert when(moment, zone, NOW) == expected
    assert expected.startswith(day_of(moment, zone, NOW))


@pytest.mark.parametrize("shelf", SHELVES)
def test_a_row_of_the_list_tells_title_congress_clauses_and_last_change_as_text(shelf: str) -> None:
    (row,) = list_payload([SUMMARY], shelf, "Europe/Vienna", NOW)["rows"]
    assert (row["title"], row["congress"], row["change"], row["by"]) == (HOSTILE,) * 4
    assert (row["clauses"], row["when"]) == (3, "Today 10:05")
    assert row["href"] == ("" if shelf == DELETED else "./?draft=d1")
    assert ("purge" in row["actions"]) == (shelf == DELETED)
    assert ("delete" in row["actions"]) == (shelf != DELETED)


def test_an_empty_shelf_says_what_it_is_for() -> None:
    sentences = {list_payload([], shelf, "UTC", NOW)["empty"] for shelf in SHELVES}
    assert len(sentences) == 3
    assert list_payload([SUMMARY], ACTIVE, "UTC", NOW)["empty"] == ""


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path / "drafts.sqlite")


def titles(store: DraftStore, shelf: str) -> list[str]:
    return [draft.title for draft in store.drafts(archived=shelf == ARCHIVED, deleted=shelf == DELETED)]


@pytest.mark.parametrize(
    ("act", "shelf", "said"),
    [("archive", ARCHIVED, "Archived “Doha”."), ("delete", DELETED, "Deleted “Doha”.")],
)
def test_a_draft_that_is_put_away_is_back_once_that_is_undone(
    store: DraftStore, act: str, shelf: str, said: str
) -> None:
    draft = store.create("Doha")
    sentence, undo, _ = perform(store, act, draft.id, "")
    assert sentence == said
    assert (titles(store, ACTIVE), titles(store, shelf)) == ([], ["Doha"])
    assert undo is not None
    perform(store, undo[0], undo[1], "")
    assert (titles(store, ACTIVE), titles(store, shelf)) == (["Doha"], [])


def test_a_draft_is_renamed_and_copied_under_the_visitor_s_name(store: DraftStore) -> None:
    draft = store.create("Doha")
    sentence, undo, _ = perform(store, "rename", draft.id, " Abu Dhabi ", author="Maria")
    assert sentence == "Renamed “Doha” to “Abu Dhabi”."
    assert undo == ["rename", draft.id, {"title": "Doha"}]
    sentence, _, made = perform(store, "duplicate", draft.id, "", author="José")
    assert sentence == "Made “Copy of Abu Dhabi”."
    assert made == {each.id for each in store.drafts()} - {draft.id}
    assert {(s.title, s.author) for s in store.drafts()} == {("Abu Dhabi", "Maria"), ("Copy of Abu Dhabi", "José")}


def test_only_a_deleted_draft_is_removed_for_good(store: DraftStore) -> None:
    draft = store.create("Doha")
    with pytest.raises(DraftError):
        perform(store, "purge", draft.id, "")
    perform(store, "delete", draft.id, "")
    assert perform(store, "purge", draft.id, "") == ("Removed “Doha” with all its versions.", None, set())
    assert titles(store, DELETED) == []


def test_the_link_for_reading_does_not_hold_the_id_for_editing(store: DraftStore) -> None:
    draft = store.create()
    both = links(draft.id, store.state(draft.id).read_id)
    assert draft.id in both["edit"]
    assert draft.id not in both["read"]
    assert links('"><&=#', "r")["edit"] == "./?draft=%22%3E%3C%26%3D%23"


def test_the_head_of_the_page_for_reading_is_escaped() -> None:
    state = DraftState(Draft("r", HOSTILE, revision=2), False, False, "2031-03-10T09:05:00+00:00", author=HOSTILE)
    assert "<script" not in head_html(state, "UTC")
    assert "For reading only · version 2" in head_html(state, "UTC")


DRAFT = add_clause(Draft("d", revision=3), "Urge", ClauseKind.OPERATIVE, clause_id="c1")


@pytest.mark.parametrize(
    ("others", "draft", "expected"),
    [
        ([Editor("s", "Maria", "c1", 1.0)], DRAFT, ["Maria is also editing (operative clause 1)"]),
        ([Editor("s", "Maria", "gone", 1.0)], DRAFT, ["Maria is also editing"]),
        ([Editor("s", "Maria", "c1", 1.0)], None, ["Maria is also editing"]),
        ([Editor("s", "", None, 1.0), Editor("t", "", None, 1.0)], DRAFT, ["Somebody else is also editing"]),
        ([Editor("s", "José", None, 1.0)], DRAFT, ["José in another window is also editing"]),
        ([Editor("s", HOSTILE, None, 1.0)], DRAFT, [f"{HOSTILE} is also editing"]),
        ([], DRAFT, []),
    ],
)
def test_others_are_named_with_the_clause_they_are_in(
    others: list[Editor], draft: Draft | None, expected: list[str]
) -> None:
    assert presence_lines(others, "José", draft) == expected


def test_what_was_saved_since_is_told_and_only_that() -> None:
    state = DraftState(DRAFT, True, False, "2031-03-10T09:05:00+00:00", author="Maria", change="Added")
    assert newer_line(state, 2) == "Maria changed the draft: Added"
    assert newer_line(replace(state, author=""), 2) == "Somebody else changed the draft: Added"
    assert newer_line(state, 3) == ""
    assert newer_line(state, 0) == ""


@pytest.mark.parametrize(
    ("address", "headers", "expected"),
    [
        (None, ["Host", "Cookie"], True),
        ("192.0.2.7", ["Host"], False),
        (None, ["Host", "X-Forwarded-For"], False),
        (None, ["forwarded"], False),
        (None, ["X-REAL-IP"], False),
    ],
)
def test_only_who_sits_at_the_machine_sees_every_draft(address: str | None, headers: list[str], expected: bool) -> None:
    assert is_on_this_machine(address, headers) is expected


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk_index: Path) -> Callable[[str], AppTest]:
    monkeypatch.setenv("RAPPORTEUR_DRAFTS", str(tmp_path / "drafts.sqlite"))
    monkeypatch.setenv("RAPPORTEUR_INDEX", str(desk_index))
    monkeypatch.setenv("RAPPORTEUR_MODEL", str(tmp_path / "none"))

    def opened(draft_id: str) -> AppTest:
        app = AppTest.from_file(str(REPOSITORY / "ui" / "desk.py"), default_timeout=60)
        app.query_params["draft"] = draft_id
        return app.run()

    return opened


def test_every_field_of_the_masthead_is_saved_as_a_change_of_its_own(
    store: DraftStore, desk: Callable[[str], AppTest]
) -> None:
    draft = store.create()
    app = desk(draft.id)
    for field in FIELDS:
        key = "title" if field.name == "title" else f"masthead_{field.name}"
        widget = app.text_area(key=key) if field.several_lines else app.text_input(key=key)
        widget.set_value(f" {field.example} ").run()
        assert not app.exception
    assert [field_text(store.load(draft.id), field.name) for field in FIELDS] == [field.example for field in FIELDS]
    changes = [revision.summary for revision in store.revisions(draft.id)]
    assert changes[1:4] == ["Changed the congress", "Changed the place", "Changed the dates"]
    assert app.text_input(key="masthead_place").value == "Abu Dhabi"
    app.button(key="undo").click().run()
    assert app.text_input(key="masthead_enacting_line").value == "Declare as follows:"


@pytest.mark.parametrize(("button", "expected"), [("field_mine", "Doha"), ("field_theirs", "Kyoto")])
def test_a_field_that_was_changed_elsewhere_keeps_both_texts_and_asks(
    store: DraftStore, desk: Callable[[str], AppTest], button: str, expected: str
) -> None:
    draft = store.create()
    app = desk(draft.id)
    store.save(set_field(draft, "place", "Kyoto"), "Elsewhere", base=1)
    app.text_input(key="masthead_place").set_value("Doha").run()
    assert not app.exception
    assert store.load(draft.id).masthead.place == "Kyoto"
    app.button(key=button).click().run()
    assert store.load(draft.id).masthead.place == expected
    assert app.text_input(key="masthead_place").value == expected
    assert not [each for each in app.button if each.key == button]


def test_a_deleted_draft_says_that_it_is_deleted_and_takes_no_change(
    store: DraftStore, desk: Callable[[str], AppTest]
) -> None:
    draft = store.create("Doha")
    store.delete(draft.id)
    app = desk(draft.id)
    assert not app.exception
    assert any("This draft was deleted" in html.proto.body for html in app.get("html"))
    app.text_input(key="title").set_value("Kyoto").run()
    assert app.text_input(key="title").value == "Doha"
    assert any("Your text: “Kyoto”" in html.proto.body for html in app.get("html"))


def test_a_conflict_about_a_field_shows_both_texts_escaped() -> None:
    html = conflict_html(FieldConflict("d", "place", HOSTILE, ""))
    assert "<script" not in html
    assert "“Place” was changed elsewhere" in html
    assert "<i>Empty</i>" in html
