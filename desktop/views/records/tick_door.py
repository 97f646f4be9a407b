"""From the entry editor to its ticks: their sentences go into the parts of the form."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.ticks import TickSheet
from desktop.override import override
from desktop.views.look import Look
from desktop.views.records.entry_form import EntryForm
from desktop.views.records.panel_door import PanelDoor
from desktop.views.records.tick_panel import TickPanel


class TickDoor(PanelDoor):
    """Without a sheet nothing is offered."""

    def __init__(
        self, sheet: TickSheet | None, look: Look, *, form: EntryForm, parent: QWidget
    ) -> None:
        self.panel = TickPanel(sheet, look) if sheet is not None and sheet.subjects else None
        super().__init__(
            self.panel, form, text="チェックを文に(&C)", name="open_ticks", parent=parent
        )
        self.button.setToolTip("聞いたこと・見たことを選ぶと、出所のある文になります。")
        if self.panel is not None:
            self.panel.given.connect(self.take)
            self.panel.left.connect(self.leave)

    @override
    def begin(self) -> None:
        if self.panel is not None:
            texts = self.form.segments.texts_now()
            self.panel.begin(texts, self.form.tick_groups(), is_visit=self.form.is_visit())

    @override
    def is_ready(self) -> bool:
        return self.panel is not None and self.panel.has_all()

    @override
    def put_in(self) -> None:
        if self.panel is not None:
            changed = self.panel.board.result()
            self.form.put_in(changed, self.panel.board.sources())
            self.form.go_to(changed)
