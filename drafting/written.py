"""A file that is whole or not there at all: what leaves the program is written beside its place and renamed."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from typing import TYPE_CHECKING

from corpus.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Write a file, replacing an older one in a single step: a reader sees the old file or the new one.

    Args:
        path: Path of the file.
        data: What it will hold.

    Raises:
        StorageError: It cannot be written; what stood at the path before is untouched.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.is_file():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise StorageError(
            f"The file {path} cannot be written: {error.strerror or error}.",
            "Export to an existing folder that you may write to and that has room, under a short file name.",
        ) from error
