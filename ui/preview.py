"""The draft "as in Word", as HTML: the same layout that the Word file is written from, on a white sheet."""

from __future__ import annotations

from html import escape

from drafting.layout import Note, Page, Paragraph, note_url
from drafting.lines import ParagraphKind


def preview_html(page: Page, link_base: str, name: str = "As in Word") -> str:
    """Return the sheet.

    Args:
        page: The draft laid out.
        link_base: What a symbol is appended to, to link to the document; empty for no links.
        name: What the view is called.
    """
    rows = "".join(_line(line.left, line.right, strong=line.strong) for line in page.masthead)
    agenda = "".join(f'<p class="agenda">{escape(item)}</p>' for item in page.agenda_items)
    title = f"<h3>{escape(page.title)}</h3>" if page.title else ""
    paragraphs = "".join(_paragraph(paragraph) for paragraph in page.paragraphs)
    notes = "".join(_note(note, link_base) for note in page.notes)
    return (
        f'<div class="sheet" role="region" tabindex="0" aria-label="The draft: {escape(name)}">'
        f'<div class="banner"><b>{escape(page.banner[0])}</b><span>{escape(page.banner[1])}</span></div>'
        f'<div class="masthead">{rows}</div><p class="disclaimer">{escape(page.disclaimer)}</p>'
        f"{agenda}{title}{paragraphs}" + (f'<div class="notes">{notes}</div>' if notes else "") + "</div>"
    )


def _line(left: str, right: str, *, strong: bool) -> str:
    words = f"<b>{escape(left)}</b>" if strong else f"<span>{escape(left)}</span>"
    return f'<div class="line">{words}<span>{escape(right)}</span></div>'


def _paragraph(paragraph: Paragraph) -> str:
    if paragraph.kind is ParagraphKind.HEADING:
        return f"<h4>{escape(paragraph.text)}</h4>"
    number = f'<span class="number">{escape(paragraph.number)}</span>' if paragraph.number else ""
    opener = f"<i>{escape(paragraph.opener)}</i>" if paragraph.opener else ""
    rest = escape(paragraph.text[len(paragraph.opener) :])
    marks = "<sup>,</sup>".join(f"<sup>{note.number}</sup>" for note in paragraph.notes)
    remark = f' <i class="remark">{escape(paragraph.remark)}</i>' if paragraph.remark else ""
    return f'<p class="{paragraph.kind.value.replace(" ", "-")}">{number}{opener}{rest}{remark}{marks}</p>'


def _note(note: Note, link_base: str) -> str:
    url = note_url(note, link_base)
    symbol = escape(note.symbol)
    link = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{symbol}</a>' if url else symbol
    return f"<p><sup>{note.number}</sup> {link}{escape(note.rest)}</p>"
