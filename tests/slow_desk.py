"""Run the app with a model that waits and a search that takes its time, as on a slow machine.

A script for a process of its own, used like `python -m streamlit`. The model is loaded once the file that DESK_GATE
names exists, and each search takes DESK_DELAY seconds longer.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import index.query_encoder
import index.search
from index.encoder import Encoder

_searched = index.search.Searcher.search
_loaded = index.query_encoder.query_encoder


def _search(*args: Any, **kwargs: Any) -> index.search.SearchResult:  # noqa: ANN401 - the arguments pass through
    time.sleep(float(os.environ["DESK_DELAY"]))
    return _searched(*args, **kwargs)


def _load(*args: Any, **kwargs: Any) -> Encoder:  # noqa: ANN401 - the arguments pass through
    while not Path(os.environ["DESK_GATE"]).exists():
        time.sleep(0.05)
    return _loaded(*args, **kwargs)


if __name__ == "__main__":
    from streamlit.web.cli import main

    setattr(index.search.Searcher, "search", _search)  # noqa: B010 - mypy allows no assignment to a method
    index.query_encoder.query_encoder = _load
    sys.exit(main())
