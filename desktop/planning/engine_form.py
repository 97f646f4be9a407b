"""In which form the planner's search would run here: compiled, as shipped, or interpreted. Imports none of it."""

from __future__ import annotations

from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec

#: The search's modules that are compiled (setup.py).
PARTS = ("engine_rows", "engine_state", "engine_moves", "engine")


def is_compiled() -> bool:
    """Whether Python would take the compiled form."""
    specs = [find_spec(f"desktop.planning.{part}") for part in PARTS]
    return all(
        spec is not None and str(spec.origin).endswith(tuple(EXTENSION_SUFFIXES)) for spec in specs
    )


def planner_line() -> str:
    """One line for the version text and the log."""
    if is_compiled():
        return "訪問計画の探索: コンパイル済み"
    return "訪問計画の探索: 未コンパイル（同じ計画を作りますが、100倍ほど時間がかかります）"
