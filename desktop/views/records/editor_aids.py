"""What helps to write an entry without typing all of it: ticks that become sentences, pay slips as a table, agencies to write to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from desktop.domain.records import ContactMethod, EntryKind
from desktop.jobs.runner import JobRunner
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.message_bar import MessageBar
from desktop.views.records.agency_door import AgencyDoor
from desktop.views.records.entry_form import EntryForm
from desktop.views.records.ports import Drafting, Material
from desktop.views.records.slip_door import SlipDoor
from desktop.views.records.structure_button import StructureButton
from desktop.views.records.tick_door import TickDoor
from desktop.views.widgets import low_for_width, named


class EditorAids:
    """At most one of them stands in the form's place; it then takes the editor's Ctrl+Enter and Esc."""

    def __init__(
        self,
        material: Material,
        form: EntryForm,
        look: Look,
        runner: JobRunner,
        *,
        drafting: Drafting | None,
        messages: MessageBar,
        on_kind: Callable[[EntryKind], object],
        on_help: Callable[[], object],
        parent: QWidget,
    ) -> None:
        self.ticks = TickDoor(material.ticks, look, form=form, parent=parent)
        self.slips = SlipDoor(material, form, runner=runner, messages=messages, parent=parent)
        self.agencies = AgencyDoor(material, form, look, on_kind=on_kind, parent=parent)
        self.structure = StructureButton(drafting, runner, form, messages)
        self.ask = named(QPushButton("聞くこと（F1）"), "visit_help")
        self.ask.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.ask.clicked.connect(lambda *_: on_help())
        self._doors = (self.ticks, self.slips, self.agencies)

    def show_kind(self, kind: EntryKind | None) -> None:
        """What to ask is for visits."""
        self.ask.setVisible(kind is not None and kind.method is ContactMethod.VISIT)

    def join(self, stack: QStackedWidget, foot: QWidget) -> QWidget:
        """Put the panels beside the editor's form; gives the row of their buttons, which flows where there is no room."""
        row = named(QWidget(), "editor_aids")
        buttons = FlowLayout(row)
        buttons.setContentsMargins(12, 0, 12, 0)
        low_for_width(row)
        for door in self._doors:
            buttons.addWidget(door.button)
            door.join(stack, foot, row)
        buttons.addWidget(self.structure)
        buttons.addWidget(self.ask)
        return row

    def take(self) -> bool:
        """Let the open one put in what it holds; False where none is open."""
        return any(door.take() for door in self._doors)

    def leave(self) -> bool:
        """Close the open one; False where none is open."""
        return any(door.leave() for door in self._doors)
