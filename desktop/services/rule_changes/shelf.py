"""The changes shipped with the program, read from `resources/help/changes/`."""

from __future__ import annotations

from functools import cache

from desktop.domain.rule_changes import RuleChange, read_change
from desktop.resources import resource_path


@cache
def shipped_changes() -> tuple[RuleChange, ...]:
    """Every change, the latest day of coming into force first: files of the program, so they are read once.

    Raises CardError, which is a bug of what was shipped.
    """
    found = [
        read_change(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(resource_path("help", "changes").glob("*.md"))
    ]
    return tuple(sorted(found, key=lambda change: change.effective_on, reverse=True))
