"""Who backed it: a phrase, which regional reports back it, and the passages that do.

The phrase stands in the address, so that a link to an answer can be sent. It is asked on purpose (a button, or Ctrl and
Enter) and not while one types: a claim of support is about a whole phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from urllib.parse import quote

import streamlit as st

from corpus.errors import EncoderError, QueryError
from corpus.model import Corpus
from corpus.settings import settings
from drafting.backing import Backing, lay_out_support
from drafting.backing_csv import support_csv
from drafting.model import ClauseKind
from index.search import checked_query
from index.support import support
from ui.backed_html import asked_html, meanings_html, passages_html, summary_html, table_html
from ui.messages import plain, show_message
from ui.payloads import EXAMPLES
from ui.resources import current_searcher, current_store
from ui.workspace import Workspace

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONGEST_ADDRESS = 16_000  # characters as sent; servers and mail programs cut longer ones
_LEGEND = "What the answers mean"
_NO_MODEL = "Without the language model it cannot be told who backed a phrase: to share words is not to back it."
_HINT = (
    '<p class="hint"><span class="keys"><kbd>Ctrl</kbd> <kbd>Enter</kbd> asks.</span> '
    "The answer has an address that can be sent.</p>"
)
_INTRODUCTION = "Type a phrase, and see which regional reports have passages that back it, and which words they use."


def show() -> None:
    """Show the screen."""
    clause = _clause()
    with st.container(key="backed"):
        # The field has the same place with an answer and without, or there would be two of it while one is worked out.
        left, right = st.columns([11, 9], gap="medium")
        with left, st.container(key="backed_table"):
            _question("" if clause else _INTRODUCTION)
            answer = _answer(clause) if clause else None
            if not clause:
                _examples()
        with right:
            if answer:
                st.html(passages_html(*answer))
            elif not clause:
                st.html(f'<h2 class="small-title">{_LEGEND}</h2>{meanings_html()}')


def _clause() -> str:
    """Return the phrase that was asked for: the one in the address, or that of the last visit to this screen."""
    address = str(st.query_params.get("clause", ""))
    held = str(st.session_state.get("backed", ""))
    stayed = "phrase" in st.session_state  # Streamlit forgets a field's text when the visitor leaves its screen
    clause = address or ("" if stayed and _fits_address(held) else held)
    if clause != address:
        _put_into_address(clause)
    if not stayed or st.session_state.get("backed_shown") != clause:
        st.session_state["phrase"] = clause  # what is typed and not asked yet stays
    st.session_state["backed"] = st.session_state["backed_shown"] = clause
    return clause.strip()


def _fits_address(clause: str) -> bool:
    return len(quote(clause)) <= _LONGEST_ADDRESS


def _put_into_address(clause: str) -> None:
    if clause and _fits_address(clause):
        st.query_params["clause"] = clause
    else:
        st.query_params.pop("clause", None)


def _ask(clause: str | None = None) -> None:
    """Take in the phrase of the field, or an example."""
    clause = str(st.session_state["phrase"] if clause is None else clause).strip()
    st.session_state["backed"] = clause
    _put_into_address(clause)


def _question(introduction: str) -> None:
    """Show the field of the phrase; nothing is asked before the person says so."""
    st.html(f'<h1 class="page-title">Who backed it</h1><p class="introduction">{introduction}</p>')
    with st.form("ask", border=False):
        st.text_area("Clause or phrase", key="phrase", height=88, placeholder="Type a clause, or paste one")
        with st.container(horizontal=True, vertical_alignment="center", key="ask_foot"):
            st.html(_HINT)
            st.form_submit_button("Who backed it?", type="primary", on_click=_ask)


def _examples() -> None:
    """Show what to begin with."""
    with st.container(key="examples", gap="small"):
        _offer("A clause of your draft", "own", _own_clauses())
        _offer("Or try one of these", "example", EXAMPLES)


def _offer(title: str, key: str, phrases: Sequence[str]) -> None:
    """Show phrases that are asked for with one click."""
    if phrases and title:
        st.html(f'<h2 class="small-title">{escape(title)}</h2>')
    for number, each in enumerate(phrases):
        st.button(plain(each), key=f"{key}_{number}", on_click=_ask, args=(each,), width="stretch")


def _own_clauses() -> tuple[str, ...]:
    """Return what the visitor wrote on the desk in this session: the clause being typed, and those of the draft."""
    held = st.session_state.get("workspace")
    if not isinstance(held, Workspace):
        return ()
    state = held.state(current_store())
    clauses = [clause for clause in (state.draft.clauses if state else ()) if clause.kind is not ClauseKind.HEADING]
    texts = [held.pending.text.strip(), *(clause.text.strip() for clause in clauses)]
    return tuple(dict.fromkeys(text for text in texts if text))


def _answer(clause: str) -> tuple[Backing, Corpus] | None:
    """Show the answer and return it with the corpus it is about; None when there is none, which a message says."""
    try:
        checked_query(clause)
        if current_searcher()[1].waiting:
            _wait_for_model()
            return None
        backing, corpus = _asked(clause)
    except QueryError as error:
        show_message(str(error), "warning")
        return None
    except EncoderError as error:
        problem = current_searcher()[1].problem or str(error)
        show_message(f"{_NO_MODEL} {problem}", "error")
        return None
    st.html(summary_html(backing))
    _downloads(backing)
    st.html(table_html(backing))
    if not _fits_address(clause):
        show_message("This phrase is too long for the address, so a link to this page does not hold it.")
    if others := tuple(own for own in _own_clauses() if own != clause):
        with st.expander("Ask about another clause of your draft"), st.container(key="examples", gap="small"):
            _offer("", "own", others)
    st.html(f'<details class="legend"><summary>{_LEGEND}</summary>{meanings_html()}</details>')
    return backing, corpus


@st.fragment(run_every=0.5)
def _wait_for_model() -> None:
    """Say what is being loaded, and answer once it is there."""
    if not current_searcher()[1].waiting:
        st.rerun("app")
    show_message("The language model is being loaded. The answer follows once it is there, in a few seconds.")


def _asked(clause: str) -> tuple[Backing, Corpus]:
    """Return who backed a phrase and the corpus that was asked, from memory when nothing changed since."""
    searcher, loading = current_searcher()
    asked = (clause, searcher.index.manifest.generation, searcher.index.manifest.corpus, loading.encoder is None)
    held: tuple[object, Backing, Corpus] | None = st.session_state.get("backing")
    if held is None or held[0] != asked:
        with st.spinner("Reading the reports …"):
            held = (asked, lay_out_support(support(searcher, clause)), searcher.index.corpus)
        st.session_state["backing"] = held
    return held[1], held[2]


def _downloads(backing: Backing) -> None:
    name = f"who-backed-{file_name(backing.clause)}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="backed_files"):
        st.html(asked_html(backing))
        st.download_button(
            "Word",
            data=partial(_word_file, backing, settings().link_base),
            file_name=f"{name}.docx",
            mime=_WORD,
            icon=":material/download:",
            on_click="ignore",
            key="backed_word",
        )
        st.download_button(
            "CSV",
            data=partial(support_csv, backing),
            file_name=f"{name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="backed_csv",
        )


def _word_file(backing: Backing, link_base: str) -> bytes:
    """Return the Word file of an answer; runs when the button is pressed, outside any session."""
    from drafting.word.backing import support_docx

    return support_docx(backing, link_base=link_base)


def file_name(clause: str) -> str:
    """Return the first words of a phrase as a part of a file name that every system takes."""
    words = "".join(character if character.isalnum() else " " for character in clause).split()
    return "-".join(words).lower()[:60].strip("-") or "phrase"


if st.runtime.exists():
    show()
