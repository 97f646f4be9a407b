"""What 改正の窓 is made of."""

from __future__ import annotations

from desktop.views.file_sections import FILE_SECTIONS
from desktop.views.navigation import SCREENS
from desktop.views.rule_changes.changes_screen import ChangesScreen
from desktop.views.screen import ScreenView
from desktop.views.workplace import Workplace

#: Sections that the case file brings itself.
_OWN_SECTIONS = {"overview": "概要", "members": "世帯員", "history": "履歴"}


def make_changes_screen(workplace: Workplace) -> ScreenView:
    """The changes, with the cards of the help that they lead to."""
    services = workplace.services
    return ChangesScreen(
        services.rule_changes,
        services.help_cards,
        workplace.runner,
        workplace.changes,
        look=workplace.look,
        today=workplace.clock.today,
        place_title=place_title,
    )


def place_title(place: str) -> str:
    """How a place of the program (`screen:papers`, `section:members`) is called; "" where there is none."""
    kind, _, key = place.partition(":")
    titles = {screen.key: screen.title for screen in SCREENS}
    if kind == "section":
        titles = {**_OWN_SECTIONS, **{section.key: section.title for section in FILE_SECTIONS}}
    return titles.get(key, "")
