"""Every error that Rapporteur raises on purpose, drawn in one place.

    RapporteurError
    ├── SourceError          a document cannot be read or understood
    ├── UnknownValueError    a symbol, region, kind … that the corpus does not have
    ├── QueryError           a query that cannot be searched
    ├── EncoderError         the model is missing, damaged, or not the one expected
    ├── IndexFolderError     the index is missing, damaged, or built from something else
    ├── DraftError           a draft that is missing, or a change that cannot be made to it
    │   └── ConflictError    the draft was changed elsewhere since it was shown
    ├── StorageError         a file or database cannot be read or written
    └── ServeError           the app cannot be started

Each carries two sentences: what is wrong and where, and what to do about it.
"""

from __future__ import annotations


class RapporteurError(Exception):
    """Base of every expected error.

    Attributes:
        problem: What is wrong, and where, as one sentence.
        remedy: What the user can do, as one sentence.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy


class SourceError(RapporteurError):
    """A document cannot be read or understood."""


class UnknownValueError(RapporteurError):
    """A symbol, region, congress, kind or genre that the corpus does not have."""


class QueryError(RapporteurError):
    """A query that cannot be searched."""


class EncoderError(RapporteurError):
    """The model is missing, damaged, or not the one expected."""


class IndexFolderError(RapporteurError):
    """The index folder is missing, damaged, or built from another model or corpus."""


class DraftError(RapporteurError):
    """A draft that does not exist, or a change that cannot be made to it."""


class ConflictError(DraftError):
    """The draft was changed elsewhere since it was shown; nothing was overwritten."""


class StorageError(RapporteurError):
    """A file, folder or database that cannot be read or written."""


class ServeError(RapporteurError):
    """The app cannot be started."""
