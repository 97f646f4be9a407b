"""Builds the screen 位置参照情報."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.places.places_screen import PlacesScreen

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace


def make_places_screen(workplace: Workplace) -> PlacesScreen:
    """The screen over the services of the signed-in person."""
    return PlacesScreen(
        workplace.services.places,
        workplace.staff,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
    )
