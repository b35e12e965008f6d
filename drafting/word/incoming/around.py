"""What was edited around the clauses of a file: title, masthead, agenda items, chapeau and enacting line.

The page prints some fields together (place and dates) and some over several lines; an edited line is read back into the
fields it was made of. A field without a paragraph was deleted only if the file still has paragraphs of others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafting.layout import BANNER, DISCLAIMER, DISTRIBUTION, ORIGINAL
from drafting.masthead import field_text
from drafting.word.incoming import wordings as styles
from drafting.word.incoming.edits import Edit, EditKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafting.model import Draft
    from drafting.page import Page
    from drafting.word.incoming.paragraphs import FileParagraph

_BEFORE_DATES = re.compile(r",\s+(?=\d)")
_PLACES = {
    "title": "title", "congress": "name of the congress", "place": "place", "dates": "dates",
    "distribution_date": "date of distribution", "agenda_items": "agenda items", "chapeau": "chapeau",
    "enacting_line": "enacting line",
}  # fmt: skip


def known_lines(page: Page) -> dict[str, str]:
    """Return the style of each line around the clauses by its words, for those that lost their style."""
    known = {" ".join(BANNER): styles.BANNER, DISCLAIMER: "undisclaimer"}
    known |= {f"{line.left} {line.right}".strip(): styles.MASTHEAD for line in page.masthead}
    known |= dict.fromkeys(page.agenda_items, styles.AGENDA_ITEM)
    known |= {each.text: f"un{each.kind.value.replace(' ', '')}" for each in page.paragraphs if not each.clause_id}
    known[page.title] = styles.TITLE
    known.pop("", None)
    return known


def edits_around(draft: Draft, page: Page, around: Mapping[str, Sequence[FileParagraph]]) -> Iterator[Edit]:
    """Yield the fields that say something else in the file.

    Args:
        draft: The draft that the file was made from.
        page: It laid out.
        around: The paragraphs around the clauses of the file by their style.
    """
    if not around:
        return
    printed: dict[str, str] = {
        "title": page.title,
        "agenda_items": "\n".join(page.agenda_items),
        "chapeau": " ".join(each.text for each in page.paragraphs if each.kind.value == "chapeau"),
        "enacting_line": " ".join(each.text for each in page.paragraphs if each.kind.value == "enacting line"),
    }
    for name, style in (
        ("title", styles.TITLE),
        ("agenda_items", styles.AGENDA_ITEM),
        ("chapeau", styles.CHAPEAU),
        ("enacting_line", styles.ENACTING_LINE),
    ):
        held = around.get(style, ())
        now = ("\n" if name == "agenda_items" else " ").join(each.text for each in held if each.text)
        if _plain(now) != _plain(printed[name]) and (now or name != "title"):
            yield _edit(draft, name, now, held)
    yield from _masthead(draft, page, around.get(styles.MASTHEAD, ()))


def _masthead(draft: Draft, page: Page, held: Sequence[FileParagraph]) -> Iterator[Edit]:
    """Yield the fields of the block under the banner that say something else."""
    if not held:
        return
    rows = [each.raw.partition("\t") for each in held]
    names = [left.strip() for (left, _, _), each in zip(rows, held, strict=True) if each.bold and left.strip()]
    wheres = [left.strip() for (left, _, _), each in zip(rows, held, strict=True) if not each.bold and left.strip()]
    rights = [right.strip() for _, _, right in rows]
    congress, where = " ".join(names).replace("- ", "-"), " ".join(wheres)  # a name may be broken at a hyphen
    was_where = " ".join(line.left for line in page.masthead if line.left and not line.strong)
    dates = [right for right in rights if right and right not in (DISTRIBUTION, ORIGINAL)]
    was_dates = [line.right for line in page.masthead if line.right and line.right not in (DISTRIBUTION, ORIGINAL)]
    was_congress = " ".join(line.left for line in page.masthead if line.strong).replace("- ", "-")
    if _plain(congress) != _plain(was_congress):
        yield _edit(draft, "congress", congress, held)
    if _plain(where) != _plain(was_where):
        place, when = _place_and_dates(draft, where)
        for name, now in (("place", place), ("dates", when)):
            if _plain(now) != _plain(field_text(draft, name)):
                yield _edit(draft, name, now, held)
    if _plain(" ".join(dates)) != _plain(" ".join(was_dates)):
        yield _edit(draft, "distribution_date", " ".join(dates), held)


def _place_and_dates(draft: Draft, where: str) -> tuple[str, str]:
    """Return place and dates that are printed as one: at what stayed of either, else before the first figure."""
    place, dates = _plain(draft.masthead.place), _plain(draft.masthead.dates)
    where = _plain(where)
    if place and where.startswith(f"{place}, "):
        return place, where[len(place) + 2 :]
    if dates and where.endswith(f", {dates}"):
        return where[: -len(dates) - 2], dates
    if where in (place, dates):
        return (place, "") if where == place else ("", dates)
    if where[:1].isdigit():
        return "", where
    before, _, after = _BEFORE_DATES.sub("\n", where, count=1).partition("\n")
    return before, after


def _edit(draft: Draft, name: str, now: str, held: Sequence[FileParagraph]) -> Edit:
    authors = tuple(dict.fromkeys(author for each in held for author in each.authors))
    return Edit(
        key=f"{EditKind.FIELD} {name}",
        kind=EditKind.FIELD,
        clause_id="",
        before=field_text(draft, name),
        after=now,
        place=_PLACES[name],
        field=name,
        authors=authors,
        tracked=bool(authors),
    )


def _plain(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines())
