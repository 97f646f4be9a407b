"""Builds the screen 手引の整備."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.views.file_sections import FILE_SECTIONS
from desktop.views.help_cards.help_care_screen import HelpCareScreen
from desktop.views.navigation import SCREENS

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace

#: Sections that the case file brings itself.
OWN_SECTIONS = {"overview": "概要", "members": "世帯員", "history": "経過"}


def make_help_care_screen(workplace: Workplace) -> HelpCareScreen:
    """The screen over the services of the signed-in person."""
    services = workplace.services
    return HelpCareScreen(
        services.help_pages,
        services.help_packages,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        places=help_places(),
    )


def help_places() -> Mapping[str, str]:
    """Where a page may be shown, by what people call it: every screen, and every section of a file."""
    sections = OWN_SECTIONS | {section.key: section.title for section in FILE_SECTIONS}
    return {
        **{f"screen:{screen.key}": f"画面　{screen.title}" for screen in SCREENS},
        **{f"section:{key}": f"ファイル　{title}" for key, title in sections.items()},
    }
