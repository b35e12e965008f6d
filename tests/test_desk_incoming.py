"""A Word file that comes back, in a real browser: listed, approved in part, undone, refused, or made a new draft."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from desk_fixtures import DeskServer, Watch, clauses, new_context, opened, until
from desk_screens import Screens
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect
from word_editing import BY, edited, new_paragraph, paragraph_of, replaced

from drafting.model import Clause, ClauseKind, Draft
from drafting.operations import edit_text
from drafting.store import DraftStore
from drafting.word import docx_bytes

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

pytestmark = [pytest.mark.browser, pytest.mark.model]

O = ClauseKind.OPERATIVE  # noqa: E741
HOSTILE = "<img src=x onerror=alert(1)> $x$"
CLAUSES = (
    Clause("o1", O, "We urge States to prevent crime among young people"),
    Clause("o2", O, "We call for more data on the courts of every region"),
    Clause("o3", O, "We stress that nobody is above the law"),
)
TEXTS = [clause.text for clause in CLAUSES]
NEW = f"We decide to review progress every five years {HOSTILE}"


def a_draft(screens: Screens, title: str) -> Draft:
    """Return a draft of its own."""
    made = screens.store.create(f"{title} {screens.width} {HOSTILE}", author="Maria")
    return screens.store.save(replace(made, clauses=CLAUSES), "Added 3 clauses", base=1, author="Maria")


def back_in(screens: Screens, draft: Draft) -> Page:
    """Return the screen for a draft, come to from the desk."""
    page = opened(screens.context, f"{screens.server.url}?draft={draft.id}")
    settled(page, page.get_by_role("button", name="Say who you are"))
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="Word file back in")).to_be_visible()
    return page


def settled(page: Page, last: Locator) -> None:
    """Wait until a screen is drawn to its last part: what is done while Streamlit changes screens may be lost."""
    last.wait_for()
    page.locator("[data-test-script-state=notRunning]").first.wait_for()


def upload(page: Page, name: str, data: bytes) -> None:
    """Choose a file, and wait until what it is was said."""
    chosen(page, name, {"name": name, "mimeType": "application/octet-stream", "buffer": data})


def chosen(page: Page, name: str, file: Path | FilePayload) -> None:
    """Put a file into the field, and wait until what it is was said; a busy machine takes its time for both."""
    settled(page, page.get_by_role("heading", name="What happens with the file"))
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".st-key-incoming_upload").get_by_text(name, exact=True)).to_be_visible()
    told = page.locator(f".file:has(h2:text-is({json.dumps(name)})), .message.error")
    expect(told.first).to_be_visible()


def edits(page: Page) -> Locator:
    """The edits that are listed."""
    return page.locator("#list > li.edit")


def tick(page: Page, name: str) -> Locator:
    """The tick of an edit or of a source."""
    return page.get_by_role("checkbox", name=name)


def edited_export(draft: Draft) -> bytes:
    """Return the exported file with words changed, tracked and not, a clause deleted, one added, and a comment."""

    def change(body: BaseOxmlElement) -> None:
        words = next(each for each in paragraph_of(body, "_c_o1").iter(qn("w:t")) if "young people" in each.text)
        words.text, _, stop = words.text.partition("young people")
        words.set(qn("xml:space"), "preserve")
        for run in (
            f"<w:r {nsdecls('w')}><w:t>{stop}</w:t></w:r>",
            f"<w:ins {nsdecls('w')} {BY}><w:r><w:t>children and youth</w:t></w:r></w:ins>",
            f"<w:del {nsdecls('w')} {BY}><w:r><w:delText>young people</w:delText></w:r></w:del>",
        ):
            words.getparent().addnext(parse_xml(run))
        body.remove(paragraph_of(body, "_c_o2"))
        paragraph_of(body, "_c_o3").addnext(new_paragraph(NEW))

    data = edited(replaced(docx_bytes(draft)[0], "nobody is above", "no one is above"), change)
    document = docx.Document(io.BytesIO(data))
    paragraph = next(each for each in document.paragraphs if "no one is above" in each.text)
    document.add_comment(runs=[paragraph.runs[0], paragraph.runs[-1]], text=f"Agreed? {HOSTILE}", author="José")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_an_edited_export_is_listed_exactly_approved_in_part_and_taken_back_by_one_undo(screens: Screens) -> None:
    draft = a_draft(screens, "Edited")
    page = back_in(screens, draft)
    screens.store.save(edit_text(draft, "o3", "We stress that all are equal"), "Edited clause 3", base=2, author="Li")
    upload(page, "edited.docx", edited_export(draft))
    expect(page.locator(".file")).to_contain_text(f"Made from “{draft.title}”, version 2 (saved Today")
    expect(page.locator(".file")).to_contain_text("4 edits: 3 with no author named, 1 tracked by Amina.")
    expect(page.locator(".since")).to_contain_text(re.compile("1 version:.*Edited clause 3.*Li", re.DOTALL))
    expect(edits(page).locator(".title")).to_have_text(
        [
            "Reworded · Operative clause 1",
            "Deleted · Operative clause 2",
            "Reworded · Operative clause 3",
            "New · Operative clause after operative clause 3",
        ]
    )
    expect(edits(page).nth(0).locator("del, ins")).to_have_text(["young people", "children and youth"])
    expect(edits(page).nth(0)).to_contain_text("Tracked by Amina")
    expect(edits(page).nth(1).locator("del")).to_have_text(TEXTS[1])
    expect(edits(page).nth(2).locator(".part")).to_have_text(
        [re.compile("The file.*nobody.*no one"), re.compile("The draft now.*all are equal")]
    )
    expect(edits(page).nth(3).locator("ins")).to_have_text(NEW)
    expect(page.locator(".comment")).to_contain_text(re.compile(f"José.*On “We stress.*Agreed.*{re.escape(HOSTILE)}"))
    expect(page.get_by_text("3 of 4 ticked")).to_be_visible()
    expect(tick(page, "Reworded · Operative clause 3")).not_to_be_checked()
    screens.sound(page)

    page.get_by_role("button", name="None").click()
    expect(page.get_by_role("button", name="Approve")).to_be_disabled()
    page.get_by_role("button", name="All without a conflict").click()
    expect(page.get_by_text("3 of 4 ticked")).to_be_visible()
    tick(page, "Deleted · Operative clause 2").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Approve 2 edits").press("Enter")
    expect(page.get_by_text("2 of 4 edits approved: the draft is at version 4.")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    expect(edits(page)).to_have_count(2)
    expect(page.get_by_text("0 of 2 ticked")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Undone: the draft is at version 3 again.")).to_be_visible()
    expect(page.get_by_text("2 of 4 ticked")).to_be_visible()
    page.get_by_role("button", name="Approve 2 edits").click()
    expect(page.get_by_text("the draft is at version 5.")).to_be_visible()
    screens.sound(page)

    page.get_by_role("link", name="Open the draft").click()
    approved = [
        "We urge States to prevent crime among children and youth",
        TEXTS[1],
        "We stress that all are equal",
        NEW,
    ]
    until(page, approved)
    page.get_by_role("button", name="Undo").click()
    until(page, [*TEXTS[:2], "We stress that all are equal"])


def test_a_draft_that_moved_on_between_the_list_and_the_approval_is_never_overwritten(screens: Screens) -> None:
    draft = a_draft(screens, "Moved on")
    page = back_in(screens, draft)
    upload(page, "edited.docx", edited_export(draft))
    expect(page.get_by_text("4 of 4 ticked")).to_be_visible()
    tick(page, "Deleted · Operative clause 2").uncheck()
    screens.store.save(edit_text(draft, "o1", "We urge nobody"), "Edited clause 1", base=2, author="Li")
    page.get_by_role("button", name="Approve 3 edits").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was approved. Li changed the draft: Edited clause 1.")
    assert screens.store.load(draft.id).revision == 3
    expect(page.get_by_text("2 of 4 ticked")).to_be_visible()
    expect(tick(page, "Reworded · Operative clause 1")).not_to_be_checked()
    expect(tick(page, "Deleted · Operative clause 2")).not_to_be_checked()
    screens.sound(page)
    tick(page, "Reworded · Operative clause 1").check()
    page.get_by_role("button", name="Approve 3 edits").click()
    expect(page.get_by_text("3 of 4 edits approved: the draft is at version 4.")).to_be_visible()
    assert [clause.text for clause in screens.store.load(draft.id).clauses] == [
        "We urge States to prevent crime among children and youth",
        TEXTS[1],
        "We stress that no one is above the law",
        NEW,
    ]


FOREIGN = (
    "Recalling the Doha Declaration,",
    "1. We resolve to strengthen international cooperation against cybercrime, including electronic evidence.",
    f"2. The quick brown fox jumps over the lazy dog {HOSTILE}.",
)


def test_a_file_of_somebody_else_becomes_a_new_draft_that_cites_what_was_ticked_and_nothing_else(
    screens: Screens,
) -> None:
    document = docx.Document()
    for text in FOREIGN:
        document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    page = screens.context.new_page()
    page.goto(f"{screens.server.url}drafts")
    settled(page, page.get_by_role("button", name="Say who you are"))
    page.get_by_role("link", name="Word file back in").click()
    expect(page.get_by_role("heading", name="Word file back in")).to_be_visible()
    name = f"zero draft {screens.width}.docx"
    upload(page, name, made.getvalue())
    expect(page.locator(".file")).to_contain_text("It does not say that it was made from a draft here.")
    expect(page.locator(".file")).to_contain_text("3 clauses: 1 preambular, 2 operative")
    expect(page.get_by_role("progressbar", name="Search for the closest sources")).to_be_hidden(timeout=40_000)
    offers = page.get_by_role("list", name="Closest sources of operative clause 1.").get_by_role("listitem")
    expect(offers).to_have_count(3)
    expect(offers.first).to_contain_text(re.compile("Congress.*(Close|Partial) match.*A/CONF"))
    expect(page.locator(".clause").last).to_contain_text(HOSTILE)
    expect(page.locator(".clause").last).to_contain_text("No passage of the reports comes close to this clause.")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    screens.sound(page)
    box = offers.first.get_by_role("checkbox")
    cite = (box.get_attribute("aria-label") or "").removeprefix("Cite ")
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("1 source ticked")).to_be_visible()
    page.get_by_role("button", name="Make a new draft of it").click()
    expect(clauses(page)).to_have_count(3)
    expect(page.get_by_role("link", name=cite)).to_be_visible()
    (summary,) = (each for each in screens.store.drafts() if each.title == name.removesuffix(".docx"))
    expect(page).to_have_url(f"{screens.server.url}?draft={summary.id}")
    assert [
        [citation.cite() for citation in clause.citations] for clause in screens.store.load(summary.id).clauses
    ] == [
        [],
        [cite],
        [],
    ]


def test_a_bad_file_is_refused_in_a_sentence_and_an_unedited_one_is_said_to_be(
    screens: Screens, tmp_path: Path
) -> None:
    draft = a_draft(screens, "Unedited")
    page = back_in(screens, draft)
    upload(page, "declaration.docx", b"%PDF-1.7 <b>")
    expect(page.get_by_role("alert")).to_have_text(re.compile("^This is a PDF"))
    screens.sound(page)
    large = tmp_path / "large.docx"
    large.write_bytes(b"PK\x03\x04".ljust(50 * 2**20, b"\0"))
    chosen(page, large.name, large)
    expect(page.get_by_role("alert")).to_have_text(re.compile("larger than 20 MB.*Take the pictures out"))
    huge = tmp_path / "huge.docx"
    with huge.open("wb") as file:
        file.truncate(65 * 2**20)
    page.locator("input[type=file]").set_input_files(huge)
    unsent = page.get_by_text("huge.docx was not sent. A Word file may have up to 20 MB")
    expect(unsent).to_be_visible()
    screens.sound(page)
    page.get_by_role("button", name="Remove huge.docx").click()
    expect(unsent).to_have_count(0)
    upload(page, "<i> $x$ &amp;.docx", docx_bytes(draft)[0])
    expect(
        page.get_by_text("Nothing was edited in this file: it says what version 2 of the draft says.")
    ).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    screens.sound(page)
    assert screens.store.load(draft.id).revision == 2


def test_a_file_that_was_sent_around_leads_nobody_from_elsewhere_to_its_draft(
    chromium: Browser, watch: Watch, desk_server: DeskServer
) -> None:
    context = new_context(chromium, watch, extra_http_headers={"X-Forwarded-For": "192.0.2.7"})
    elsewhere = Screens(context, desk_server, DraftStore(desk_server.drafts), 1440)
    draft = a_draft(elsewhere, "Sent around")
    elsewhere.store.rename(draft.id, "Renamed since")
    page = context.new_page()
    page.goto(f"{desk_server.url}import")
    upload(page, "edited.docx", edited_export(draft))
    expect(page.locator(".file")).to_contain_text("a draft that was not opened in this browser")
    expect(page.get_by_role("button", name="Make a new draft of it")).to_be_visible()
    expect(page.get_by_role("combobox", name="Take it as")).to_have_count(0)
    expect(page.get_by_text("Renamed since")).to_have_count(0)
    assert draft.id not in page.content()
    page = back_in(elsewhere, draft)
    upload(page, "edited.docx", edited_export(draft))
    expect(page.get_by_text("4 of 4 ticked")).to_be_visible()
    context.close()
