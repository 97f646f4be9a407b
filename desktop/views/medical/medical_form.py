"""A form of the medical section: fields one under another, one act, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import UserError, ValidationError
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.support_policies.peeking import peek
from desktop.views.widgets import named

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSpec:
    """What a form is: its title, what it says above, its fields by name, and what becomes of the values.

    `labels` are the fields' labels; `save` stores what `make` made of the values, off the UI thread; `done` is said then.
    """

    title: str
    help: str
    act: str
    fields: Mapping[str, Field[Any]]
    labels: Mapping[str, str]
    make: Callable[[Values], Any]
    save: Callable[[Any], None]
    done: str


class MedicalForm(QWidget):
    """Made anew for each use. `recorded` carries what was made of the values; `left` on Esc."""

    recorded = Signal(object)
    left = Signal()

    def __init__(self, spec: FormSpec) -> None:
        super().__init__()
        self.setObjectName("medical_form")
        self.spec = spec
        self._begun: Values = {}
        self.what = named(Paragraph(tone="muted"), "medical_help")
        self.act_button = named(QPushButton(f"{spec.act}（Ctrl+Enter）"), "record_medical")
        self.back_button = named(QPushButton("やめる（Esc）"), "leave_medical")
        self._page = FollowingScroll()
        self._lay_out()
        self._connect()

    def begin(self) -> None:
        """Stand ready: what the fields hold now is what they began with."""
        self._begun = self._peeked()
        self.what.say(self.spec.help)
        first = next(iter(self.spec.fields.values()))
        first.editor().setFocus(Qt.FocusReason.OtherFocusReason)
        self._page.verticalScrollBar().setValue(0)  # the title is read first

    def has_unsaved(self) -> bool:
        """Whether something was typed since it began."""
        return self._peeked() != self._begun

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.act_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        placed = [name for name in error.fields if name in self.spec.fields]
        for name in placed:
            self.spec.fields[name].show_error(error.fields[name])
        if placed:
            self.spec.fields[placed[0]].editor().setFocus(Qt.FocusReason.OtherFocusReason)
        return "" if len(placed) == len(error.fields) and placed else error.sentence

    def act(self) -> None:
        """Read the fields and hand over what was made of them."""
        if not self.act_button.isEnabled():
            return
        reader = FormReader()
        values = {name: reader.read(name, field) for name, field in self.spec.fields.items()}
        try:
            reader.finish()
        except ValidationError:
            return
        self.act_button.setEnabled(False)
        self.recorded.emit(self.spec.make(values))

    def _peeked(self) -> Values:
        return {name: peek(field, None) for name, field in self.spec.fields.items()}

    def _lay_out(self) -> None:
        self.act_button.setProperty("primary", True)
        body = QWidget()
        form = FormLayout(body, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        for name, field in self.spec.fields.items():
            field.setObjectName(f"medical_{name}")
            if self.spec.labels[name]:
                form.add_field(self.spec.labels[name], field)
            else:  # a tick, which says what it is
                form.addRow(field)
        buttons = FlowingRow()
        buttons.add(self.act_button)
        buttons.add(self.back_button)
        page = self._page
        title = named(QLabel(self.spec.title), "section_title")
        for part in (title, self.what, body):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page, 1)
        layout.addWidget(buttons)  # always in view, however far one has scrolled

    def _connect(self) -> None:
        self.act_button.clicked.connect(self.act)
        self.back_button.clicked.connect(self.left)
        for key, act in (
            ("Ctrl+Return", self.act),
            ("Ctrl+Enter", self.act),
            ("Escape", self.left.emit),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
