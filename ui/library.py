"""The library: which documents are in the corpus, what they are, and how that is known."""

from __future__ import annotations

from html import escape

import streamlit as st

from corpus.model import Corpus, Source
from ui.payloads import congress_label
from ui.resources import current_index


def library_html(corpus: Corpus) -> str:
    """Return the table of the documents."""
    rows = "".join(_row(source, len(corpus.passages_of(source.symbol))) for source in corpus.sources)
    return (
        f'<table class="library"><caption>{len(corpus.sources)} documents with {len(corpus.passages):,} passages. '
        "A meeting that is not listed has no report here; nothing can be said of what it asked for.</caption>"
        '<thead><tr><th scope="col">Symbol</th><th scope="col">Document</th><th scope="col">Region</th>'
        '<th scope="col">Congress</th><th scope="col">Passages</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(source: Source, passages: int) -> str:
    where = ", ".join(part for part in (source.place, source.dates) if part)
    return (
        f'<tr><th scope="row"><a href="{escape(source.url)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(source.symbol)}</a></th><td>{escape(source.title)}<br>"
        f'<span class="where">{escape(where)}</span>{_evidence(source)}</td>'
        f"<td>{escape(source.region or f'None ({source.genre.value})')}</td>"
        f"<td>{escape(congress_label(source.congress))}</td>"
        f'<td class="figure">{passages:,}<span class="unit"> passages</span></td></tr>'
    )


def _evidence(source: Source) -> str:
    lines = "".join(
        f"<li>{escape(evidence.field.capitalize())}: "
        + (
            f"“{escape(evidence.quote)}”, line {evidence.line} of the document"
            if evidence.inferred
            else "stated by hand; the document does not say it"
        )
        + "</li>"
        for evidence in source.evidence
    )
    return f"<details><summary>How this is known</summary><ul>{lines}</ul></details>" if lines else ""


def show() -> None:
    """Show the library."""
    st.html('<h1 class="page-title">Library</h1>')
    st.html(library_html(current_index().corpus))


if st.runtime.exists():
    show()
