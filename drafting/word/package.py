"""The bytes of a document, the same for the same content: python-docx stamps the time of day into the zip."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from docx.document import Document

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can state
_MADE_ON_ANY_SYSTEM: Final = 0


def package_bytes(document: Document) -> bytes:
    """Return a document as the bytes of a .docx file."""
    stamped, plain = io.BytesIO(), io.BytesIO()
    document.save(stamped)
    with zipfile.ZipFile(stamped) as parts, zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as package:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _EARLIEST)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, _MADE_ON_ANY_SYSTEM
            package.writestr(entry, parts.read(part))
    return plain.getvalue()
