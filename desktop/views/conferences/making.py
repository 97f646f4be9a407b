"""Builds the screen 会議・支援区分."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.conferences.conferences_screen import ConferencesScreen
from desktop.views.conferences.ports import ConferencePorts

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace


def make_conferences_screen(workplace: Workplace) -> ConferencesScreen:
    """The screen over the services of the signed-in person."""
    services = workplace.services
    ports = ConferencePorts(
        conferences=services.conferences,
        groups=services.support_groups,
        office=services.office,
        staff=workplace.staff,
        clock=workplace.clock,
        look=workplace.look,
        dialogs=workplace.dialogs,
    )
    return ConferencesScreen(ports, workplace.runner)
