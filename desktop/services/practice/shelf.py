"""The exercises shipped with the program, read from `resources/practice/`."""

from __future__ import annotations

from functools import cache

from desktop.domain.practice import Exercise, read_exercise
from desktop.resources import resource_path


@cache
def shipped_exercises() -> tuple[Exercise, ...]:
    """Every exercise, in the order in which they are to be tried. Raises CardError, which is a bug of what was shipped."""
    found = [
        read_exercise(path.stem, path.read_text(encoding="utf-8"))
        for path in resource_path("practice").glob("*.md")
    ]
    return tuple(sorted(found, key=lambda exercise: (exercise.order, exercise.key)))
