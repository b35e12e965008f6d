"""What the check says, and what it mends."""

from __future__ import annotations

import pytest

from corpus.errors import DraftError
from drafting.model import ClauseKind, ClauseState, Draft
from drafting.negotiation import add_alternative
from drafting.operations import add_clause, edit_text
from ui.checks import checks_payload, findings, fix_named

HOSTILE = "<script>alert(1)</script> [l](x)  $x$"


def sample() -> Draft:
    draft = add_clause(Draft("d"), "We urge States", ClauseKind.OPERATIVE, clause_id="c1")
    draft = add_clause(draft, f"We recall {{¶c1}} [{HOSTILE}", ClauseKind.OPERATIVE, clause_id="c2")
    return add_alternative(draft, "c1", "We  invite States", alternative_id="a1")


def by_sentence(draft: Draft, words: str) -> dict[str, object]:
    groups = checks_payload(draft)["groups"]
    (found,) = [one for group in groups for one in group["findings"] if words in one["sentence"]]
    return dict(found)


def test_findings_are_counted_and_grouped_from_the_gravest() -> None:
    payload = checks_payload(sample())
    assert [group["severity"] for group in payload["groups"]] == ["error", "warning", "note"]
    assert payload["label"].startswith("1 error; 2 warnings; ")
    assert payload["graver"]
    assert [group["title"].split(" (")[0] for group in payload["groups"]] == ["Errors", "Warnings", "Notes"]


def test_a_finding_names_its_clause_and_its_place_in_the_text_as_it_is_shown() -> None:
    draft = sample()
    found = by_sentence(draft, "never closed")
    assert found["name"] == "Operative clause 2"
    assert (found["start"], found["end"]) == (len("We recall paragraph 1 above "), len("We recall paragraph 1 above ["))
    assert found["fix"] == ""
    (of_alternative,) = [
        one for group in checks_payload(draft)["groups"] for one in group["findings"] if one["alternative"]
    ]
    assert of_alternative["name"] == "Operative clause 1, alternative"
    (field, *_) = [one for group in checks_payload(draft)["groups"] for one in group["findings"] if one["field"]]
    assert field["name"] == "Place"
    assert field["id"] == ""


def test_a_fix_is_found_again_by_its_key_and_says_what_it_did() -> None:
    draft = sample()
    (key,) = [one.key for one in findings(draft) if one.fix and one.alternative_id]
    mended, done = fix_named(draft, key)
    assert mended.clauses[0].alternatives[0].text == "We invite States"
    assert done == "Tidy the spaces in operative clause 1"


@pytest.mark.parametrize("key", ["", "spaces:gone:0:1", "unbalanced-bracket:c2:10:11"])
def test_what_is_no_longer_found_or_has_no_fix_is_refused(key: str) -> None:
    with pytest.raises(DraftError, match="no longer so"):
        fix_named(sample(), key)


def test_a_draft_in_order_has_only_notes_about_its_masthead() -> None:
    draft = add_clause(Draft("d"), "Recalling <b>", ClauseKind.PREAMBULAR)
    assert {group["severity"] for group in checks_payload(draft)["groups"]} == {"warning", "note"}
    assert checks_payload(edit_text(draft, draft.clauses[0].id, "Recalling it"))["label"].startswith("1 warning; ")
    assert draft.clauses[0].state is ClauseState.OPEN
