"""The draft as Markdown: the same page with notes as footnotes, for whoever reads or edits it without Word.

Numbers are written out, since a list of Markdown would count by itself. Whatever a text holds prints as it is: what
Markdown would take for a mark is escaped, so that no clause becomes a heading, a link or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from drafting.annex_words import COLUMNS, REMARK, SYMBOL_COLUMN, TITLE, cells
from drafting.layout import DEFAULT_LINK_BASE, lay_out, note_url
from drafting.lines import ParagraphKind
from drafting.model import Draft
from drafting.page import Note, Page, Paragraph
from drafting.sources_table import Grounds, UsedSource, grounds

_MARKS: Final = re.compile(r"([\\`*_\[\]<>|~&$#])")
_AT_THE_START: Final = re.compile(r"^(?:([+\-=:])|(\d{1,9})([.)]))")
_INDENT: Final = "&emsp;"
_DEPTHS: Final = {ParagraphKind.SUBPARAGRAPH: 1, ParagraphKind.SUB_SUBPARAGRAPH: 2, ParagraphKind.CONTINUATION: 1}


def markdown(draft: Draft, *, negotiating: bool = False, annex: bool = True, link_base: str = DEFAULT_LINK_BASE) -> str:
    """Return a draft as Markdown (CommonMark, with the footnotes and tables that most readers know).

    Args:
        draft: The draft.
        negotiating: Whether to write the negotiating text or the clean one.
        annex: Whether the sources stand in a table at the end.
        link_base: Address that a document symbol is appended to; empty for no links.
    """
    page = lay_out(draft, negotiating=negotiating)
    blocks = [*_head(page), *(_paragraph(paragraph) for paragraph in page.paragraphs)]
    if annex:
        blocks += _annex(grounds(draft, negotiating=negotiating, link_base=link_base))
    blocks += [f"[^{note.number}]: {_note(note, link_base)}" for note in page.notes]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Return a line of text that prints as it is, wherever in a line of Markdown it stands."""
    return _MARKS.sub(r"\\\1", text)


def _starting(text: str) -> str:
    """Return escaped Markdown that begins a block, and is no list and no rule."""
    return _AT_THE_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", text)


def _head(page: Page) -> Iterator[str]:
    left, right = page.banner
    lines = [f"**{escaped(left)}** {escaped(right)}"]
    for line in page.masthead:
        who = f"**{escaped(line.left)}**" if line.strong and line.left else escaped(line.left)
        lines.append(" · ".join(part for part in (who, escaped(line.right)) if part))
    yield "\\\n".join(_starting(line) for line in lines if line)
    yield f"*{escaped(page.disclaimer)}*"
    for item in page.agenda_items:
        yield _starting(escaped(item))
    if page.title:
        yield f"# {escaped(page.title)}"


def _paragraph(paragraph: Paragraph) -> str:
    opener, rest = escaped(paragraph.opener), escaped(paragraph.text[len(paragraph.opener) :])
    words = f"*{opener}*{rest}" if opener else rest
    if paragraph.remark:
        words += f" *{escaped(paragraph.remark)}*"
    words += "".join(f"[^{note.number}]" for note in paragraph.notes)
    if paragraph.kind is ParagraphKind.HEADING:
        return f"## {words}"
    numbered = f"{escaped(paragraph.number)} {words}" if paragraph.number else words
    return _INDENT * _DEPTHS.get(paragraph.kind, 0) + _starting(numbered)


def _note(note: Note, link_base: str) -> str:
    symbol, url = escaped(note.symbol), note_url(note, link_base)
    return (f"[{symbol}](<{url}>)" if url else symbol) + escaped(note.rest)


def _annex(found: tuple[Grounds, ...]) -> Iterator[str]:
    rows = [
        [_cell(text, at, source) for at, text in enumerate(cells(each, source))]
        for each in found
        for source in each.sources
    ]
    if rows:
        yield f"## {TITLE}"
        yield f"*{REMARK}*"
        head = [[title for title, _ in COLUMNS], ["---"] * len(COLUMNS)]
        yield "\n".join(f"| {' | '.join(row)} |" for row in [*head, *rows])


def _cell(text: str, column: int, source: UsedSource) -> str:
    return f"[{escaped(text)}](<{source.url}>)" if column == SYMBOL_COLUMN and source.url else escaped(text)
