"""From the entry editor to the household's agencies: the chosen one becomes the addressee of the entry."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.domain.records import ContactMethod, EntryKind, Place
from desktop.override import override
from desktop.views.look import Look
from desktop.views.records.agency_panel import AgencyPanel
from desktop.views.records.entry_form import EntryForm
from desktop.views.records.panel_door import PanelDoor
from desktop.views.records.ports import Material


class AgencyDoor(PanelDoor):
    """Offered where there are agencies. A new entry becomes one of the kind for agencies; `on_kind` is told of it."""

    def __init__(
        self,
        material: Material,
        form: EntryForm,
        look: Look,
        *,
        on_kind: Callable[[EntryKind], object],
        parent: QWidget,
    ) -> None:
        self._kind = next((kind for kind in material.kinds if _is_for_agencies(kind)), None)
        self._on_kind = on_kind
        has_any = bool(material.agencies) and self._kind is not None
        self.panel = AgencyPanel(material.agencies, look) if has_any else None
        super().__init__(self.panel, form, text="関係機関(&I)", name="open_agencies", parent=parent)
        if self.panel is not None:
            self.panel.given.connect(self.take)
            self.panel.left.connect(self.leave)

    @override
    def begin(self) -> None:
        if self.panel is not None:
            self.panel.begin()

    @override
    def is_ready(self) -> bool:
        return self.panel is not None and self.panel.chosen() is not None

    @override
    def put_in(self) -> None:
        chosen = self.panel.chosen() if self.panel is not None else None
        if chosen is None or self._kind is None:
            return
        if self.form.address(chosen.addressee, self._kind):
            self._on_kind(self._kind)


def _is_for_agencies(kind: EntryKind) -> bool:
    return kind.method is ContactMethod.AGENCY and kind.place is Place.AGENCY
