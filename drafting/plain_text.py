"""The draft as plain text: the same page for a message or an editor, notes at the end.

A paragraph is one line, for a text that was broken into lines is hard to paste. A note is marked "[note 3]", since
figures in brackets alone may be words of a negotiating text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from drafting.annex_words import REMARK, TITLE
from drafting.layout import lay_out
from drafting.lines import ParagraphKind
from drafting.model import Draft
from drafting.page import Page, Paragraph
from drafting.sources_table import grounds

_INDENT: Final = "    "
_DEPTHS: Final = {ParagraphKind.SUBPARAGRAPH: 1, ParagraphKind.SUB_SUBPARAGRAPH: 2, ParagraphKind.CONTINUATION: 1}


def plain_text(draft: Draft, *, negotiating: bool = False, annex: bool = True) -> str:
    """Return a draft as plain text.

    Args:
        draft: The draft.
        negotiating: Whether to write the negotiating text or the clean one.
        annex: Whether the sources are listed at the end, each with the words quoted.
    """
    page = lay_out(draft, negotiating=negotiating)
    blocks = [*_head(page), *(_paragraph(paragraph) for paragraph in page.paragraphs)]
    if page.notes:
        blocks += ["Notes", "\n".join(f"[note {note.number}] {note.text}" for note in page.notes)]
    if annex:
        blocks += _annex(draft, negotiating=negotiating)
    return "\n\n".join(blocks) + "\n"


def _head(page: Page) -> Iterator[str]:
    lines = [page.banner, *((line.left, line.right) for line in page.masthead)]
    yield "\n".join("    ".join(part for part in line if part) for line in lines)
    yield page.disclaimer
    yield from page.agenda_items
    if page.title:
        yield page.title


def _paragraph(paragraph: Paragraph) -> str:
    parts = (paragraph.number, paragraph.text, paragraph.remark)
    marks = "".join(f" [note {note.number}]" for note in paragraph.notes)
    return _INDENT * _DEPTHS.get(paragraph.kind, 0) + " ".join(part for part in parts if part) + marks


def _annex(draft: Draft, *, negotiating: bool) -> Iterator[str]:
    found = [each for each in grounds(draft, negotiating=negotiating) if each.sources]
    if found:
        yield TITLE
        yield REMARK
    for each in found:
        lines = [each.place]
        for source in each.sources:
            congress = f"{source.congress} Congress" if source.congress else ""
            said = "; ".join(part for part in (source.region, congress, source.standing) if part)
            lines.append(f"{_INDENT}{source.symbol}, {source.locator} ({said}): {source.use.value}.")
            if source.quote:
                lines.append(f"{_INDENT}“{source.quote}”")
        yield "\n".join(lines)
