"""The ladder of verbs as a file: read, checked entry by entry, and named in every complaint.

What the rungs are used for is not known here.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.errors import StorageError

BUILT_IN = Path(__file__).with_name("ladder.toml")
"""The ladder that comes with the program."""

_REMEDY = "Repair it by the example of drafting/ladder.toml, or unset RAPPORTEUR_LADDER to use that one."


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder.

    Attributes:
        number: 1 is the strongest; several rungs may share a number.
        verbs: Verbs in the base form, with what belongs to them: "take note of".
        addressee: Whom such a verb speaks to, in words.
        reported: Words of a report that are worth this rung though their verb stands on another.
        alone: Words that are worth this rung in a sentence without any verb of the ladder.
        declaration_only: Whether resolutions have no such verb.
    """

    number: int
    verbs: tuple[str, ...]
    addressee: str = ""
    reported: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    declaration_only: bool = False


def read_rungs(path: Path) -> tuple[Rung, ...]:
    """Read the rungs of a ladder, strongest first.

    Args:
        path: A TOML file with one ``[[rung]]`` after the other.

    Raises:
        StorageError: It cannot be read, or is no ladder.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise StorageError(f"The ladder of verbs in {path} cannot be read: {reason}.", _REMEDY) from error
    return _parsed(text, str(path))


@cache
def _parsed(text: str, path: str) -> tuple[Rung, ...]:
    try:
        listed = tomllib.loads(text).get("rung")
    except tomllib.TOMLDecodeError as error:
        raise StorageError(f"The ladder of verbs in {path} is not TOML: {error}.", _REMEDY) from error
    if not isinstance(listed, list) or not listed:
        raise StorageError(f"The ladder of verbs in {path} has no [[rung]].", _REMEDY)
    rungs = [_rung(entry, position, path) for position, entry in enumerate(listed, 1)]
    return tuple(sorted(rungs, key=lambda rung: rung.number))


def _rung(entry: object, position: int, path: str) -> Rung:
    where = f"Rung {position} of the ladder of verbs in {path}"
    if not isinstance(entry, dict):
        raise StorageError(f"{where} is no table.", _REMEDY)
    unknown = set(entry) - {"number", "verbs", "addressee", "reported", "alone", "declaration_only"}
    if unknown:
        raise StorageError(f"{where} has an unknown entry “{min(unknown)}”.", _REMEDY)
    number, addressee, only = entry.get("number"), entry.get("addressee", ""), entry.get("declaration_only", False)
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise StorageError(f"{where} has no number from 1 on.", _REMEDY)
    if not isinstance(addressee, str) or not isinstance(only, bool):
        raise StorageError(f"{where}: “addressee” is a text and “declaration_only” true or false.", _REMEDY)
    verbs, reported, alone = (_words(entry.get(key, []), key, where) for key in ("verbs", "reported", "alone"))
    if not verbs:
        raise StorageError(f"{where} has no verbs.", _REMEDY)
    return Rung(number, verbs, addressee, reported, alone, only)


def _words(value: object, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise StorageError(f"{where}: “{key}” is no list of texts.", _REMEDY)
    return tuple(" ".join(word.split()) for word in value)
