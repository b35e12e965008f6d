"""Loading a folder of documents into a corpus, and saying clearly what is wrong when that can't be done.

A corpus is a folder of text files and a `sources.toml`, inside the folder or beside it. Every file of the folder must
be described there and every described file must be there: nothing is ignored in silence, because a report that was left
out looks like a region that had nothing to say. This module knows files and values, no text.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.describe import Inferred, describe
from corpus.errors import SourceError
from corpus.kinds import judge
from corpus.model import Corpus, Evidence, Genre, Passage, Source
from corpus.structure import read_document

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_FOLDER = Path(__file__).parent / "sources"
"""The documents that come with the program."""

DESCRIPTION = "sources.toml"
"""Name of the file that describes a folder of documents."""

DEFAULT_URL_BASE = "https://undocs.org/"
"""Where official documents are found: this, followed by the symbol."""

_TEXT_FIELDS = ("symbol", "title", "region", "place", "dates", "language", "url")
_FIELDS = (*_TEXT_FIELDS, "genre", "congress")
_REQUIRED = ("symbol", "title", "genre", "congress", "language")
_SYMBOL = re.compile(r"[A-Za-z0-9][A-Za-z0-9./()&-]*")


@dataclass(frozen=True, slots=True)
class Description:
    """What `sources.toml` says of one document.

    Attributes:
        file: File name inside the folder.
        stated: Values stated by hand, by the name of the field of `Source`.
        url_base: Where the official document is found, without its symbol.
    """

    file: str
    stated: Mapping[str, str | int]
    url_base: str = DEFAULT_URL_BASE


def load_corpus(folder: Path | None = None) -> Corpus:
    """Read all documents of a folder.

    Args:
        folder: Folder of documents, with `sources.toml` inside or beside it; the program's own when None.

    Returns:
        All sources in order of symbol, and their passages in the order of the documents.

    Raises:
        SourceError: The folder, its description or a document is missing, unreadable, contradictory or empty.
    """
    folder = DEFAULT_FOLDER if folder is None else folder
    descriptions = read_descriptions(folder)
    _check_listing(folder, descriptions)
    read: dict[str, tuple[Source, tuple[Passage, ...]]] = {}
    for description in descriptions:
        source, passages = read_source(folder / description.file, description)
        if source.symbol in read:
            other = read[source.symbol][0].file
            raise SourceError(
                f"{description.file} and {other} in {folder} both carry the symbol {source.symbol}.",
                f"Correct the symbol of one of them in {DESCRIPTION}, or remove one file.",
            )
        read[source.symbol] = source, passages
    ordered = [read[symbol] for symbol in sorted(read)]
    return Corpus(
        sources=tuple(source for source, _ in ordered),
        passages=tuple(passage for _, passages in ordered for passage in passages),
    )


def read_source(path: Path, description: Description) -> tuple[Source, tuple[Passage, ...]]:
    """Read one document.

    Args:
        path: The text file.
        description: What is stated of it by hand.

    Returns:
        The source and its passages in order.

    Raises:
        SourceError: The file can't be read, isn't UTF-8, has no numbered paragraph, or says something else of itself
            than the description does.
    """
    data = _read_bytes(path)
    text = _decode(data, path)
    document = read_document(text)
    if not document.entries:
        raise SourceError(
            f"{path} {'is empty' if not text.strip() else 'has no numbered paragraph'}, so nothing in it can be cited.",
            "Replace it with the text of the document, paragraph numbers included.",
        )
    inferred = describe(document, text)
    values, evidence = _settle(description, inferred, path)
    genre = Genre(str(values["genre"]))
    if genre is Genre.REGIONAL_REPORT and not values.get("region"):
        raise SourceError(f"The regional report {path} does not say which region speaks.", _state_it("region", path))
    symbol, title = str(values["symbol"]), str(values["title"])
    source = Source(
        symbol=symbol,
        title=title,
        genre=genre,
        congress=int(values["congress"]),
        region=str(values.get("region", "")),
        place=str(values.get("place", "")),
        dates=str(values.get("dates", "")),
        language=str(values["language"]),
        url=str(values.get("url", description.url_base + symbol)),
        file=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        evidence=evidence,
    )
    return source, judge(symbol, title, genre, document.entries)


def read_descriptions(folder: Path) -> tuple[Description, ...]:
    """Return what `sources.toml`, inside a folder or beside it, says of the folder's documents.

    Raises:
        SourceError: There is no such folder or description, or the description is not well formed.
    """
    if not folder.is_dir():
        raise SourceError(
            f"There is no folder of documents at {folder}.",
            "Name the folder that holds the documents and sources.toml.",
        )
    path = next((path for path in (folder / DESCRIPTION, folder.parent / DESCRIPTION) if path.is_file()), None)
    if path is None:
        raise SourceError(
            f"There is no {DESCRIPTION} in {folder} or beside it.",
            'Write one with a [[source]] table for each document: file = "NAME.txt", stated = { symbol = "A/…" }.',
        )
    try:
        table = tomllib.loads(_decode(_read_bytes(path), path))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path} is not valid TOML: {error}.", "Correct the file at that place.") from error
    return tuple(_descriptions(table, path))


def _descriptions(table: Mapping[str, object], path: Path) -> list[Description]:
    _check_keys(table, {"url_base", "source"}, path, "at the top")
    url_base = table.get("url_base", DEFAULT_URL_BASE)
    if not isinstance(url_base, str):
        raise SourceError(f"url_base in {path} is not a text.", f'Write it as url_base = "{DEFAULT_URL_BASE}".')
    entries = table.get("source")
    if not isinstance(entries, list) or not entries:
        raise SourceError(f"{path} lists no document.", "Add a [[source]] table for each file of the folder.")
    descriptions: list[Description] = []
    for number, entry in enumerate(entries, start=1):
        description = _description(entry, url_base, path, f"in source {number}")
        if any(description.file == other.file for other in descriptions):
            raise SourceError(f"{path} lists {description.file} twice.", "Remove one of the two [[source]] tables.")
        descriptions.append(description)
    return descriptions


def _description(entry: object, url_base: str, path: Path, place: str) -> Description:
    if not isinstance(entry, dict):
        raise SourceError(f"{path} has no table {place}.", "Write each document as a [[source]] table.")
    _check_keys(entry, {"file", "stated"}, path, place)
    file = entry.get("file")
    if not isinstance(file, str) or not file or Path(file).name != file:
        raise SourceError(f"{path} names no file {place}.", 'Write file = "NAME.txt", a file of the folder itself.')
    stated = entry.get("stated", {})
    if not isinstance(stated, dict):
        raise SourceError(f"stated is no table {place} of {path}.", 'Write it as stated = { symbol = "A/…" }.')
    _check_keys(stated, set(_FIELDS), path, f"in stated of {file}")
    values = {field: _stated_value(field, value, path, file) for field, value in stated.items()}
    return Description(file, values, url_base)


def _stated_value(field: str, value: object, path: Path, file: str) -> str | int:
    if field == "congress":
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        raise SourceError(f"The congress of {file} in {path} is {value!r}.", "Write its number, such as congress = 14.")
    if not isinstance(value, str):
        raise SourceError(
            f"The {field} of {file} in {path} is {value!r}, not a text.", "Write it between quotation marks."
        )
    if field == "genre" and value not in set(Genre):
        known = ", ".join(Genre)
        raise SourceError(f"The genre of {file} in {path} is {value!r}, which is unknown.", f"Write one of: {known}.")
    if field == "symbol" and not _SYMBOL.fullmatch(value):
        raise SourceError(
            f"The symbol of {file} in {path} is {value!r}, which is no document symbol.",
            "Write it as printed, such as A/CONF.234/RPM.1/1.",
        )
    return value


def _check_keys(table: Mapping[str, object], known: set[str], path: Path, place: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise SourceError(
            f"{path} has the unknown key {unknown[0]!r} {place}.",
            f"Remove it, or use one of: {', '.join(sorted(known))}.",
        )


def _check_listing(folder: Path, descriptions: tuple[Description, ...]) -> None:
    """Hold the folder against its description, both ways; hidden files are no documents."""
    try:
        present = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise SourceError(
            f"{folder} cannot be read: {error.strerror}.", "Check the permissions of the folder."
        ) from error
    listed = {description.file for description in descriptions}
    missing = sorted(listed - set(present))
    if missing:
        raise SourceError(
            f"{DESCRIPTION} lists {missing[0]}, but {folder} has no such file.",
            "Put the file there, or remove its [[source]] table.",
        )
    unlisted = [name for name in present if name not in listed and name != DESCRIPTION]
    if unlisted:
        raise SourceError(
            f"{folder} holds {unlisted[0]}, which {DESCRIPTION} does not list.",
            "Add a [[source]] table for it, or move it out of the folder.",
        )


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read: {error.strerror}.", "Check that it is a file you may read."
        ) from error


def _decode(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{path} is not UTF-8 text: byte {error.start} (line {line}) cannot be decoded.",
            "Save the document as UTF-8 and try again.",
        ) from error


def _settle(
    description: Description, inferred: Mapping[str, Inferred], path: Path
) -> tuple[dict[str, str | int], tuple[Evidence, ...]]:
    """Return each field's value and evidence; what the document says is held against what is stated by hand."""
    values: dict[str, str | int] = {}
    evidence: list[Evidence] = []
    for field in _FIELDS:
        found, stated = inferred.get(field), description.stated.get(field)
        if found is not None:
            if stated is not None and _folded(stated) != _folded(found.value):
                raise SourceError(
                    f"{path}, line {found.evidence.line}, gives the {field} as {str(found.value)!r}, "
                    f"but {DESCRIPTION} states {stated!r}.",
                    f"Correct {DESCRIPTION}, or check that this is the right document.",
                )
            values[field] = found.value
            evidence.append(found.evidence)
        elif stated is not None:
            values[field] = stated
            evidence.append(Evidence(field, inferred=False))
        elif field in _REQUIRED:
            raise SourceError(f"{path} does not state its {field}.", _state_it(field, path))
    return values, tuple(evidence)


def _folded(value: str | int) -> str:
    return " ".join(str(value).split()).casefold()


def _state_it(field: str, path: Path) -> str:
    return f"State the {field} by hand in {DESCRIPTION}, under stated of {path.name}."
