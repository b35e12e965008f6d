"""Starting the app as a process of its own: Streamlit, with what must be right before it is asked.

Nothing imports `ui`; the app is a file that Streamlit runs. The address, the documents and the index are checked
first, so that a mistake is one sentence here and not a page that fails later.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser

from corpus import load_corpus
from corpus.errors import ServeError
from corpus.settings import REPOSITORY, settings
from index.opened import open_index

_APP = REPOSITORY / "ui" / "app.py"
_GRACE = 3.0  # seconds that the app has to end by itself
_PATIENCE = 60.0  # seconds until the browser is no longer opened


def run_app(address: str, port: int, *, browser: bool) -> int:
    """Run the app until it is stopped, and return its exit code.

    Args:
        address: Address to listen on.
        port: TCP port.
        browser: Whether to open a browser once the app answers, where there is a screen.

    Raises:
        RapporteurError: The documents or the index are not in order, or the address cannot be listened on.
    """
    open_index(settings().index, load_corpus(settings().corpus))
    check_address(address, port)
    options = [f"--server.address={address}", f"--server.port={port}"]
    command = [sys.executable, "-m", "streamlit", "run", str(_APP), *options]
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM)
    )  # ends the app below, not this process alone
    process = subprocess.Popen(command, cwd=REPOSITORY)  # noqa: S603 - our own interpreter and our own file
    if browser and _has_screen():
        here = "localhost" if address in {"0.0.0.0", "::"} else address  # noqa: S104 - compared, not listened on
        threading.Thread(target=_open_browser, args=(f"http://{here}:{port}",), daemon=True).start()
    try:
        return process.wait()
    except KeyboardInterrupt:  # from a terminal the app got the same signal, and ends by itself
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(_GRACE)
        return 128 + signal.SIGINT
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def check_address(address: str, port: int) -> None:
    """Raise ServeError when the address cannot be listened on.

    Args:
        address: Host name or address of this machine.
        port: TCP port.
    """
    try:
        places = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise ServeError(f"The address {address} is unknown.", "Use localhost, or 0.0.0.0.") from error
    for family, kind, protocol, _, place in places:
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(place)
            except OSError as error:
                if family == socket.AF_INET6 and len(places) > 1:
                    continue  # a machine without IPv6 still names it
                raise ServeError(
                    f"Port {port} on {address} cannot be used ({error.strerror}).",
                    f"Stop what uses it, or choose another: `python -m drafting serve --port {port % 65535 + 1}`.",
                ) from error


def _has_screen() -> bool:
    """Return whether a browser could show itself: always on macOS and Windows, with a display on others."""
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_browser(url: str) -> None:
    """Open a browser as soon as the app answers."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):  # noqa: S310 - our own address
                webbrowser.open(url)
                return
        except OSError:
            time.sleep(0.2)
