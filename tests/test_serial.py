"""A draft survives JSON unchanged, whatever characters it has; damage is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import StorageError
from drafting.model import Alternative, Citation, Clause, ClauseKind, ClauseState, Draft, Masthead, Style
from drafting.serial import FORMAT, draft_from_json, draft_to_json, text_from_json, text_to_json

untimed = settings(deadline=None)

# Every code point, and often what breaks naive writers: NUL, quotes, line separators and halves of surrogate pairs.
texts = st.text(st.characters() | st.sampled_from('\0"\\\u2028\ud83d\ude00\udcff\U0001f600'), max_size=8)
citations = st.builds(Citation, texts, texts, texts, texts, st.integers(0, 99), texts, texts, texts)
cited = st.lists(citations, max_size=2).map(tuple)
alternatives = st.builds(Alternative, texts, texts, texts, cited, texts, texts)
clauses = st.builds(
    Clause,
    texts,
    st.sampled_from(ClauseKind),
    texts,
    cited,
    texts,
    texts,
    st.sampled_from(ClauseState),
    texts,
    st.lists(alternatives, max_size=2).map(tuple),
)
mastheads = st.builds(Masthead, texts, texts, texts, texts, st.lists(texts, max_size=3).map(tuple), texts, texts)
drafts = st.builds(
    Draft,
    texts,
    texts,
    mastheads,
    st.lists(clauses, max_size=3).map(tuple),
    st.sampled_from(Style),
    st.integers(0, 10**6),
)

CITATION = Citation("A/1#1", "A/1", "para. 1", "Africa", 14, "recommended", "the meeting", "Quote")
DRAFT = Draft("d", clauses=(Clause("c1", ClauseKind.OPERATIVE, "Urges", (CITATION,), "Urge"),), revision=3)
NEGOTIATED = replace(
    DRAFT,
    clauses=(
        replace(
            DRAFT.clauses[0],
            taken_text="Urges",
            state=ClauseState.AGREED,
            proposer="Japan",
            alternatives=(Alternative("a1", "Calls upon", "GRULAC", (CITATION,), "Call", "Calls"),),
        ),
    ),
)
STORED_CITATION = (
    '{"passage_id":"A/1#1","symbol":"A/1","locator":"para. 1","region":"Africa","congress":14,'
    '"standing":"recommended","voice":"the meeting","quote":"Quote"}'
)
STORED_HEAD = (
    '"id":"d","revision":3,"title":"Draft declaration","style":"declaration",'
    '"masthead":{"congress":"United Nations Congress on Crime Prevention and Criminal Justice","place":"",'
    '"dates":"","distribution_date":"","agenda_items":[],"chapeau":"We, the States Members of the United Nations,",'
    '"enacting_line":"Declare as follows:"},'
)
STORED_CLAUSE = f'"id":"c1","kind":"operative","text":"Urges","source_text":"Urge","citations":[{STORED_CITATION}]'
FORMAT_1 = f'{{"format":1,{STORED_HEAD}"clauses":[{{{STORED_CLAUSE}}}]}}'
FORMAT_2 = (
    f'{{"format":2,{STORED_HEAD}"clauses":[{{{STORED_CLAUSE},"taken_text":"Urges","state":"agreed","proposer":"Japan",'
    '"alternatives":[{"id":"a1","text":"Calls upon","proposer":"GRULAC","source_text":"Call","taken_text":"Calls",'
    f'"citations":[{STORED_CITATION}]}}]}}]}}'
)


@untimed
@given(drafts)
def test_a_draft_survives_json_unchanged_in_ascii(draft: Draft) -> None:
    text = draft_to_json(draft)
    assert text.isascii()
    assert "\n" not in text
    assert draft_from_json(text) == draft


@untimed
@given(texts)
def test_a_text_survives_json_unchanged_in_ascii(text: str) -> None:
    stored = text_to_json(text)
    assert stored.isascii()
    assert "\0" not in stored
    assert text_from_json(stored) == text


def test_two_halves_of_a_pair_are_not_read_as_one_character() -> None:
    assert len(text_from_json(text_to_json("\ud83d\ude00"))) == 2
    assert len(text_from_json(text_to_json("\U0001f600"))) == 1


def test_the_stored_form_is_stable() -> None:
    # Drafts stored by this format exist on disks; a change here needs a new format number.
    assert draft_to_json(NEGOTIATED) == FORMAT_2
    assert draft_from_json(FORMAT_2) == NEGOTIATED


def test_a_draft_of_the_first_format_is_read_and_written_in_the_present_one() -> None:
    read = draft_from_json(FORMAT_1)

    assert read == DRAFT
    assert read.clauses[0].state is ClauseState.OPEN
    assert draft_from_json(draft_to_json(read)) == DRAFT
    assert json.loads(draft_to_json(read))["format"] == FORMAT


@pytest.mark.parametrize(("text", "wrong"), [(FORMAT_1, 2), (FORMAT_2, 1)])
def test_a_format_has_its_own_members_and_no_others(text: str, wrong: int) -> None:
    members = json.loads(text) | {"format": wrong}
    with pytest.raises(StorageError, match=r"damaged at clauses\[0\]"):
        draft_from_json(json.dumps(members))


@pytest.mark.parametrize("written_in", [0, FORMAT + 1, None, True, 1.0, str(FORMAT), [FORMAT]])
def test_another_format_is_refused_by_name(written_in: object) -> None:
    members = json.loads(draft_to_json(DRAFT)) | {"format": written_in}
    with pytest.raises(StorageError, match=r"is stored in format .* reads formats 1 to 2"):
        draft_from_json(json.dumps(members))


@pytest.mark.parametrize("text", ["", "{", "\0", '{"format":1', "[" * 100_000, "\ufeff{}", "1" * 5000])
def test_text_that_is_not_json_is_refused(text: str) -> None:
    with pytest.raises(StorageError, match="not whole JSON"):
        draft_from_json(text)


@pytest.mark.parametrize("text", ["null", "[]", '"draft"', "1"])
def test_json_that_is_no_draft_is_refused(text: str) -> None:
    with pytest.raises(StorageError, match="damaged at the draft"):
        draft_from_json(text)


def _set(members: dict[str, Any], path: tuple[str | int, ...], value: object) -> None:
    place: Any = members
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("id",), 1, "id"),
        (("revision",), True, "revision"),
        (("revision",), 1.5, "revision"),
        (("style",), "poem", "style"),
        (("style",), ["declaration"], "style"),
        (("masthead",), [], "masthead"),
        (("masthead", "unknown"), "", "masthead"),
        (("masthead", "agenda_items"), "Item 3", "masthead.agenda_items"),
        (("masthead", "agenda_items"), [3], "masthead.agenda_items[0]"),
        (("clauses",), {}, "clauses"),
        (("clauses", 0), None, "clauses[0]"),
        (("clauses", 0, "kind"), "operativ", "clauses[0].kind"),
        (("clauses", 0, "text"), None, "clauses[0].text"),
        (("clauses", 0, "text"), ["Ur", "ges"], "clauses[0].text"),
        (("clauses", 0, "text"), [], "clauses[0].text"),
        (("clauses", 0, "text"), ["\ud83d", 1, "\ude00"], "clauses[0].text"),
        (("clauses", 0, "citations", 0, "congress"), "14", "clauses[0].citations[0].congress"),
        (("clauses", 0, "citations", 0, "quote"), {}, "clauses[0].citations[0].quote"),
        (("extra",), 1, "the draft"),
        (("clauses", 0, "state"), "settled", "clauses[0].state"),
        (("clauses", 0, "proposer"), None, "clauses[0].proposer"),
        (("clauses", 0, "alternatives"), {}, "clauses[0].alternatives"),
        (("clauses", 0, "alternatives", 0), [], "clauses[0].alternatives[0]"),
        (("clauses", 0, "alternatives", 0, "text"), 1, "clauses[0].alternatives[0].text"),
        (("clauses", 0, "alternatives", 0, "citations", 0), 1, "clauses[0].alternatives[0].citations[0]"),
    ],
)
def test_damage_is_refused_and_its_place_named(path: tuple[str | int, ...], value: object, where: str) -> None:
    members = json.loads(draft_to_json(NEGOTIATED))
    _set(members, path, value)
    with pytest.raises(StorageError) as refusal:
        draft_from_json(json.dumps(members))
    assert refusal.value.problem == f"The stored draft is damaged at {where}."


@untimed
@given(st.data())
def test_a_missing_member_is_never_filled_in(data: st.DataObject) -> None:
    members = json.loads(draft_to_json(NEGOTIATED))
    clause = members["clauses"][0]
    alternative = clause["alternatives"][0]
    owner = data.draw(st.sampled_from([members, members["masthead"], clause, clause["citations"][0], alternative]))
    del owner[data.draw(st.sampled_from(sorted(owner)))]
    with pytest.raises(StorageError):
        draft_from_json(json.dumps(members))


@untimed
@given(st.data())
def test_a_stored_draft_that_was_cut_short_is_refused(data: st.DataObject) -> None:
    text = draft_to_json(NEGOTIATED)
    with pytest.raises(StorageError):
        draft_from_json(text[: data.draw(st.integers(0, len(text) - 1))])
