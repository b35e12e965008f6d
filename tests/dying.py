"""Work on a database that is killed before each of its statements in turn, as a process of its own each time.

One interpreter is started and forked for each attempt, since starting Python hundreds of times would take minutes.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

_SCRIPT = """
import itertools, os, shutil, signal, sqlite3, sys
from pathlib import Path
from drafting import backup
from drafting.model import ClauseKind
from drafting.operations import add_clause
from drafting.store import DraftStore

folder, base, step = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])

def work(path):
    {work}

def attempt(path, statements):
    connect, left = sqlite3.connect, itertools.count(statements, -1)

    def die(statement):
        if next(left) == 0:
            print(" ".join(statement.split()), flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

    def connect_and_die(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.set_trace_callback(die)
        return connection

    sqlite3.connect = connect_and_die
    work(path)

for statements in itertools.count(0, step):
    path = folder / f"{{statements}}.db"
    if base:
        shutil.copy(base, path)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            attempt(path, statements)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        sys.exit(os.WEXITSTATUS(status))
"""


def killed_before_each_statement(
    folder: Path, work: str, base: Path | None = None, step: int = 1
) -> tuple[list[str], list[Path]]:
    """Do some work again and again, killed by SIGKILL one statement later each time, until it is done.

    Args:
        folder: Where the databases go; it is made.
        work: Python that works on the database at `path`.
        base: Database to start from; None to start from nothing.
        step: Kill before every one of that many statements.

    Returns:
        The statements before which it was killed, and the databases: one for each, and last the one that was finished.
    """
    folder.mkdir()
    script = _SCRIPT.format(work=work)
    command = [sys.executable, "-W", "error", "-c", script, str(folder), str(base or ""), str(step)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    statements = done.stdout.splitlines()
    return statements, [folder / f"{number * step}.db" for number in range(len(statements) + 1)]
