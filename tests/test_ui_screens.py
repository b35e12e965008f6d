"""The screens without a browser: the scripts run, and what they print is text and never markup."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.errors import IndexFolderError
from corpus.model import Corpus, Evidence, Genre, Source
from corpus.settings import REPOSITORY
from drafting.layout import lay_out
from drafting.model import Citation, ClauseKind, Draft
from drafting.operations import add_clause
from drafting.store import DraftState, DraftStore
from ui.draft_pane import conflict_html, footer_html
from ui.library import library_html
from ui.messages import message_html, plain
from ui.preview import preview_html
from ui.resources import current_index
from ui.workspace import Conflict

HOSTILE = "<script>hack()</script> $x$ [l](javascript:hack()) &lt;b&gt; \"'"
SHOWN = "&lt;script&gt;hack()&lt;/script&gt; $x$ [l](javascript:hack()) &amp;lt;b&amp;gt;"
CITATION = Citation("X#1", "A/CONF.213/RPM.1/1", "para. 1", "Western Asia", 12, "recommended", "the meeting", "Words")


def draft() -> Draft:
    draft = add_clause(Draft("d", title=HOSTILE), f"Recalling {HOSTILE}", ClauseKind.PREAMBULAR)
    draft = add_clause(draft, HOSTILE, ClauseKind.HEADING)
    return add_clause(draft, "Urge States to act", ClauseKind.OPERATIVE, (CITATION,))


def test_the_preview_prints_what_the_layout_says_and_escapes_it() -> None:
    page = lay_out(draft())
    html = preview_html(page, "https://undocs.org/")
    assert "<script" not in html
    assert html.count(SHOWN) == 3
    for paragraph in page.paragraphs:
        assert paragraph.text.removeprefix(paragraph.opener) in unescape(html)
    assert 'href="https://undocs.org/A/CONF.213/RPM.1/1"' in html
    assert 'href="https://undocs.org/' not in preview_html(page, "")


@pytest.mark.parametrize(
    "html",
    [
        message_html(HOSTILE, "error"),
        conflict_html(Conflict("c", HOSTILE, HOSTILE)),
        conflict_html(Conflict("c", HOSTILE, None)),
    ],
)
def test_messages_and_conflicts_are_escaped(html: str) -> None:
    assert "<script" not in html
    assert SHOWN in html


def test_a_command_in_a_remedy_is_set_as_code_and_nothing_else_is() -> None:
    assert "<code>python -m drafting index</code>" in message_html("Run `python -m drafting index`.")
    assert "<code>" not in message_html("`python -m drafting <b>`")
    assert 'role="alert"' in message_html("No", "error")
    assert 'href="./"' in message_html("No", link=("New", "./"))


def test_a_plain_label_has_no_markup_left() -> None:
    assert plain("$x$ [l](u) *b*") == r"\$x\$ \[l\]\(u\) \*b\*"


def test_a_deleted_clause_is_called_deleted() -> None:
    assert "deleted elsewhere" in conflict_html(Conflict("c", "mine", None))


@pytest.mark.parametrize(
    ("timezone", "clock"), [("UTC", "12:05"), ("Asia/Bangkok", "19:05"), ("No/Where", "12:05"), ("../etc", "12:05")]
)
def test_the_footer_tells_the_time_on_the_visitor_s_clock(timezone: str, clock: str) -> None:
    state = DraftState(Draft("d", revision=7), can_undo=True, can_redo=False, saved_at="2030-01-02T12:05:00+00:00")
    footer = footer_html(state, timezone)
    assert f"Saved {clock} · " in footer
    assert '<a href="./versions?draft=d" target="_self">version 7</a>' in footer
    unsaved = DraftState(Draft(""), can_undo=False, can_redo=False, saved_at="")
    assert "Nothing to save yet" in footer_html(unsaved, timezone)


def test_the_library_names_every_document_and_how_it_is_known(corpus: Corpus) -> None:
    html = library_html(corpus)
    for source in corpus.sources:
        assert f">{source.symbol}</a>" in html
    assert html.count("<tr>") == len(corpus.sources) + 1
    assert "nothing can be said of what it asked for" in html


def test_the_library_escapes_what_a_document_says_of_itself() -> None:
    evidence = (Evidence("region", inferred=True, quote=HOSTILE, line=3),)
    source = Source(HOSTILE, HOSTILE, Genre.OTHER, 12, "", "", "", "en", "u", "f", "0", evidence)
    html = library_html(Corpus((source,), ()))
    assert "<script" not in html
    assert html.count(SHOWN) == 3
    assert "line 3 of the document" in html


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk_index: Path) -> DraftStore:
    monkeypatch.setenv("RAPPORTEUR_DRAFTS", str(tmp_path / "drafts.sqlite"))
    monkeypatch.setenv("RAPPORTEUR_INDEX", str(desk_index))
    monkeypatch.setenv(
        "RAPPORTEUR_MODEL", str(tmp_path / "none")
    )  # words alone: the model is the browser tests' matter
    return DraftStore(tmp_path / "drafts.sqlite")


def script(name: str) -> AppTest:
    return AppTest.from_file(str(REPOSITORY / "ui" / f"{name}.py"), default_timeout=60)


def test_the_desk_runs_with_an_empty_draft(drafts: DraftStore) -> None:
    app = script("frame").run()
    assert not app.exception
    assert app.text_input(key="title").value == "Draft declaration"
    assert app.button(key="undo").disabled
    assert drafts.drafts() == ()


def test_the_desk_runs_with_a_draft_and_undoes_it(drafts: DraftStore) -> None:
    created = drafts.create()
    drafts.save(add_clause(created, "Urge", ClauseKind.OPERATIVE), "Added", base=1)
    app = script("desk")
    app.query_params["draft"] = created.id
    app.run()
    assert not app.exception
    app.button(key="undo").click().run()
    assert drafts.load(created.id).clauses == ()
    app.text_input(key="title").set_value("Doha").run()
    assert drafts.load(created.id).title == "Doha"


def test_a_blank_title_is_refused_and_the_old_one_stays(drafts: DraftStore) -> None:
    created = drafts.create("Doha")
    app = script("desk")
    app.query_params["draft"] = created.id
    app.run()
    app.text_input(key="title").set_value(" ").run()
    assert not app.exception
    assert app.text_input(key="title").value == "Doha"


def test_an_unknown_draft_stops_at_a_sentence(drafts: DraftStore) -> None:
    app = script("desk")
    app.query_params["draft"] = "unknown"
    app.run()
    assert not app.exception
    assert len(app.text_input) == 0
    assert drafts.drafts() == ()


def test_the_library_runs(drafts: DraftStore) -> None:
    assert drafts.drafts() == ()
    app = script("library").run()
    assert not app.exception


def test_a_missing_index_is_an_error_that_the_app_shows_as_a_sentence(
    drafts: DraftStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert drafts.drafts() == ()
    monkeypatch.setenv("RAPPORTEUR_INDEX", str(tmp_path / "none"))
    app = script("desk").run()
    assert [error.message for error in app.exception]
    with pytest.raises(IndexFolderError, match="python -m drafting index"):
        current_index()
