"""Who backed a phrase, as HTML: the table of regions and congresses, and the passages behind each of its cells.

Pure functions over the layout that the files are made from as well. Every text is escaped; a state is always in words,
and the colours and signs beside it only help the eye.
"""

from __future__ import annotations

import re
from html import escape

from corpus.model import Corpus
from drafting.backing import MEANINGS, REGION_NOT_STATED, REMARK, RESERVATIONS, Backing, Cell, CellState, Evidence
from ui.payloads import color_of, congress_label, runs


def summary_html(backing: Backing) -> str:
    """Return the answer in a few sentences, the last of which says what a count is not."""
    lead, *rest = map(escape, (*backing.sentences, REMARK))
    return f'<p class="summary"><b>{lead}</b> {" ".join(rest)}</p>'


def asked_html(backing: Backing) -> str:
    """Return the phrase as it was asked, which the field may no longer hold."""
    return f'<p class="asked" dir="auto">“{escape(backing.clause)}”</p>'


def table_html(backing: Backing) -> str:
    """Return the table of regions and congresses; a cell that has passages links to them."""
    columns = "".join(f'<th scope="col">{escape(congress_label(congress))}</th>' for congress in backing.congresses)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0].region or REGION_NOT_STATED)}</th>{"".join(map(_cell, row))}</tr>'
        for row in backing.rows
    )
    return (
        '<div class="scroll" role="region" aria-label="Regions and congresses" tabindex="0" id="table">'
        f'<table class="backing"><caption>Who backed “{escape(backing.clause)}”. {escape(REMARK)}</caption>'
        f'<thead><tr><th scope="col">Region</th>{columns}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def passages_html(backing: Backing, corpus: Corpus) -> str:
    """Return the passages behind the cells, a section a cell; empty when no cell has any.

    Args:
        backing: The answer.
        corpus: For the regions' colours.
    """
    return "".join(_section(cell, backing.clause, corpus) for cell in backing.cells if cell.evidence or cell.nearest)


def meanings_html() -> str:
    """Return what the words of the table mean."""
    entries = "".join(
        f"<dt>{_sign(state)}{escape(state.value)}</dt><dd>{escape(meaning)}</dd>" for state, meaning in MEANINGS.items()
    )
    return f'<dl class="meanings">{entries}</dl><p class="meaning">{escape(RESERVATIONS)}</p>'


def anchor(cell: Cell) -> str:
    """Return the id of a cell's section, made of letters, digits and hyphens."""
    words = re.sub(r"[^a-z0-9]+", "-", cell.region.lower()).strip("-")
    return f"passages-{words or 'region'}-{cell.congress}"


def _sign(state: CellState) -> str:
    return f'<span class="sign {state.name.lower().replace("_", "-")}" aria-hidden="true"></span>'


def _cell(cell: Cell) -> str:
    words = f"{_sign(cell.state)}<b>{escape(cell.state.value)}</b>"
    if cell.evidence:
        inside = f'<a href="#{anchor(cell)}">{words} <span class="count">{cell.count}</span></a>'
        inside += f' <span class="reservation">{escape(cell.reservation)}</span>' if cell.reservation else ""
    elif cell.nearest:
        inside = f'<span class="state">{words}</span> <a class="near" href="#{anchor(cell)}"'
        inside += f' aria-label="Nearest passage: {escape(cell.title)}">Nearest passage</a>'
    else:
        inside = f'<span class="state">{words}</span>'
    return f'<td class="{cell.state.name.lower().replace("_", "-")}">{inside}</td>'


def _section(cell: Cell, clause: str, corpus: Corpus) -> str:
    name = anchor(cell)
    if cell.evidence:
        about = f"{cell.count} found"
        cards = "".join(_passage(evidence, clause, corpus) for evidence in cell.evidence)
    else:
        about = "No passage of this report was found to back the phrase"
        cards = _passage(cell.nearest, clause, corpus, nearest=True) if cell.nearest else ""
    return (
        f'<section class="behind" id="{name}" aria-labelledby="{name}-title" tabindex="-1">'
        f'<h2 id="{name}-title">{escape(cell.title)}</h2>'
        f'<p class="about">{_sign(cell.state)}<b>{escape(cell.state.value)}</b> · {escape(about)}'
        f' <a class="back" href="#table">Back to the table</a></p>{cards}</section>'
    )


def _passage(evidence: Evidence, clause: str, corpus: Corpus, *, nearest: bool = False) -> str:
    passage, source = evidence.passage, evidence.hit.source
    words = "".join(
        f'<mark class="{look}" title="{escape(about)}">{escape(text)}</mark>' if look else escape(text)
        for text, look, about in runs(passage.text, evidence.hit.alignment, clause)
    )
    kind, who = (
        passage.kind.value.capitalize(),
        f"{source.region or REGION_NOT_STATED} · {congress_label(source.congress)}",
    )
    badges = ("Nearest passage, not a claim",) if nearest else evidence.reservations
    return (
        f'<article class="backing-passage {"nearest" if nearest else color_of(source, corpus)}"'
        f' aria-label="{escape(passage.cite())}"><div class="top">'
        f'<a href="{escape(source.url)}" target="_blank" rel="noopener noreferrer">{escape(passage.cite())}</a>'
        + "".join(f'<b class="badge">{escape(badge)}</b>' for badge in badges)
        + f'</div><p class="path">{escape(" › ".join(passage.heading))}</p>'
        f'<p class="standing">{escape(who)} · {escape(kind)} · {escape(evidence.attribution)}</p>'
        + (f'<p class="chapeau" dir="auto">{escape(passage.chapeau)}</p>' if passage.chapeau else "")
        + f'<p class="words" dir="auto">{words}</p>'
        + (f'<p class="same">{escape(evidence.same)}</p>' if evidence.same else "")
        + "</article>"
    )
