"""Collects the characters of a print that no font could draw as written."""

from __future__ import annotations

from desktop.reports.fonts import FontRole, FontSet
from desktop.reports.rendered import MissingCharacter


class MissingLog:
    """Each character once for each place, in the order of the paper."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self._found: dict[tuple[str, str], MissingCharacter] = {}

    def check(self, place: str, text: str, role: FontRole = FontRole.MINCHO) -> None:
        """Note what of a text cannot be drawn."""
        for character, drawn in self._fonts.missing(text, role):
            found = MissingCharacter(place=place, character=character, drawn=drawn)
            self._found.setdefault((place, character), found)

    def result(self) -> tuple[MissingCharacter, ...]:
        """Everything noted so far."""
        return tuple(self._found.values())
