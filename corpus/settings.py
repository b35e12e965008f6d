"""Where things are, and which model is used: the few settings, each an environment variable with a default.

Nothing here touches the disk. A setting is read when it is asked for, so that a test or a second process can differ.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process.

    Attributes:
        corpus: Folder of the documents, with `sources.toml` inside or beside it (``RAPPORTEUR_CORPUS``).
        index: Folder of the index (``RAPPORTEUR_INDEX``).
        drafts: Database of the drafts (``RAPPORTEUR_DRAFTS``).
        model: Path or hub name of a sentence-transformers model; empty for the bundled all-MiniLM-L6-v2
            (``RAPPORTEUR_MODEL``).
        reranker: Path or hub name of a sentence-transformers CrossEncoder that puts the best hits in order; empty for
            none (``RAPPORTEUR_RERANKER``).
        link_base: What a symbol is appended to, to link to the official document (``RAPPORTEUR_LINK_BASE``).
    """

    corpus: Path
    index: Path
    drafts: Path
    model: str
    reranker: str
    link_base: str


def settings() -> Settings:
    """Return the settings that the environment gives now."""
    return Settings(
        corpus=Path(os.environ.get("RAPPORTEUR_CORPUS") or REPOSITORY / "corpus" / "sources"),
        index=Path(os.environ.get("RAPPORTEUR_INDEX") or REPOSITORY / "data" / "index"),
        drafts=Path(os.environ.get("RAPPORTEUR_DRAFTS") or REPOSITORY / "data" / "drafts.sqlite"),
        model=os.environ.get("RAPPORTEUR_MODEL", "").strip(),
        reranker=os.environ.get("RAPPORTEUR_RERANKER", "").strip(),
        link_base=os.environ.get("RAPPORTEUR_LINK_BASE") or "https://undocs.org/",
    )
