"""What the file says of itself: title, language, which revision of which draft it holds, and which kind of copy it is.

The id of a draft is the key to editing it, and the file goes to everybody: so the file carries a fingerprint of the id,
which tells the program that holds the draft which one it is, and tells nobody else anything.
"""

from __future__ import annotations

import hashlib
from datetime import UTC
from html import escape
from typing import TYPE_CHECKING, Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from drafting.word.styles import LANGUAGE

if TYPE_CHECKING:
    from datetime import datetime

    from docx.document import Document

    from drafting.model import Draft
    from drafting.word.options import Copy

FINGERPRINT_PROPERTY: Final = "RapporteurDraft"
REVISION_PROPERTY: Final = "RapporteurRevision"
COPY_PROPERTY: Final = "RapporteurCopy"
CLEAN, NEGOTIATING, ANNOTATED, TRACKED = "clean", "negotiating", "annotated", "tracked"
_UNTITLED: Final = "Untitled draft"

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def fingerprint(draft_id: str) -> str:
    """Return 16 hexadecimal digits that tell a draft from others and do not lead back to its id."""
    return hashlib.sha256(draft_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def kind_of(copy: Copy) -> str:
    """Return which kind of copy a file is, in words: the text that it holds, then what stands beside the text."""
    text = NEGOTIATING if copy.negotiating else CLEAN
    return " ".join([text, *[ANNOTATED] * copy.annotated, *[TRACKED] * (copy.since is not None)])


def set_properties(document: Document, draft: Draft, copy: Copy, title: str, when: datetime | None) -> None:
    """Replace the properties that the template brought along.

    Args:
        document: The document.
        draft: The draft it holds.
        copy: Which copy of it.
        title: Title as printed; may be empty.
        when: Time of making; None states none.
    """
    set_title(document, title or _UNTITLED, when)
    _replace(
        document, "custom", RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, CONTENT_TYPE.OFC_CUSTOM_PROPERTIES,
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f'<property fmtid="{_CUSTOM_FORMAT}" pid="2" name="{FINGERPRINT_PROPERTY}">'
        f"<vt:lpwstr>{fingerprint(draft.id)}</vt:lpwstr></property>"
        f'<property fmtid="{_CUSTOM_FORMAT}" pid="3" name="{REVISION_PROPERTY}">'
        f"<vt:i4>{draft.revision}</vt:i4></property>"
        f'<property fmtid="{_CUSTOM_FORMAT}" pid="4" name="{COPY_PROPERTY}">'
        f"<vt:lpwstr>{kind_of(copy)}</vt:lpwstr></property></Properties>",
    )  # fmt: skip


def set_title(document: Document, title: str, when: datetime | None) -> None:
    """Replace the properties that the template brought along in a document that holds no draft.

    Args:
        document: The document.
        title: Title as printed.
        when: Time of making; None states none.
    """
    _replace(document, "core", RELATIONSHIP_TYPE.CORE_PROPERTIES, CONTENT_TYPE.OPC_CORE_PROPERTIES, _core(title, when))
    _replace(
        document, "app", RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
        f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>Rapporteur</Application></Properties>',
    )  # fmt: skip


def _core(title: str, when: datetime | None) -> str:
    stamp = timestamp(when) if when else ""
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>'
        for name in ("created", "modified")
        if when
    )
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{LANGUAGE}</dc:language>{times}"
        "</cp:coreProperties>"
    )


def timestamp(when: datetime) -> str:
    """Return a time as Word files state it; UTC when it names no zone."""
    utc = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ")


def _replace(document: Document, name: str, relationship_type: str, content_type: str, xml: str) -> None:
    """Put a part of the docProps folder in the place of the template's."""
    package = document.part.package
    for identifier, relationship in list(package.rels.items()):
        if relationship.reltype == relationship_type:
            del package.rels[identifier]
    part = Part(PackURI(f"/docProps/{name}.xml"), content_type, (_DECLARATION + xml).encode(), package)
    package.relate_to(part, relationship_type)
