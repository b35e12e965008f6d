"""A stored text in parts, so that a revision costs what was changed in it and not what the draft holds.

JSON objects inside a draft (its masthead, each clause, each citation of a clause) are taken out of the text and
replaced by their digests; a part that an earlier revision has too is the same part. What is left of a revision names
every part it needs, so reading one never goes through another revision, and a part is checked against its digest when
it is read. A whole text is a text without digests, and reads as it is. Deliberately knows nothing of what a draft is,
so that the draft may grow new members, nor of where the parts are kept.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from corpus.errors import StorageError

_DIGEST_BYTES = 16

# What stands for parts: an object with one such member. No quotation mark stands unescaped inside a JSON string, so
# these signs occur in no text that a drafter writes.
_ONE, _MANY = "=", "#"
_REFERENCE = re.compile(r'\{"([=#])":"([\w -]*)"\}', re.ASCII)

_DEEPEST = 8  # levels of parts within parts; a draft has three


@dataclass(frozen=True, slots=True)
class Parted:
    """A JSON text in parts.

    Attributes:
        text: The text with digests in place of its parts.
        parts: Each part by its digest; a part may itself name parts.
    """

    text: str
    parts: dict[str, str]


def take_apart(text: str) -> Parted:
    """Return a JSON object's text in parts.

    Args:
        text: One line of ASCII JSON without spaces between its signs, as `drafting.serial` writes it.

    Raises:
        StorageError: It is not, so that it would not come back as it was.
    """
    parts: dict[str, str] = {}
    try:
        parted = Parted(_dump(_without_objects(json.loads(text), parts)), parts)
        if put_together(parted.text, parts.__getitem__) == text:
            return parted
    except (ValueError, AttributeError, RecursionError, StorageError) as error:
        raise _not_as_written() from error
    raise _not_as_written()


def put_together(text: str, part: Callable[[str], str]) -> str:
    """Return the text that was taken apart.

    Args:
        text: The text with digests.
        part: Gives the part that has a digest; raises KeyError when there is none.

    Raises:
        StorageError: A part is missing or is not what its digest says.
    """
    return _put_together(text, part, _DEEPEST)


def _put_together(text: str, part: Callable[[str], str], levels: int) -> str:
    def whole(digest: str) -> str:
        try:
            found = part(digest)
        except KeyError as error:
            raise _damaged("is missing") from error
        if _digest(found) != digest or not levels:
            raise _damaged("is damaged")
        return _put_together(found, part, levels - 1)

    def expanded(reference: re.Match[str]) -> str:
        sign, digests = reference.groups()
        return whole(digests) if sign == _ONE else f"[{','.join(whole(digest) for digest in digests.split())}]"

    return _REFERENCE.sub(expanded, text)


def _without_objects(members: dict[str, object], parts: dict[str, str]) -> dict[str, object]:
    """Return the members of an object with digests in place of the objects among them."""

    def part(value: dict[str, object]) -> str:
        text = _dump(_without_objects(value, parts))
        digest = _digest(text)
        parts[digest] = text
        return digest

    def replaced(value: object) -> object:
        if isinstance(value, dict):
            return {_ONE: part(value)}
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            return {_MANY: " ".join(part(one) for one in value)}
        return value

    return {name: replaced(value) for name, value in members.items()}


def _digest(text: str) -> str:
    digest = blake2b(text.encode("ascii", "backslashreplace"), digest_size=_DIGEST_BYTES).digest()
    return urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _not_as_written() -> StorageError:
    return StorageError("The text is not JSON as drafts are written.", "Restore the database from a backup copy.")


def _damaged(how: str) -> StorageError:
    return StorageError(f"A part of the stored text {how}.", "Restore the database from a backup copy.")
