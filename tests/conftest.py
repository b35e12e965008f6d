"""What all tests share: the documents, the real model, an index of both, and the rules every run keeps.

No test reaches a network: an attempt fails the run, whoever swallowed the error. No test is skipped where CI is set.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from corpus import load_corpus
from corpus.model import Corpus
from index.sentence_encoder import prepare_libraries

if TYPE_CHECKING:
    from index.sentence_encoder import SentenceEncoder

pytest_plugins = ["desk_fixtures", "desk_screens"]
prepare_libraries()  # before a test imports PyTorch: its threads would spin, and an encoding take many times as long

hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")

_HERE = ("127.", "::1", "localhost", "0.0.0.0", "::ffff:127.")  # noqa: S104 - compared, not listened on
_reached_for: list[str] = []


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse to look up or connect to any other machine; sockets of the file system are this machine's."""
    if event == "socket.connect":
        place = arguments[1]
        host = place[0] if isinstance(place, tuple) else ""
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if isinstance(name, str) and name and not name.startswith(_HERE):
        _reached_for.append(name)
        raise ConnectionRefusedError(f"a test reached for {name}")


sys.addaudithook(_refuse_network)

# As `index.sentence_encoder` has it; a test may be the first to import the library.
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that reached for a network, or that skipped a test where CI is set."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    skipped = len(reporter.stats.get("skipped", ()))
    if skipped and os.environ.get("CI"):
        reporter.write_line(f"{skipped} tests were skipped, and CI allows none", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if _reached_for:
        reporter.write_line(f"a test reached for a network: {', '.join(_reached_for)}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """Return the documents that come with the program."""
    return load_corpus()


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """Return the bundled model; mark the tests that use it `model`."""
    from index.sentence_encoder import SentenceEncoder

    return SentenceEncoder()


@pytest.fixture(scope="session")
def built_index(corpus: Corpus, encoder: SentenceEncoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an index of the documents, built with the bundled model from nothing."""
    from index.build import build

    folder = tmp_path_factory.mktemp("built") / "index"
    build(corpus, encoder, folder)
    return folder
