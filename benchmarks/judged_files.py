"""The judged queries that a benchmark is given: pairs of files on its command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from index.evaluate import JudgedQuery, read_judged


def add_files(parser: argparse.ArgumentParser) -> None:
    """Let a command line take pairs of files."""
    parser.add_argument("files", nargs="+", type=Path, metavar="QUERIES QRELS", help="pairs of files, JSON lines")


def read_files(parser: argparse.ArgumentParser, files: list[Path]) -> list[JudgedQuery]:
    """Return the queries of all pairs; the program ends with a sentence when a file has no other beside it."""
    if len(files) % 2:
        parser.error("give a qrels file after every file of queries")
    return [query for pair in zip(files[::2], files[1::2], strict=True) for query in read_judged(*pair)]
