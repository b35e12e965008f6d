"""What is said of a Word file that came back, and what is done with it, without a browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from test_ui_payloads import hit
from word_editing import replaced, with_part
from word_edits import cited

from corpus.model import Corpus
from drafting.model import Alternative, Clause, ClauseKind, Draft, citation_of
from drafting.numbering import Numbering
from drafting.operations import delete_clause, edit_text
from drafting.states import DraftSummary, Revision
from drafting.store import DraftStore
from drafting.word import docx_bytes
from drafting.word.incoming import Edit, EditKind, Proposal, WordFile
from drafting.word.incoming.edits import Part
from index.bands import Band
from index.search import SearchResult
from ui.incoming import changeable
from ui.incoming_about import choices, counted_clauses, file_html, made_from_sentence, since_html
from ui.incoming_payload import counted_edits, edits_payload, named
from ui.incoming_sources import clauses_payload
from ui.incoming_visit import Visit

P, O, H = ClauseKind.PREAMBULAR, ClauseKind.OPERATIVE, ClauseKind.HEADING  # noqa: E741
K = EditKind
HOSTILE = "<script>hack()</script> $x$"
BASE = Draft(
    "d",
    "Doha",
    clauses=(
        Clause("p1", P, "Recalling it"),
        Clause("o1", O, "We urge States", alternatives=(Alternative("x1", "We ask"),)),
        Clause("o2", O, "We note {¶o1}"),
        Clause("o3", O, "We stress the law"),
    ),
    revision=2,
)
ORDER = ("p1", "o1", "w1", "o3", "w2")


def proposal(*edits: Edit) -> Proposal:
    return Proposal(BASE, 2, edits, Numbering(BASE), ORDER)


def edit(kind: EditKind, clause_id: str, before: str = "", after: str = "", **more: Any) -> Edit:  # noqa: ANN401 - fields
    places = {"p1": "preambular clause 1", "o1": "operative clause 1", "o2": "operative clause 2"}
    return Edit(f"{kind} {clause_id}", kind, clause_id, before, after, places.get(clause_id, ""), **more)


EQUAL, GONE, COME = "equal", "deleted", "inserted"
ROWS: list[tuple[Edit, dict[str, Any]]] = [
    (
        edit(K.CHANGED, "o2", "We note {¶o1}", "We recall {¶o1}", authors=("Amina", "José"), tracked=True),
        {
            "kind": "Reworded",
            "place": "Operative clause 2",
            "by": "Tracked by Amina and José",
            "runs": [(EQUAL, "We "), (GONE, "note"), (COME, "recall"), (EQUAL, " paragraph 1 above")],
        },
    ),
    (
        edit(K.BRACKETS, "o1", "We urge", "We [urge]", authors=("Amina",)),
        {"kind": "Brackets changed", "by": "Tracked in part by Amina"},
    ),
    (
        edit(K.DELETED, "o1", HOSTILE),
        {"kind": "Deleted", "runs": [(GONE, HOSTILE)], "by": "No author named", "needs": "", "refused": ""},
    ),
    (
        edit(K.NEW, "w1", after=HOSTILE, clause_kind=O, citations=cited(7)),
        {
            "place": "Operative clause after operative clause 1",
            "runs": [(COME, HOSTILE)],
            "about": ["Cites A/CONF.234/RPM.2/1, para. 7"],
        },
    ),
    (edit(K.NEW, "w2", after="Part", clause_kind=H), {"place": "Heading after operative clause 3"}),
    (
        edit(K.NEW, "o1", after="We ask", alternative_id="a1", proposer=HOSTILE),
        {"kind": "New", "place": "Alternative to operative clause 1", "about": [f"Proposed by {HOSTILE}"]},
    ),
    (edit(K.NEW, "w1", after="We ask", alternative_id="a1"), {"place": "Alternative to the new clause"}),
    (
        edit(K.SPLIT, "o1", "We urge States to act", "We urge States", parts=(Part("w1", "As {¶o2} says"),)),
        {"kind": "Split", "parts": [("Becomes a clause of its own", "As paragraph 2 below says")]},
    ),
    (
        edit(K.MERGED, "o1", "We urge", "We urge and note", parts=(Part("o2", "We note"),)),
        {"kind": "Merged", "parts": [("Takes up operative clause 2", "We note")]},
    ),
    (
        edit(K.MOVED, "o2", after="after operative clause 3"),
        {"runs": [], "about": ["After operative clause 3", "“We note paragraph 1 above”"]},
    ),
    (
        edit(K.KIND, "p1", "preambular", "operative", clause_kind=O),
        {"runs": [(GONE, "preambular"), (COME, "operative")], "about": ["“Recalling it”"]},
    ),
    (
        Edit("field changed title", K.FIELD, "", "Doha", "Kyoto", "title", field="title"),
        {"kind": "Changed", "place": "Title", "runs": [(GONE, "Doha"), (COME, "Kyoto")]},
    ),
    (edit(K.NOTE_REMOVED, "o1", "A/1, para. 2."), {"kind": "Source taken out", "about": ["“We urge States”"]}),
    (
        edit(K.NOTE_ADDED, "o1", after="See there", applies=False),
        {"kind": "Source added", "refused": "No passage is known for this note, so it cannot be taken over."},
    ),
    (edit(K.PROPOSER, "o1", "Japan", "Chi"), {"kind": "Proposer changed", "runs": [(GONE, "Japan"), (COME, "Chi")]}),
    (
        edit(K.CHANGED, "o1", "We urge", "We ask", conflict="It was changed.", now="We beg"),
        {
            "conflict": {
                "text": "It was changed in the draft as well. "
                "If you tick it, the file’s words replace what the draft says now.",
                "draft": [(EQUAL, "We "), (GONE, "urge"), (COME, "beg")],
            },
            "refused": "",
        },
    ),
    (
        edit(K.DELETED, "o1", "We urge", conflict="It was changed.", now=""),
        {
            "conflict": {
                "text": "It was changed in the draft as well. "
                "If you tick it, it is deleted with what the draft says now.",
                "draft": [(GONE, "We urge"), (COME, "Nothing")],
            },
        },
    ),
    (
        edit(K.CHANGED, "o1", "We urge", "We ask", conflict="It was deleted in the draft.", applies=False),
        {"conflict": None, "refused": "It was deleted in the draft."},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("made", "expected"), ROWS, ids=lambda value: value.key if isinstance(value, Edit) else "")
def test_a_row_says_what_was_done_where_by_whom_and_word_by_word(made: Edit, expected: dict[str, Any]) -> None:
    (row,) = edits_payload(proposal(made))["rows"]
    assert {name: row[name] for name in expected} == expected
    assert row["key"] == made.key


def test_every_kind_of_edit_has_words_and_rows_stand_in_the_order_of_the_clauses() -> None:
    listed = proposal(
        *(edit(kind, "o1", "a", "b") for kind in EditKind if kind is not K.COMMENT),
        edit(K.NEW, "w1", after="c", clause_kind=O),
        edit(K.DELETED, "o2", "d"),
        edit(K.CHANGED, "p1", "e", "f"),
        Edit("field changed title", K.FIELD, "", "Doha", "Kyoto", "title", field="title"),
        edit(K.COMMENT, "o1", after=HOSTILE, words="urge", authors=("José",), applies=False),
        edit(K.COMMENT, "", after="Why?", applies=False),
    )
    made = edits_payload(listed)
    assert len({row["kind"] for row in made["rows"]}) == len(EditKind) - 1
    assert [row["key"] for row in made["rows"] if not row["key"].endswith("o1")] == [
        "field changed title",
        "changed p1",
        "new w1",
        "deleted o2",
    ]
    assert made["comments"] == [
        {"by": "José", "place": "Operative clause 1", "words": "urge", "text": HOSTILE},
        {"by": "No author named", "place": "Outside the clauses", "words": "", "text": "Why?"},
    ]


def test_an_alternative_to_a_new_clause_names_the_edit_that_it_needs() -> None:
    clause = edit(K.NEW, "w1", after="We welcome", clause_kind=O)
    other = replace(edit(K.NEW, "w1", after="We ask", alternative_id="a1"), key="new a1")
    assert [row["needs"] for row in edits_payload(proposal(clause, other))["rows"]] == ["", clause.key]


TRACKED: dict[str, Any] = {"authors": ("Amina",), "tracked": True}
PARTLY: dict[str, Any] = {"authors": ("Amina", "José")}
SAID: dict[str, Any] = {"authors": ("José",), "applies": False}


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([], ""),
        ([edit(K.MOVED, "o1")], "1 edit, with no author named."),
        ([edit(K.CHANGED, "o1", **TRACKED), edit(K.CHANGED, "o2", **TRACKED)], "2 edits, tracked by Amina."),
        (
            [edit(K.MOVED, "o1"), edit(K.CHANGED, "o1", **PARTLY), edit(K.MOVED, "o2")],
            "3 edits: 2 with no author named, 1 tracked in part by Amina and José.",
        ),
        ([edit(K.COMMENT, "o1", **SAID)], "1 comment, by José."),
        (
            [edit(K.COMMENT, "o1", **SAID), edit(K.COMMENT, "o1"), edit(K.DELETED, "o1")],
            "1 edit, with no author named. 2 comments: 1 by José, 1 by nobody who is named.",
        ),
    ],
)
def test_edits_and_comments_are_counted_by_whom(edits: list[Edit], expected: str) -> None:
    assert counted_edits(edits) == expected


@pytest.mark.parametrize(
    ("names", "expected"), [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B and C")]
)
def test_names_are_said_as_one_says_them(names: tuple[str, ...], expected: str) -> None:
    assert named(names) == expected


def summary(draft_id: str, title: str, at: int = 5) -> DraftSummary:
    return DraftSummary(draft_id, title, 3, f"2001-03-10T09:0{at}:00+00:00")


def test_what_a_file_can_be_taken_as_never_reads_alike() -> None:
    drafts = [summary("a", "Doha"), summary("b", "Doha"), summary("c", "Doha"), summary("d", "Kyoto")]
    labels = choices(drafts, "UTC")
    assert list(labels) == ["a", "b", "c", "d", ""]
    assert len(set(labels.values())) == 5
    assert (labels["a"], labels["d"], labels[""]) == (
        "An edited copy of “Doha”",
        "An edited copy of “Kyoto”",
        "A new draft",
    )


def revision(number: int, **fields: object) -> Revision:
    made = Revision(number, number - 1 or None, "Added", f"2001-03-10T09:0{number % 10}:00+00:00")
    return replace(made, **fields)  # type: ignore[arg-type]


TIMELINE = (
    revision(4, current=True, author=HOSTILE, summary=HOSTILE),
    revision(3, on_branch=False),
    revision(2, name="First", author="Maria"),
    revision(1),
)


@pytest.mark.parametrize(
    ("base", "says", "expected"),
    [
        (2, True, "Made from “Doha”, version 2 “First” (saved 10 March 2001 09:02 by Maria)."),
        (1, True, "Made from “Doha”, version 1 (saved 10 March 2001 09:01)."),
        (
            4,
            False,
            "Compared with “Doha” as it is now, version 4: the file does not say which version it was made from.",
        ),
    ],
)
def test_the_version_that_a_file_was_made_from_is_said(base: int, says: bool, expected: str) -> None:
    assert made_from_sentence(replace(BASE, revision=base), TIMELINE, "UTC", says=says) == expected


def test_what_became_of_the_draft_since_is_listed_as_text() -> None:
    html = since_html("a&b", 2, TIMELINE, "UTC")
    assert "moved on by 1 version:" in html
    assert "<script" not in html
    assert html.count("&lt;script&gt;hack()") == 2
    assert 'href="./versions?draft=a%26b&amp;before=2&amp;after=4"' in html
    assert since_html("d", 4, TIMELINE, "UTC") == ""
    assert "no longer based on that version" in since_html("d", 3, TIMELINE, "UTC")
    many = tuple(revision(number, current=number == 9) for number in range(9, 0, -1))
    assert "moved on by 8 versions:" in since_html("d", 1, many, "UTC")
    assert "and 2 more" in since_html("d", 1, many, "UTC")


def test_what_is_said_of_a_file_is_escaped() -> None:
    html = file_html([HOSTILE, ""], name=HOSTILE, more="<ul></ul>")
    assert "<script" not in html
    assert html.count("<p") == 1
    assert "<h2" not in file_html(["Words"])


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [([O], "1 clause: 1 operative"), ([P, O, O, H], "4 clauses: 1 preambular, 2 operative, 1 heading")],
)
def test_the_clauses_of_a_new_draft_are_counted(kinds: list[ClauseKind], expected: str) -> None:
    assert (
        counted_clauses(Draft("d", clauses=tuple(Clause(f"c{n}", kind, "x") for n, kind in enumerate(kinds))))
        == expected
    )


def test_the_closest_sources_are_offered_with_their_provenance_and_none_that_shares_the_topic_only(
    corpus: Corpus,
) -> None:
    close, related = hit(corpus, corpus.passages[0]), hit(corpus, corpus.passages[1], Band.RELATED)
    draft = Draft(
        "d", clauses=(Clause("h", H, "Part"), Clause("a", O, HOSTILE), Clause("b", O, "x"), Clause("c", O, "y"))
    )
    found = {
        "a": SearchResult("a", (close, related), 9, False),
        "b": SearchResult("b", (related,), 9, False),
        "c": SearchResult("c", (related,), 9, True),
    }
    head, one, two, three = clauses_payload(draft, found, corpus)
    assert (head["heading"], head["number"], head["sources"], one["number"], one["text"]) == (
        True,
        "",
        [],
        "1.",
        HOSTILE,
    )
    (offer,) = one["sources"]
    assert (offer["id"], offer["cite"], offer["text"]) == (close.passage.id, close.passage.cite(), close.passage.text)
    assert (offer["band"], close.source.region in offer["who"]) == ("Close match", True)
    assert (two["sources"], two["none"]) == ([], "No passage of the reports comes close to this clause.")
    assert [each["band"] for each in three["sources"]] == ["Shares words"]
    assert clauses_payload(draft, {}, corpus)[1]["none"] == ""


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path / "drafts.sqlite")


def stored(store: DraftStore) -> Draft:
    made = store.create("Doha")
    return store.save(replace(BASE, id=made.id, revision=0), "Added", base=1, author="Maria")


def visit_with(data: bytes, name: str = "C:\\files\\edited.docx") -> tuple[Visit, WordFile]:
    visit = Visit()
    visit.take("t", name, data)
    assert visit.file
    return visit, visit.file


def reworded(draft: Draft) -> bytes:
    return replaced(docx_bytes(draft)[0], "the law", "the rule of law")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Word"),
        (b"", "The file is empty"),
        (b"PK\x03\x04", "not a whole Word file"),
        (b"PK" + bytes(50 * 2**20), "larger than 20 MB"),
        (b"hello", "not a Word file"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence_and_forgets_the_one_before(data: bytes, sentence: str) -> None:
    visit, _ = visit_with(docx_bytes(BASE)[0])
    assert visit.name == "edited.docx"
    visit.take("u", HOSTILE, data)
    assert sentence in visit.refused
    assert (visit.file, visit.proposal) == (None, None)
    visit.forget()
    assert (visit.refused, visit.token) == ("", "")


def test_what_was_ticked_is_one_version_and_undo_takes_it_back(store: DraftStore) -> None:
    draft = stored(store)
    visit, file = visit_with(reworded(draft))
    (made,) = visit.compare(store, file, draft.id, 2).edits
    assert visit.counted == "1 edit, with no author named."
    visit.approve(store, [made.key], 2, "Amina")
    assert visit.notice["text"] == "1 of 1 edits approved: the draft is at version 3."
    assert (visit.notice["undo"], store.state(draft.id).author) == (3, "Amina")
    assert visit.compare(store, file, draft.id, 3).edits == ()
    assert visit.counted == "1 edit, with no author named."
    visit.undo(store, 3, "Amina")
    assert visit.notice["text"] == "Undone: the draft is at version 2 again."
    assert store.load(draft.id) == draft
    visit.undo(store, 3, "Amina")
    assert visit.notice["text"].startswith("Nothing was undone: the draft was changed since.")


def test_a_draft_that_moved_on_is_compared_anew_and_not_overwritten(store: DraftStore) -> None:
    draft = stored(store)
    visit, file = visit_with(reworded(draft))
    key = visit.compare(store, file, draft.id, 2).edits[0].key
    changed = store.save(edit_text(draft, "o3", "We stress nothing"), "Edited", base=2, author="Li")
    visit.approve(store, [key], 2, "")
    assert visit.notice["text"].startswith("Nothing was approved. Li changed the draft: Edited.")
    assert visit.notice["tone"] == "warning"
    assert store.load(draft.id) == changed
    assert visit.compare(store, file, draft.id, 3).conflicts
    visit.approve(store, [key], 2, "")  # the list on the screen was of version 2
    assert store.load(draft.id) == changed
    visit.approve(store, [key], 3, "")
    assert store.load(draft.id).clauses[3].text == "We stress the rule of law"
    visit.approve(store, ["changed nothing"], 4, "")
    visit.compare(store, file, draft.id, 4)
    visit.approve(store, ["changed nothing"], 4, "")
    assert "There is no change 'changed nothing'" in visit.notice["text"]


def test_a_list_that_is_made_anew_says_who_changed_the_draft(store: DraftStore) -> None:
    draft = stored(store)
    visit, file = visit_with(reworded(draft))
    held = visit.compare(store, file, draft.id, 2)
    assert visit.compare(store, file, draft.id, 2) is held
    store.save(delete_clause(draft, "o2"), "Deleted operative clause 2", base=2)
    assert visit.compare(store, file, draft.id, 3).revision == 3
    assert visit.notice["text"].startswith("Somebody else changed the draft: Deleted operative clause 2.")
    visit.approve(store, [held.edits[0].key], 3, "")
    visit.compare(store, file, draft.id, 4)
    assert visit.notice["text"].startswith("1 of 1 edits approved")
    store.save(edit_text(store.load(draft.id), "o1", "We ask"), "Edited", base=4, author="Li")
    visit.compare(store, file, draft.id, 5)
    assert visit.notice["text"].startswith("Li changed the draft: Edited.")
    assert not visit.notice["undo"]


def test_only_what_was_offered_is_cited_in_the_new_draft(store: DraftStore, corpus: Corpus) -> None:
    visit, file = visit_with(with_part(docx_bytes(BASE)[0], "docProps/custom.xml", lambda _: None))
    foreign = visit.become(file)
    assert visit.become(file) is foreign
    first, second = foreign.draft.clauses[:2]
    offered = hit(corpus, corpus.passages[0])
    visit.found[first.id] = SearchResult("x", (offered,), 9, False)
    visit.make(
        store,
        [(first.id, offered.passage.id), (second.id, offered.passage.id), (first.id, "A/1#1"), ("gone", "A/1#1")],
        "Amina",
    )
    made = store.load(visit.leads_to)
    assert [clause.citations for clause in made.clauses[:2]] == [(citation_of(offered.passage, offered.source),), ()]
    assert (visit.made, visit.file) == ({made.id}, None)


def test_whoever_comes_from_elsewhere_is_offered_only_what_they_may_change(store: DraftStore) -> None:
    mine, other, archived, deleted = (stored(store) for _ in range(4))
    store.archive(archived.id)
    store.delete(deleted.id)
    assert {draft.id for draft in changeable(store, None)} == {mine.id, other.id, archived.id, deleted.id}
    assert [draft.id for draft in changeable(store, {mine.id, "unknown", ""})] == [mine.id]


def test_a_file_that_lost_its_properties_is_looked_for_once(store: DraftStore) -> None:
    draft = stored(store)
    visit, file = visit_with(with_part(docx_bytes(draft)[0], "docProps/custom.xml", lambda _: None))
    assert visit.resembles(store, file, ()) == ""
    held = visit.resembles(store, file, store.drafts())
    assert held == draft.id
    assert visit.resembles(DraftStore(store.path.with_name("none")), file, store.drafts()) == held
