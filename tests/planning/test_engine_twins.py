"""One source, two forms: what Cython made of it decides as the source does."""

from __future__ import annotations

import importlib
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from desktop.planning.engine_form import PARTS, is_compiled, planner_line
from tests.planning.engine_problems import KINDS

FOLDER = Path(__file__).parents[2] / "desktop" / "planning"
ABSENT = "The planner's search is not compiled here: run `python3 bootstrap.py setup`."


@pytest.fixture(scope="module")
def interpreted() -> ModuleType:
    """`desktop.planning.engine` from its source, whether or not extensions lie beside it."""
    names = [f"desktop.planning.{part}" for part in PARTS]
    kept = {name: sys.modules.pop(name, None) for name in names}
    try:
        for part, name in zip(PARTS, names, strict=True):
            loader = SourceFileLoader(name, str(FOLDER / f"{part}.py"))
            spec = spec_from_loader(name, loader)
            assert spec is not None
            sys.modules[name] = module_from_spec(spec)
            loader.exec_module(sys.modules[name])
        return sys.modules[names[-1]]
    finally:
        for name, module in kept.items():
            sys.modules.pop(name, None)
            if module is not None:
                sys.modules[name] = module


@pytest.fixture(scope="module")
def compiled() -> ModuleType:
    assert is_compiled(), ABSENT
    return importlib.import_module("desktop.planning.engine")


def test_each_form_says_which_it_is(compiled: ModuleType, interpreted: ModuleType):
    assert compiled.IS_COMPILED
    assert not interpreted.IS_COMPILED
    assert "コンパイル済み" in planner_line()


@pytest.mark.parametrize("kind", KINDS)
def test_both_forms_make_the_same_plan(kind: str, compiled: ModuleType, interpreted: ModuleType):
    problem = KINDS[kind](5)
    assert compiled.Search(problem, 7).solve(2000) == interpreted.Search(problem, 7).solve(2000)


def test_so_they_do_with_several_starts_and_children(
    compiled: ModuleType, interpreted: ModuleType, monkeypatch
):
    problem = KINDS["periodic"](6)
    for form in (compiled, interpreted):
        monkeypatch.setattr(form, "PER_CUSTOMER", 10)
        assert form.starts_for(2000, problem.customers) == 6
    assert compiled.Search(problem, 3).solve(2000) == interpreted.Search(problem, 3).solve(2000)
