"""Operations of the outline, as changes of a draft."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.errors import DraftError
from drafting.editing import shown_text
from drafting.model import ClauseKind, ClauseState, Draft
from drafting.negotiation import add_alternative
from drafting.operations import add_clause
from ui.outline_changes import change_of

HOSTILE = "<b>{}</b> $x$ [l](javascript:1)"


def sample() -> Draft:
    draft = Draft("d")
    for clause_id, text in (
        ("c1", "We urge States to act"),
        ("c2", "We invite donors:\n(a) To pay;\n(b) To pay more"),
        ("c3", "We recall {¶c1}"),
    ):
        draft = add_clause(draft, text, ClauseKind.OPERATIVE, clause_id=clause_id)
    return add_alternative(draft, "c3", "See {¶c1}", alternative_id="a1")


def done(asked: dict[str, Any]) -> tuple[Draft, str]:
    draft = sample()
    if asked.get("text") is None and asked.get("id"):
        asked = {**asked, "text": shown_text(draft, asked["id"])}
    change = change_of(asked, draft)
    return change.apply(draft), change.said_of(draft, asked.get("id", ""))


def shown(draft: Draft) -> list[str]:
    return [shown_text(draft, clause.id) for clause in draft.clauses]


ONE, TWO, THREE = shown(sample())
CASES: list[tuple[dict[str, Any], list[str], str]] = [
    ({"type": "move", "id": "c1", "by": 1}, [TWO, ONE, "We recall paragraph 2 above"], "Moved operative clause 1"),
    ({"type": "delete", "id": "c1"}, [TWO, "We recall [paragraph deleted]"], "Deleted operative clause 1"),
    (
        {"type": "split", "id": "c3", "at": 10, "newId": "n1"},
        [ONE, TWO, "We recall", "paragraph 1 above"],
        "Split operative clause 3",
    ),
    (
        {"type": "merge", "id": "c1"},
        ["We urge States to act We invite donors:\n(a) To pay;\n(b) To pay more", "We recall paragraph 1 above"],
        "Merged operative clause 1 with the next",
    ),
    (
        {"type": "indent", "id": "c3", "at": -1},
        [ONE, f"{TWO}\n(c) We recall paragraph 1 above"],
        "Indented in operative clause 3",
    ),
    (
        {"type": "indent", "id": "c2", "at": TWO.index("more")},
        [ONE, "We invite donors:\n(a) To pay;\n(i) To pay more", THREE],
        "Indented in operative clause 2",
    ),
    (
        {"type": "outdent", "id": "c2", "at": TWO.index("(b)"), "newId": "n1"},
        [ONE, "We invite donors:\n(a) To pay;", "To pay more", THREE],
        "Outdented in operative clause 2",
    ),
    (
        {"type": "refer", "id": "c1", "at": len(ONE), "target": "c2(b)"},
        [f"{ONE} paragraph 2 (b) below", TWO, THREE],
        "Put a reference into operative clause 1",
    ),
    (
        {"type": "opener", "id": "c1", "opener": "We invite"},
        ["We invite States to act", TWO, THREE],
        "Changed the opener of operative clause 1",
    ),
    (
        {"type": "bracket", "id": "c1", "start": 8, "end": 14},
        ["We urge [States] to act", TWO, THREE],
        "Put words of operative clause 1 in brackets",
    ),
    ({"type": "kind", "id": "c1", "kind": "preambular"}, shown(sample()), "Changed the kind of operative clause 1"),
    ({"type": "order", "ids": ["c2", "c1", "c3"]}, [TWO, ONE, "We recall paragraph 2 above"], "Put the clauses in "),
]


@pytest.mark.parametrize(("asked", "texts", "summary"), CASES, ids=[case[0]["type"] for case in CASES])
def test_an_operation_changes_the_draft_once_and_says_what_it_did(
    asked: dict[str, Any], texts: list[str], summary: str
) -> None:
    changed, said = done(asked)
    if asked["type"] == "kind":
        assert changed.clauses[0].kind is ClauseKind.PREAMBULAR
    else:
        assert shown(changed) == texts
    assert said.startswith(summary)


def test_states_proposers_and_alternatives_are_set() -> None:
    agreed, said = done({"type": "state", "id": "c1", "state": "agreed"})
    assert agreed.clauses[0].state is ClauseState.AGREED
    assert said == "Agreed on operative clause 1"
    assert done({"type": "state", "id": "c1", "state": "open"})[1] == "Opened operative clause 1 again"
    assert done({"type": "proposer", "id": "c1", "proposer": f" {HOSTILE} "})[0].clauses[0].proposer == HOSTILE
    added, _ = done({"type": "alternative", "id": "c1", "text": f"{HOSTILE} [[3]]", "proposer": "", "newId": "n1"})
    assert added.clauses[0].alternatives[0].text == f"{HOSTILE} {{¶c3}}"
    before = {"id": "c3", "alternative": "a1"}
    edit = {**before, "type": "alternativeEdit", "before": "See paragraph 1 above", "proposer": "Japan"}
    edited, _ = done({**edit, "text": "Do see paragraph 1 above"})
    assert edited.clauses[2].alternatives[0].text == "Do see {¶c1}"
    assert edited.clauses[2].alternatives[0].proposer == "Japan"
    taken, _ = done({**before, "type": "alternativeTake"})
    assert shown(taken)[2] == "See paragraph 1 above"
    assert done({**before, "type": "alternativeRemove"})[0].clauses[2].alternatives == ()


def test_an_alternative_that_somebody_else_edited_is_not_written_over_and_the_text_is_given_back() -> None:
    asked = {"type": "alternativeEdit", "id": "c3", "alternative": "a1", "before": "Old", "text": HOSTILE}
    with pytest.raises(DraftError, match="changed elsewhere") as refused:
        done({**asked, "proposer": ""})
    assert HOSTILE in str(refused.value)


@pytest.mark.parametrize(
    "asked",
    [
        {"type": HOSTILE, "id": "c1"},
        {"type": "fix", "key": HOSTILE},
        {"type": "split", "id": "c1", "at": 3, "text": "Something else", "newId": "n1"},
        {"type": "split", "id": "c1", "at": 3, "newId": "<b>"},
        {"type": "refer", "id": "c1", "at": 0, "target": "gone(a)"},
        {"type": "move", "id": "gone", "by": 1, "text": ""},
        {"type": "opener", "id": "c1", "opener": HOSTILE},
    ],
)
def test_what_cannot_be_done_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(DraftError):
        done(asked)
