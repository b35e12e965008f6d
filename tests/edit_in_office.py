# ruff: noqa: ANN401 - what LibreOffice hands out has no types
"""Opens files in one session of LibreOffice, edits them as a person would, and saves them as Word files.

A program of its own, run with the Python that LibreOffice came with: ``edit_in_office.py PROFILE < jobs.json``. A job
is ``{"source", "target", "track", "edits": [[name, …], …]}``; the names are the functions below.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

PARAGRAPH_BREAK = 0


def value(name: str, held: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, held
    return made


def found(document: Any, words: str) -> Any:
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = words, True
    place = document.findFirst(search)
    assert place is not None, f"{words!r} is not in the document"
    return place


def paragraph(document: Any, words: str) -> Any:
    """Return a cursor over the paragraph that holds some words, without its end."""
    place = found(document, words)
    cursor = place.Text.createTextCursorByRange(place.Start)
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    return cursor


def replace(document: Any, words: str, by: str) -> None:
    found(document, words).String = by


def delete(document: Any, words: str) -> None:
    cursor = paragraph(document, words)
    cursor.goRight(1, True)
    cursor.String = ""


def add_after(document: Any, words: str, text: str) -> None:
    cursor = paragraph(document, words)
    cursor.collapseToEnd()
    cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
    cursor.Text.insertString(cursor, text, False)


def add_before(document: Any, words: str, text: str) -> None:
    cursor = paragraph(document, words)
    cursor.collapseToStart()
    cursor.Text.insertString(cursor, text, False)
    cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)


def split(document: Any, words: str) -> None:
    place = found(document, words)
    cursor = place.Text.createTextCursorByRange(place.Start)
    cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)


def join(document: Any, words: str) -> None:
    """Delete the break after a paragraph."""
    cursor = paragraph(document, words)
    cursor.collapseToEnd()
    cursor.goRight(1, True)
    cursor.String = " "


def move_up(document: Any, words: str) -> None:
    """Move a paragraph up by one, as Ctrl+Alt+Up does."""
    view = document.CurrentController
    view.ViewCursor.gotoRange(found(document, words).Start, False)
    helper = document.helper
    helper.executeDispatch(view.Frame, ".uno:MoveUp", "", 0, ())


def comment(document: Any, words: str, author: str, text: str) -> None:
    place = found(document, words)
    made = document.createInstance("com.sun.star.text.textfield.Annotation")
    made.Author, made.Content = author, text
    place.Text.insertTextContent(place, made, True)


def style(document: Any, words: str, name: str) -> None:
    paragraph(document, words).ParaStyleName = name


def delete_note(document: Any, number: int) -> None:
    note = document.Footnotes.getByIndex(number - 1)
    note.Anchor.String = ""


class _Document:
    """A document, and the helper that carries out commands of the menu."""

    def __init__(self, document: Any, helper: Any) -> None:
        self._document = document
        self.helper = helper

    def __getattr__(self, name: str) -> Any:
        return getattr(self._document, name)


EDITS = {
    each.__name__: each
    for each in (replace, delete, add_after, add_before, split, join, move_up, comment, style, delete_note)
}


def main() -> None:
    profile, jobs = sys.argv[1], json.load(sys.stdin)
    pipe = f"rapporteur{time.time_ns()}"
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo",
         f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except NoConnectException:
            time.sleep(0.5)
    else:
        raise TimeoutError("LibreOffice did not start")
    create = context.ServiceManager.createInstanceWithContext
    desktop = create("com.sun.star.frame.Desktop", context)
    helper = create("com.sun.star.frame.DispatchHelper", context)
    try:
        for job in jobs:
            document = desktop.loadComponentFromURL(job["source"], "_blank", 0, (value("Hidden", True),))
            document.RecordChanges = job["track"]
            for name, *arguments in job["edits"]:
                EDITS[name](_Document(document, helper), *arguments)
            document.storeToURL(job["target"], (value("FilterName", "MS Word 2007 XML"),))
            document.close(True)
    finally:
        desktop.terminate()
        office.wait(60)


if __name__ == "__main__":
    main()
