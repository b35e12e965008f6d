"""What the rules find, where, and what their fixes do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DraftError
from corpus.model import Standing
from drafting.layout import lay_out
from drafting.lint import RULES, Finding, Severity, lint
from drafting.model import Alternative, Citation, Clause, ClauseKind, ClauseState, Draft, Masthead, Style
from drafting.operations import edit_text

KINDS = {"p": ClauseKind.PREAMBULAR, "o": ClauseKind.OPERATIVE, "h": ClauseKind.HEADING}
MASTHEAD = Masthead(place="Kyoto, Japan", dates="20–27 April", distribution_date="9 March", agenda_items=("Item 3",))
CITATION = Citation("A/1#1", "A/1", "para. 1", "Africa", 14, "recommended", "the meeting", "Quote")


def draft_of(style: Style = Style.DECLARATION, /, **texts: str) -> Draft:
    """Return a draft with nothing to find but what its texts give."""
    clauses = tuple(Clause(name, KINDS[name[0]], text, (CITATION,)) for name, text in texts.items())
    return Draft("d", masthead=MASTHEAD, clauses=clauses, style=style)


def found(draft: Draft, rule: str) -> list[Finding]:
    return [finding for finding in lint(draft) if finding.rule == rule]


def stretch(draft: Draft, finding: Finding) -> str:
    """Return the words that a finding points at."""
    clause = next(clause for clause in draft.clauses if clause.id == finding.clause_id)
    texts = {"": clause.text} | {other.id: other.text for other in clause.alternatives}
    return texts[finding.alternative_id][finding.span.start : finding.span.end]


def fixed(draft: Draft, finding: Finding) -> Draft:
    assert finding.fix is not None
    return finding.fix.apply(draft)


CLEAN = draft_of(p1="Recalling A", h1="Part one", o1="We urge:\n(a) one\n(b) two", o2="We invite [all] States.")


def test_a_draft_in_order_has_no_findings() -> None:
    assert lint(CLEAN) == ()
    resolution = draft_of(Style.RESOLUTION, p1="Recalling A", o1="Urges B", o2="Also invites C")
    assert lint(resolution) == ()


@pytest.mark.parametrize(
    ("draft", "typed", "text", "severity"),
    [
        (draft_of(p1="Recalling A."), ".", "Recalling A", Severity.NOTE),
        (draft_of(o1="We urge A; and"), "; and", "We urge A", Severity.NOTE),
        (draft_of(o1="We urge A.."), "..", "We urge A", Severity.NOTE),
        (draft_of(Style.RESOLUTION, o1="Urges A.", o2="Urges B"), ".", "Urges A", Severity.NOTE),
        (draft_of(h1="Part one."), ".", "Part one", Severity.NOTE),
        (draft_of(o1="We ask why?"), "?", None, Severity.WARNING),
        (draft_of(o1="We urge:"), ":", None, Severity.WARNING),
    ],
)
def test_a_closing_mark_of_another_place_is_found(
    draft: Draft, typed: str, text: str | None, severity: Severity
) -> None:
    (finding,) = found(draft, "closing-mark")
    assert (stretch(draft, finding), finding.severity) == (typed, severity)
    if text is None:
        assert finding.fix is None
    else:
        changed = fixed(draft, finding)
        assert changed.clauses[0].text == text
        assert found(changed, "closing-mark") == []
        assert lay_out(changed).paragraphs == lay_out(draft).paragraphs or finding.clause_id == "h1"


@pytest.mark.parametrize(
    "draft",
    [
        draft_of(p1="Recalling A,"),
        draft_of(o1="We urge A."),
        draft_of(o1="We urge A, B, etc."),
        draft_of(Style.RESOLUTION, o1="Urges A;", o2="Urges B."),
        draft_of(h1="Why act?"),
    ],
)
def test_the_closing_mark_of_the_place_is_no_finding(draft: Draft) -> None:
    assert found(draft, "closing-mark") == []


@pytest.mark.parametrize(
    ("style", "clause", "words"),
    [
        (Style.DECLARATION, {"p1": "We recall A"}, "We"),
        (Style.DECLARATION, {"o1": "Recalling A"}, "Recalling"),
        (Style.DECLARATION, {"o1": "Urges A"}, "Urges"),
        (Style.RESOLUTION, {"o1": "Member States act"}, "Member"),
        (Style.RESOLUTION, {"o1": "We urge A"}, "We"),
        (Style.DECLARATION, {"o1": "[“Urges] A"}, "Urges]"),
    ],
)
def test_an_opener_of_another_kind_or_style_is_found(style: Style, clause: dict[str, str], words: str) -> None:
    draft = draft_of(style, **clause)
    (finding,) = found(draft, "opener")
    assert stretch(draft, finding) == words
    assert finding.fix is None


@pytest.mark.parametrize(
    ("style", "clause"),
    [
        (Style.DECLARATION, {"p1": "[Recalling] [Noting] A"}),
        (Style.DECLARATION, {"o1": "Member States should act"}),
        (Style.RESOLUTION, {"o1": "Also [strongly] urges A"}),
    ],
)
def test_an_opener_inside_brackets_counts(style: Style, clause: dict[str, str]) -> None:
    findings = found(draft_of(style, **clause), "opener")
    assert len(findings) == ("[strongly]" in str(clause))  # words in between hide the verb


@pytest.mark.parametrize(
    ("rule", "text", "words", "repaired"),
    [
        ("first-letter", "we urge A", "w", "We urge A"),
        ("first-letter", "[we] urge A", "w", "[We] urge A"),
        ("spaces", "We  urge A", "  ", "We urge A"),
        ("spaces", "We urge A , B", " ", "We urge A, B"),
        ("spaces", " We urge:\n(a) one \n\n(b)  two ", " ", "We urge:\n(a) one\n(b) two"),
        ("unprintable", "We\x00 urge\x01 A", "\x00", "We urge A"),
        ("labels", "We urge:\n(a) one\n(c) two", "We urge:\n(a) one\n(c) two", "We urge:\n(a) one\n(b) two"),
    ],
)
def test_what_can_be_repaired_safely_has_a_fix_that_leaves_nothing_to_find(
    rule: str, text: str, words: str, repaired: str
) -> None:
    draft = draft_of(o1=text)
    (finding,) = found(draft, rule)
    assert stretch(draft, finding) == words
    changed = fixed(draft, finding)
    assert changed.clauses[0].text == repaired
    assert found(changed, rule) == []


def test_brackets_without_a_partner_are_found_one_by_one() -> None:
    draft = draft_of(o1="We [urge] all] [States")
    assert [(finding.span.start, finding.sentence) for finding in found(draft, "unbalanced-bracket")] == [
        (13, "This square bracket closes nothing."),
        (15, "This square bracket is never closed."),
    ]


def test_an_agreed_clause_has_no_brackets_and_no_alternatives() -> None:
    draft = draft_of(o1="We [urge] A", o2="We invite B", o3="We note [C]")
    first, second, third = draft.clauses
    disputed = replace(second, state=ClauseState.AGREED, alternatives=(Alternative("a", "We ask"),))
    draft = replace(draft, clauses=(replace(first, state=ClauseState.AGREED), disputed, third))

    findings = found(draft, "disputed-yet-agreed")

    assert [(finding.clause_id, "alternatives" in finding.sentence) for finding in findings] == [
        ("o1", False),
        ("o2", True),
    ]
    assert fixed(draft, findings[0]).clauses[0] == first
    assert found(fixed(fixed(draft, findings[0]), findings[1]), "disputed-yet-agreed") == []


def test_references_that_lead_nowhere_are_found() -> None:
    draft = draft_of(o1="We act on {¶o2}, {¶gone} and {¶o2(b)}", o2="We urge:\n(a) one")
    findings = found(draft, "dangling-reference")
    assert [stretch(draft, finding) for finding in findings] == ["{¶gone}", "{¶o2(b)}"]
    assert ["subparagraph" in finding.sentence for finding in findings] == [False, True]


def test_words_that_look_like_a_reference_are_found_and_made_one() -> None:
    draft = draft_of(o1="We urge A", o2="We act on paragraph 1 above, paragraph 2 above and paragraph 9 below")
    findings = found(draft, "literal-reference")
    assert [stretch(draft, finding) for finding in findings] == [
        "paragraph 1 above",
        "paragraph 2 above",
        "paragraph 9 below",
    ]
    assert [finding.severity for finding in findings] == [Severity.NOTE, Severity.WARNING, Severity.WARNING]
    assert [finding.fix is None for finding in findings] == [False, True, True]
    changed = fixed(draft, findings[0])
    assert changed.clauses[1].text.startswith("We act on {¶o1},")
    assert lay_out(changed).paragraphs[-1].text == lay_out(draft).paragraphs[-1].text


def test_clauses_that_say_the_same_or_nearly_are_found_at_the_later_one() -> None:
    words = "We urge Member States to strengthen international cooperation against all forms of organized crime"
    draft = draft_of(
        o1=words,
        o2=f"{words}; ",
        o3=f"{words}, wherever it occurs",
        o4="We invite the Commission to consider the matter at its next regular session",
    )
    assert [(finding.clause_id, finding.severity, finding.sentence) for finding in found(draft, "duplicate")] == [
        ("o2", Severity.WARNING, "This clause says the same as the operative clause 1."),
        ("o3", Severity.NOTE, "This clause says nearly the same as the operative clause 1."),
    ]


@pytest.mark.parametrize(("clauses", "alike"), [(7, 6), (8, 0)])
def test_a_formula_that_many_clauses_have_does_not_make_them_alike(clauses: int, alike: int) -> None:
    formula = " ".join(f"word{at}" for at in range(30))
    texts = {f"o{at}": f"We urge {topic} {formula}" for at, topic in enumerate("abcdefgh"[:clauses])}
    assert len(found(draft_of(**texts), "duplicate")) == alike


def test_a_clause_without_a_source_is_found_and_a_heading_needs_none() -> None:
    draft = replace(CLEAN, clauses=tuple(replace(clause, citations=()) for clause in CLEAN.clauses))
    assert [finding.clause_id for finding in found(draft, "no-source")] == ["p1", "o1", "o2"]


@pytest.mark.parametrize(
    ("standing", "voice", "words"),
    [
        (Standing.NOT_NEGOTIATED, "the meeting", "(not negotiated)"),
        (Standing.DISCUSSION, "one speaker", "(a summary of discussion, said by one speaker)"),
        (Standing.DISCUSSION, "unattributed", "(a summary of discussion, said by nobody who is named)"),
        (Standing.RECOMMENDED, "some participants", "(said by some participants)"),
        (Standing.PROPOSAL, "Brazil", "(a proposal, said by Brazil)"),
        (Standing.GUIDE, "the discussion guide", "(the discussion guide, which speaks for no region)"),
    ],
)
def test_a_source_to_be_aware_of_is_named(standing: Standing, voice: str, words: str) -> None:
    weak = replace(CITATION, passage_id="A/2#2", standing=standing.value, voice=voice)
    alone = replace(CLEAN, clauses=(replace(CLEAN.clauses[0], citations=(weak,)),))
    beside = replace(CLEAN, clauses=(replace(CLEAN.clauses[0], citations=(weak, CITATION)),))

    (warning,), (note,) = found(alone, "standing"), found(beside, "standing")

    assert (warning.severity, warning.sentence) == (Severity.WARNING, f"It rests on A/1, para. 1 {words}.")
    assert (note.severity, note.sentence) == (Severity.NOTE, f"It also rests on A/1, para. 1 {words}.")


@pytest.mark.parametrize("standing", [Standing.ADOPTED, Standing.RECOMMENDED])
@pytest.mark.parametrize("voice", ["the meeting", "the General Assembly"])
def test_what_a_body_recommended_or_adopted_is_no_finding(standing: Standing, voice: str) -> None:
    strong = replace(CITATION, standing=standing.value, voice=voice)
    assert found(replace(CLEAN, clauses=(replace(CLEAN.clauses[0], citations=(strong,)),)), "standing") == []


def test_empty_fields_of_the_masthead_are_named_first() -> None:
    draft = replace(CLEAN, masthead=replace(MASTHEAD, place=" ", agenda_items=()))
    assert [(finding.field, finding.clause_id) for finding in lint(draft)] == [("place", ""), ("agenda_items", "")]


def test_alternatives_are_read_too_and_fixed_in_their_place() -> None:
    draft = draft_of(o1="We urge A", o2="We note B")
    other = Alternative("a1", "we  call upon [A", citations=(CITATION,))
    draft = replace(draft, clauses=(replace(draft.clauses[0], alternatives=(other,)), draft.clauses[1]))

    findings = lint(draft)

    assert {(finding.rule, finding.clause_id, finding.alternative_id) for finding in findings} == {
        ("first-letter", "o1", "a1"),
        ("spaces", "o1", "a1"),
        ("unbalanced-bracket", "o1", "a1"),
    }
    changed = fixed(draft, next(finding for finding in findings if finding.rule == "spaces"))
    assert changed.clauses[0].alternatives[0].text == "we call upon [A"
    assert changed.clauses[0].text == "We urge A"


def test_a_fix_of_a_text_that_was_changed_since_is_refused() -> None:
    draft = draft_of(o1="We  urge A")
    (finding,) = found(draft, "spaces")
    with pytest.raises(DraftError, match="changed since"):
        fixed(edit_text(draft, "o1", "We  urge B"), finding)


pieces = ["We ", "urges", "Recalling ", "  ", "[", "]", "\n(a) ", "\n(c) ", ".", "; and", "{¶o1}", "\x00", ":"]
texts = st.lists(st.sampled_from([*pieces, "paragraph 1 above"])).map("".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("poh"), texts), max_size=5), st.sampled_from(Style))
def test_findings_have_places_keys_and_fixes_of_their_own(bodies: list[tuple[str, str]], style: Style) -> None:
    draft = draft_of(style, **{f"{kind}{at}": text for at, (kind, text) in enumerate(bodies)})
    findings = lint(draft)
    assert {finding.rule for finding in findings} <= {rule.id for rule in RULES}
    assert len({finding.key for finding in findings}) == len(findings)
    lengths = {clause.id: len(clause.text) for clause in draft.clauses}
    for finding in findings:
        assert 0 <= finding.span.start <= finding.span.end <= lengths.get(finding.clause_id, 0)
        assert finding.sentence.endswith((".", "”."))
        if finding.fix:
            changed = finding.fix.apply(draft)
            assert changed != draft
            assert finding.key not in {left.key for left in lint(changed)}
