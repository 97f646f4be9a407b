"""The cards shipped with the program, read from `resources/help/`."""

from __future__ import annotations

from functools import cache

from desktop.domain.help_cards import CardKind, HelpCard, read_card
from desktop.resources import resource_path


@cache
def shipped_cards() -> tuple[HelpCard, ...]:
    """Every card, kind after kind, in the order of their keys: files of the program, so they are read once.

    Raises CardError, which is a bug of what was shipped.
    """
    return tuple(
        read_card(kind, path.stem, path.read_text(encoding="utf-8"))
        for kind in CardKind
        for path in sorted(resource_path("help", kind.value).glob("*.md"))
    )
