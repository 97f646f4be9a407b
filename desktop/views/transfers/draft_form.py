"""The form of a transfer: where to, since when, what goes along, and what the other office should know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.transfers import (
    TRANSFER_CONSENT,
    TransferChoices,
    TransferConsent,
    TransferInFile,
    TransferInput,
    TransferNotes,
)
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.flow_layout import FlowLayout
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.widgets import keep_height_for_width, muted_label, named

_NEW, _CHANGED = "新しい移管連絡", "移管連絡の書き直し"
_PROPOSED = "台帳の住所から {name} を選んでいます。違うときは選び直してください。"
_NO_OFFICES = "移管先の福祉事務所がまだ登録されていません。設定値「ほかの福祉事務所」で登録してから書いてください。"
_NOTES = "引継事項は、本人が同意していないとき・支援措置の世帯のときは、連絡書に印刷しません。"


class DraftForm(QWidget):
    """`saved` carries a TransferInput; `left` on Esc. Ctrl+Enter saves."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__()
        self._household_id = household_id
        self._transfer_id, self._version = new_id(), 0
        self._is_touched = False
        self._checks: dict[str, QCheckBox] = {}
        self.heading = named(QLabel(), "section_title")
        self.hint = muted_label()
        self.destination = ChoiceField("移管先", (), required=True)
        self.moved_on = DateField("転出日", today=today, required=True)
        consents = [Choice(code=c.value, label=text) for c, text in TRANSFER_CONSENT.items()]
        self.consent = ChoiceField("本人の同意", consents, required=True)
        self.consent_on = DateField("同意を得た日", today=today)
        self.enclosures = named(QWidget(), "transfer_enclosures")
        self.needs = LongTextField("支援の必要", lines=2)
        self.dangers = LongTextField("安全の注意", lines=1)
        self.agreed = LongTextField("本人との約束", lines=1)
        self.save_button = named(QPushButton("保存して決裁へ（Ctrl+Enter）"), "save_transfer")
        self.back_button = named(QPushButton("やめる（Esc）"), "leave_transfer")
        self._enclosures = FlowLayout(self.enclosures, gap=12)
        self._lay_out()
        self._connect()

    def begin(self, choices: TransferChoices, shown: TransferInFile | None) -> None:
        """Stand ready for a new transfer, or to change the one shown."""
        self._transfer_id = shown.line.transfer_id if shown else new_id()
        self._version = shown.line.version if shown else 0
        self.heading.setText(_CHANGED if shown else _NEW)
        self.destination.set_choices([Choice(code=o.code, label=o.name) for o in choices.offices])
        self._offer_enclosures(choices, frozenset(shown.enclosures if shown else ()))
        self.destination.show_value(shown.destination if shown else choices.proposed or None)
        self.moved_on.show_value(shown.line.moved_on if shown else None)
        self.consent.show_value((shown.consent if shown else TransferConsent.GIVEN).value)
        self.consent_on.show_value(shown.consent_on if shown else None)
        notes = shown.notes if shown else TransferNotes()
        self.needs.show_value(notes.needs)
        self.dangers.show_value(notes.dangers)
        self.agreed.show_value(notes.agreed)
        self.hint.setText(_hint(choices, is_new=shown is None))
        self.hint.setVisible(bool(self.hint.text()))
        self.save_button.setEnabled(True)
        self._is_touched = False
        self.destination.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_unsaved(self) -> bool:
        """Whether something was typed since it stood ready."""
        return self._is_touched

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.save_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        placed = [key for key in error.fields if isinstance(getattr(self, key, None), Field)]
        for key in placed:
            getattr(self, key).show_error(error.fields[key])
        return "" if placed else error.sentence

    def save(self) -> None:
        """Hand in what is entered; what cannot be read says so at its field."""
        if not self.save_button.isEnabled():
            return
        try:
            given = self._entered()
        except ValidationError:
            return
        self.save_button.setEnabled(False)
        self.saved.emit(given)

    def was_saved(self) -> None:
        """Nothing is unsaved any more."""
        self._is_touched = False

    def _entered(self) -> TransferInput:
        reader = FormReader()
        destination = reader.read("destination", self.destination)
        moved_on = reader.read("moved_on", self.moved_on)
        consent = reader.read("consent", self.consent)
        consent_on = reader.read("consent_on", self.consent_on)
        needs, dangers, agreed = (
            reader.read(name, field) or ""
            for name, field in (
                *(("needs", self.needs), ("dangers", self.dangers)),
                ("agreed", self.agreed),
            )
        )
        reader.finish()
        return TransferInput(
            transfer_id=self._transfer_id,
            household_id=self._household_id,
            version=self._version,
            moved_on=moved_on or date.min,
            destination=destination or "",
            consent=TransferConsent(consent or ""),
            consent_on=consent_on,
            enclosures=tuple(code for code, box in self._checks.items() if box.isChecked()),
            notes=TransferNotes(needs=needs, dangers=dangers, agreed=agreed),
        )

    def _offer_enclosures(self, choices: TransferChoices, chosen: frozenset[str]) -> None:
        for box in self._checks.values():
            self._enclosures.removeWidget(box)
            box.setParent(None)
            box.deleteLater()
        self._checks = {}
        for code, label in choices.enclosures.items():
            box = QCheckBox(label)
            box.setChecked(code in chosen)
            box.toggled.connect(self._touched)
            self._enclosures.addWidget(box)
            self._checks[code] = box
        before: QWidget = self.consent_on.editor()
        for box in self._checks.values():
            QWidget.setTabOrder(before, box)
            before = box

    def _touched(self, *_: object) -> None:
        self._is_touched = True

    def _lay_out(self) -> None:
        keep_height_for_width(self.enclosures)
        self.hint.setWordWrap(True)
        note = muted_label(_NOTES)
        note.setWordWrap(True)
        first = _form(
            ("移管先(&O)", self.destination),
            ("転出日(&D)", self.moved_on),
            ("本人の同意(&C)", self.consent),
            ("同意を得た日(&T)", self.consent_on),
        )
        second = _form(
            ("支援の必要(&N)", self.needs),
            ("安全の注意(&G)", self.dangers),
            ("本人との約束(&Y)", self.agreed),
        )
        buttons = QHBoxLayout()
        buttons.addWidget(self.heading, 1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.save_button)
        self.save_button.setProperty("primary", True)
        page = FollowingScroll()
        for part in (self.hint, first, QLabel("同封するもの"), self.enclosures, second, note):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(buttons)
        layout.addWidget(page, 1)

    def _connect(self) -> None:
        self.save_button.clicked.connect(lambda *_: self.save())
        self.back_button.clicked.connect(self.left)
        for field in (
            *(self.destination, self.moved_on, self.consent, self.consent_on),
            *(self.needs, self.dangers, self.agreed),
        ):
            field.edited.connect(self._touched)
        for key, act in (
            ("Escape", self.left.emit),
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)


def _form(*fields: tuple[str, QWidget]) -> QWidget:
    """Labelled fields under one another."""
    widget = QWidget()
    form = FormLayout(widget)
    form.setContentsMargins(0, 0, 0, 0)
    for label, field in fields:
        form.add_field(label, field)
    return widget


def _hint(choices: TransferChoices, *, is_new: bool) -> str:
    if not choices.offices:
        return _NO_OFFICES
    proposed = next((o.name for o in choices.offices if o.code == choices.proposed), "")
    return _PROPOSED.format(name=proposed) if is_new and proposed else ""
