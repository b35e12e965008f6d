"""Makes the sample exports under docs/samples from passages of the documents that come with the program.

    .venv/bin/python docs/samples.py

Three files: the annotated copy with its annex, changes since an earlier version, and a negotiating text in the style of
a resolution on Letter paper. The same documents give the same bytes.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus import load_corpus  # noqa: E402 - the path is set above
from corpus.model import Kind  # noqa: E402
from drafting.model import Alternative, Clause, ClauseKind, Draft, Masthead, Style, citation_of  # noqa: E402
from drafting.openers import preambular_opener  # noqa: E402
from drafting.phrasing.suggest import suggest  # noqa: E402
from drafting.word import Copy, PageSize, Since, export_docx  # noqa: E402

TARGET = ROOT / "docs" / "samples"
WHEN = datetime(2026, 11, 20, 9, tzinfo=UTC)
PREAMBULAR, OPERATIVE, HEADING = ClauseKind.PREAMBULAR, ClauseKind.OPERATIVE, ClauseKind.HEADING
MASTHEAD = Masthead("Fourteenth United Nations Congress on Crime Prevention and Criminal Justice", "Kyoto, Japan")
REPORT = "A/CONF.234/RPM.1/1"
SUBJECTS = {
    "Rule of law and the 2030 Agenda": ("13(b)", "13(f)"),
    "Access to justice": ("26(b)", "44(d)"),
    "Prevention of reoffending": ("34(b)", "34(e)", "34(g)"),
}


def first_version(style: Style) -> Draft:
    """Return a draft in suggested wording, with subheadings and one clause of the drafter's own."""
    corpus = load_corpus()
    source = next(each for each in corpus.sources if each.symbol == REPORT)
    held = {passage.id: passage for passage in corpus.passages}
    opening = next(each for each in corpus.passages if each.kind is Kind.PREAMBULAR and preambular_opener(each.text))
    cited = citation_of(opening, next(each for each in corpus.sources if each.symbol == opening.symbol))
    clauses = [
        Clause("p1", PREAMBULAR, opening.text, (cited,), opening.text),
        Clause("p2", PREAMBULAR, "Mindful of the work of the regional preparatory meetings"),
    ]
    for at, (subject, places) in enumerate(SUBJECTS.items(), start=1):
        clauses.append(Clause(f"h{at}", HEADING, subject))
        for place in places:
            passage = held[f"{REPORT}#{place}"]
            worded = suggest(passage.text)
            text = worded.declaration if style is Style.DECLARATION else worded.resolution
            identifier = "o" + "".join(filter(str.isalnum, place))
            citation = citation_of(passage, source)
            clauses.append(Clause(identifier, OPERATIVE, text, (citation,), passage.text, text))
    return Draft("sample", "Draft Kyoto declaration", MASTHEAD, tuple(clauses), style, revision=1)


def reworded(draft: Draft) -> Draft:
    """Return the next version: a clause reworded, one moved, one gone, one come, subparagraphs added."""
    held = {clause.id: clause for clause in draft.clauses}
    promote = held["o13b"]
    came = Clause("n1", OPERATIVE, "We shall review the implementation of {¶o13f}:\n(a) every year\n(b) openly")
    order = ("p1", "h1", "o13b", "o13f", "h2", "o44d", "h3", "o34b", "o26b", "o34g")
    changed = {
        "o13b": replace(
            promote, text=promote.text.replace("We endeavour to promote", "We commit ourselves to promoting")
        ),
        "o34b": replace(held["o34b"], text=held["o34b"].text.replace("mental condition, ", "")),
    }
    clauses = tuple(changed.get(each, held[each]) for each in order)
    return replace(draft, clauses=(*clauses[:4], came, *clauses[4:]), revision=7)


def negotiated(draft: Draft) -> Draft:
    """Return a negotiating text: brackets, alternatives and who proposed them."""
    clauses = {clause.id: clause for clause in draft.clauses}
    first = clauses["o13b"]
    other = Alternative("a1", "Encourages Member States to adopt [integrated] [inclusive] approaches", "Japan")
    third = Alternative(
        "a2", "Calls upon Member States:\n(a) to adopt integrated approaches\n(b) to report on them", "Chile"
    )
    clauses["o13b"] = replace(
        first, text=f"[{first.text.rstrip('.;')}]", alternatives=(other, third), proposer="Norway"
    )
    masthead = replace(draft.masthead, chapeau="The Congress,", enacting_line="")
    return replace(draft, title="Draft resolution", masthead=masthead, clauses=tuple(clauses.values()))


def main() -> None:
    """Write the files."""
    TARGET.mkdir(exist_ok=True)
    first = first_version(Style.DECLARATION)
    later = reworded(first)
    export_docx(later, TARGET / "annotated.docx", copy=Copy(annotated=True))
    export_docx(later, TARGET / "changes.docx", copy=Copy(annex=False, since=Since(first, WHEN, "Ann Drafter")))
    resolution = negotiated(first_version(Style.RESOLUTION))
    copy = Copy(negotiating=True, annex=False, page_size=PageSize.LETTER)
    export_docx(resolution, TARGET / "negotiating.docx", copy=copy)


if __name__ == "__main__":
    main()
