"""The house rules that a machine can read: who may import whom, what no file may hold, what the docs must agree on."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from conftest import GEODATA, ROOT

from mapapp.situation import guide
from mapapp.timeline import guide as rules

PACKAGE = ROOT / "mapapp"
MODULES = sorted(PACKAGE.rglob("*.py"))
ASSETS = sorted(path for kind in ("js", "css", "html", "j2") for path in PACKAGE.rglob(f"*.{kind}"))
LEVEL = {
    "errors": 0,
    "situation": 1,
    "timeline": 2,
    "replay": 3,
    "briefing": 3,
    "exchange": 3,
    "packing": 4,
    "app": 5,
    "cli": 5,
}
HOME = {"folium": "replay", "matplotlib": "briefing", "streamlit": "app"}
"""The libraries that only one room may import."""


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_imports_go_one_way(path):
    here = room(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] in HOME:
            assert here == HOME[parts[0]], f"only {HOME[parts[0]]} imports {parts[0]}"
        if here in LEVEL and parts[0] == "mapapp" and len(parts) > 1 and parts[1] in LEVEL and parts[1] != here:
            assert LEVEL[parts[1]] < LEVEL[here], f"{here} must not import {parts[1]}"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_markup_in_python_strings(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not re.search(r"<(div|span|table|style|script|svg|b|p|h[1-6])\b", node.value), node.lineno


@pytest.mark.parametrize("path", [*MODULES, *ASSETS], ids=relative)
def test_nothing_reaches_for_the_network_or_makes_html_of_text(path):
    text = path.read_text("utf-8")
    assert not re.search(r"cdn|unpkg|jsdelivr|googleapis|@import", text)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text)


def test_the_guide_to_the_files_is_made_from_the_schema():
    assert (GEODATA / "SCHEMA.md").read_text("utf-8") == guide.markdown(), (
        "run: python -m mapapp.situation.guide geodata/SCHEMA.md"
    )


def test_the_guide_to_the_contradictions_is_made_from_the_rules():
    assert (GEODATA / "RULES.md").read_text("utf-8") == rules.markdown(), (
        "run: python -m mapapp.timeline.guide geodata/RULES.md"
    )


def pins(file: str) -> dict[str, str]:
    lines = (ROOT / file).read_text("utf-8").splitlines()
    return dict(line.lower().split("==") for line in lines if "==" in line)


def test_every_dependency_has_a_floor_and_a_pin_above_it():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    floors = dict(line.lower().split(">=") for line in project["dependencies"])
    pinned = pins("requirements.txt")
    assert floors.keys() == pinned.keys()
    for name, floor in floors.items():
        assert [int(n) for n in pinned[name].split(".")] >= [int(n) for n in floor.split(".")], name


def test_ci_runs_the_test_command_of_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = [line.strip() for line in readme.splitlines() if line.strip().startswith("python3 -m venv")]
    assert len(commands) == 2, "the README has two commands: one opens the app, one passes the tests"
    assert commands[1] in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_the_public_api_is_small_sorted_and_there():
    import mapapp

    assert mapapp.__all__ == sorted(mapapp.__all__) == sorted(mapapp._HOMES)
    for name in mapapp.__all__:
        assert getattr(mapapp, name).__doc__, name
