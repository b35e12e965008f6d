"""Starting the app: what must be right first, a real server, and that it ends with the command that started it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from fake_encoder import FakeEncoder

from corpus.errors import ServeError
from corpus.model import Corpus
from drafting import serving
from drafting.serving import check_address
from index.build import build

ROOT = Path(__file__).parent.parent


@pytest.fixture
def taken() -> socket.socket:
    """Return a socket that listens on a port of its own."""
    return socket.create_server(("127.0.0.1", 0))


def serve(*options: str, **environment: object) -> subprocess.Popen[str]:
    settings = {name: str(value) for name, value in environment.items()}
    return subprocess.Popen(
        [sys.executable, "-m", "drafting", "serve", "--no-browser", *options],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_a_port_in_use_is_said_with_the_next_one_as_remedy(taken: socket.socket) -> None:
    with closing(taken):
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"Port {port} on 127.0.0.1 cannot be used") as raised:
            check_address("127.0.0.1", port)
        assert "Address already in use" in raised.value.problem
        assert f"serve --port {port % 65535 + 1}" in raised.value.remedy
    check_address("127.0.0.1", port)


def test_the_port_after_the_last_is_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: socket.socket, place: object) -> None:
        raise PermissionError(13, "Permission denied", str(place))

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(ServeError, match="Permission denied") as raised:
        check_address("127.0.0.1", 65535)
    assert "--port 1`" in raised.value.remedy


def test_an_address_that_nobody_knows_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ServeError, match="The address desk is unknown"):
        check_address("desk", 8501)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True), ({"DISPLAY": ""}, False)],
)
def test_a_browser_is_opened_only_where_there_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert serving._has_screen() is expected


def test_a_port_in_use_and_a_missing_index_are_one_line_each(
    tmp_path: Path, corpus: Corpus, taken: socket.socket
) -> None:
    build(corpus, FakeEncoder(window=200), tmp_path / "index")
    with closing(taken):
        port = str(taken.getsockname()[1])
        for folder, words in (("index", "cannot be used"), ("none", "There is no index")):
            options = ("--address", "127.0.0.1", "--port", port)
            with serve(*options, RAPPORTEUR_INDEX=tmp_path / folder) as process:
                output, errors = process.communicate(timeout=60)
            assert (process.returncode, output) == (1, "")
            assert errors.count("\n") == 1, errors
            assert words in errors


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_the_app_answers_and_ends_with_the_command(tmp_path: Path, corpus: Corpus, sign: signal.Signals) -> None:
    build(corpus, FakeEncoder(window=200), tmp_path / "index")
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
    places = {"RAPPORTEUR_INDEX": tmp_path / "index", "RAPPORTEUR_DRAFTS": tmp_path / "drafts.sqlite"}
    with serve("--address", "127.0.0.1", "--port", str(port), **places) as process:
        try:
            deadline = time.monotonic() + 60
            while not answers(port) and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.2)
            assert answers(port), process.poll()
            process.send_signal(sign)
            _, errors = process.communicate(timeout=30)
        finally:
            process.kill()
    assert "Traceback" not in errors
    assert not answers(port), "the app outlived its command"
