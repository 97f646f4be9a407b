"""What forms of one matter have in common: fields under each other, one act, errors beside their fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import UserError, ValidationError
from desktop.override import override
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.support_policies.tab_order import WalkedForm
from desktop.views.widgets import named

Value = TypeVar("Value")


class ActForm(WalkedForm):
    """Subclasses add fields by `put` and make the input in `given`. `acted` carries it; `left` on Esc."""

    acted = Signal(object)
    left = Signal()

    def __init__(self, name: str, title: str, act: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._fields: dict[str, Field[object]] = {}
        self._is_touched = False
        self.what = named(Paragraph(), f"{name}_what")
        self.act_button = named(QPushButton(f"{act}（Ctrl+Enter）"), f"{name}_act")
        self.act_button.setProperty("primary", True)
        self.back_button = named(QPushButton("やめる（Esc）"), f"{name}_leave")
        self._form = FormLayout(labels_above=True)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._lay_out(title)
        self._connect()

    def put(self, key: str, label: str, field: Field[Value]) -> None:
        """Add a field under its label; refusals that name its key stand beside it."""
        self._fields[key] = field  # type: ignore[assignment]  # only asked for its error line
        self._form.add_field(label, field)
        field.edited.connect(self._touch)

    def show_field(self, field: Field[Value], *, is_shown: bool) -> None:
        """Show a field with its label, or take it away with what was typed in it."""
        self._form.setRowVisible(field, is_shown)
        if not is_shown:
            field.show_value(None)

    def given(self, reader: FormReader) -> object:
        """Read the fields; None where something that must be there is missing."""
        raise NotImplementedError

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.act_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        placed = [name for name in error.fields if name in self._fields]
        for name in placed:
            self._fields[name].show_error(error.fields[name])
        return "" if placed else error.sentence

    def has_unsaved(self) -> bool:
        """Whether somebody typed here since it was opened."""
        return self._is_touched

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self._fields.values():
            field.show_value(None)
        self._is_touched = False

    def ready(self, first: Field[Value]) -> None:
        """Everything stands where work begins."""
        self._is_touched = False
        self.act_button.setEnabled(True)
        first.editor().setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def stops(self) -> Sequence[QWidget]:
        # The buttons are made before the fields and stand below them.
        editors = [field.editor() for field in self._fields.values()]
        return [*editors, self.act_button, self.back_button]

    def _act(self) -> None:
        if not self.act_button.isEnabled():
            return
        reader = FormReader()
        given = self.given(reader)
        try:
            reader.finish()
        except ValidationError:
            return
        self.act_button.setEnabled(False)
        self.acted.emit(given)

    def _touch(self) -> None:
        self._is_touched = True

    def _lay_out(self, title: str) -> None:
        fields = QWidget()
        fields.setLayout(self._form)
        buttons = FlowingRow()
        buttons.add(self.act_button)
        buttons.add(self.back_button)
        page = FollowingScroll()
        for part in (named(QLabel(title), "section_title"), self.what, fields):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page, 1)
        layout.addWidget(buttons)  # always in view, however far one has scrolled

    def _connect(self) -> None:
        self.act_button.clicked.connect(self._act)
        self.back_button.clicked.connect(self.left)
        for key, act in (
            ("Ctrl+Return", self._act),
            ("Ctrl+Enter", self._act),
            ("Escape", self.left.emit),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
