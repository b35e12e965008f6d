"""Which draft a Word file was exported from, and at which version: read from the properties that `properties` wrote.

Only that part of the file is looked at. It may come from anybody: its size is limited and no entity in it is resolved.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from docx.oxml import parse_xml

from corpus.errors import StorageError, UnknownValueError
from drafting.word.properties import FINGERPRINT_PROPERTY, REVISION_PROPERTY

if TYPE_CHECKING:
    from pathlib import Path

_PART: Final = "docProps/custom.xml"
_MOST_BYTES: Final = 2**20
_MOST_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file says of where it came from.

    Attributes:
        fingerprint: Of the id of the draft; see `drafting.word.properties.fingerprint`.
        revision: Version of the draft.
    """

    fingerprint: str
    revision: int


def origin(path: Path) -> Origin:
    """Return which draft a file was exported from.

    Raises:
        StorageError: The file cannot be read.
        UnknownValueError: It is no Word file that was exported from a draft.
    """
    try:
        with zipfile.ZipFile(path) as package:
            part = package.getinfo(_PART)
            if part.file_size > _MOST_BYTES:
                raise _not_ours(path)
            root = parse_xml(package.read(part))
    except OSError as error:
        raise StorageError(
            f"The file {path} cannot be read: {error.strerror or error}.", "Name a Word file that you may read."
        ) from error
    except (zipfile.BadZipFile, KeyError, SyntaxError, NotImplementedError, RuntimeError) as error:
        raise _not_ours(path) from error
    held = {each.get("name"): "".join(each.itertext()).strip() for each in root}
    fingerprint, revision = held.get(FINGERPRINT_PROPERTY, ""), held.get(REVISION_PROPERTY, "")
    if not fingerprint or not (revision.isascii() and revision.isdigit() and len(revision) <= _MOST_DIGITS):
        raise _not_ours(path)
    return Origin(fingerprint, int(revision))


def _not_ours(path: Path) -> UnknownValueError:
    return UnknownValueError(
        f"The file {path} does not say which version of a draft it holds.",
        "Name a Word file that was exported from this draft, or the number of a version.",
    )
