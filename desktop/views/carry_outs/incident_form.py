"""The form of an incident (漏えい等事案, K-29): what happened, whom it concerns, what was done, and the days of the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.clock import JAPAN
from desktop.domain.era import format_date
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.leaks import INCIDENT_TEXTS, MOST_PERSONS, Incident, IncidentInput
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import FormLayout, form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.time_field import TimeField
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_HINT = "氏名は書かず、ケース番号で書きます。保存すると、法令の期限が決まります。"


class IncidentForm(QWidget):
    """`saved` carries an IncidentInput, `print_requested` the incident's id; `left` on Esc. Ctrl+S saves, Ctrl+P prints."""

    saved = Signal(object)
    print_requested = Signal(object)
    left = Signal()

    def __init__(self, now: Callable[[], datetime], *, may_decide: bool) -> None:
        super().__init__()
        self.setObjectName("incident_form")
        self._now, self._may_decide = now, may_decide
        self._shown = IncidentInput(
            incident_id=new_id(), carry_out_id=None, version=0, found_at=now(), persons=0
        )
        self.title = named(QLabel(), "section_title")
        self.terms = named(Paragraph(), "incident_terms")
        self.found_on = DateField("発覚した日", today=self._today, required=True)
        self.found_time = TimeField("時刻", required=True)
        self.persons = NumberField("本人の数", required=True, unit="人", highest=MOST_PERSONS)
        self.texts = {
            name: LongTextField(label, required=name == "summary", lines=2, most_lines=8)
            for name, label in INCIDENT_TEXTS
        }
        self.is_malicious = named(QCheckBox("不正の目的によるおそれがある(&F)"), "is_malicious")
        self.is_not_reportable = named(
            QCheckBox("委員会への報告は要らない（訳を「その他」に書きます）(&U)"),
            "is_not_reportable",
        )
        self.quick_reported_on = DateField("速報した日", today=self._today)
        self.full_reported_on = DateField("確報した日", today=self._today)
        self.save_button = named(QPushButton("保存（Ctrl+S）"), "save_incident")
        self.print_button = named(QPushButton("報告書を印刷（Ctrl+P）"), "print_incident")
        self.back_button = named(QPushButton("戻る（Esc）"), "leave_incident")
        self._lay_out()
        self._connect()

    def begin(self, carry_out_id: UUID | None, label: str, persons: int) -> None:
        """Stand ready for a new incident."""
        fresh = IncidentInput(
            incident_id=new_id(),
            carry_out_id=carry_out_id,
            version=0,
            found_at=self._now(),
            persons=persons,
        )
        self._show(fresh)
        self.title.setText(f"漏えい等の事案を報告する　{label}".rstrip())
        self.terms.say(_HINT)
        self.texts["summary"].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_incident(self, incident: Incident) -> None:
        """Show one that was reported, to be gone on with."""
        self._show(incident.given)
        self.title.setText(f"漏えい等の事案　{incident.carry_label}".rstrip())
        quick, full = format_date(incident.quick_due_on), format_date(incident.full_due_on)
        self.terms.say(f"速報の期限 {quick}　確報の期限 {full}　報告者 {incident.reported_by}")
        self.texts["summary"].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.save_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        fields = {
            **self.texts,
            "found_at": self.found_on,
            "persons": self.persons,
            "quick_reported_on": self.quick_reported_on,
            "full_reported_on": self.full_reported_on,
        }
        placed = [name for name in error.fields if name in fields]
        for name in placed:
            fields[name].show_error(error.fields[name])  # type: ignore[attr-defined]
        return "" if placed else error.sentence

    def has_unsaved(self) -> bool:
        """Whether a text differs from what was shown."""
        return any(
            field.editor().toPlainText().strip() != getattr(self._shown, name).strip()
            for name, field in self.texts.items()
        )

    def clear(self) -> None:
        """Forget what was typed: it is stored, or given up."""
        nothing: dict[str, Any] = dict.fromkeys(self.texts, "")
        self._show(replace(self._shown, **nothing))

    def _today(self) -> date:
        return self._now().astimezone(JAPAN).date()

    def _show(self, given: IncidentInput) -> None:
        self._shown = given
        at = given.found_at.astimezone(JAPAN)
        self.found_on.show_value(at.date())
        self.found_time.show_value(at.hour * 60 + at.minute)
        self.persons.show_value(given.persons)
        for name, field in self.texts.items():
            field.show_value(getattr(given, name) or None)
        self.is_malicious.setChecked(given.is_malicious)
        self.is_not_reportable.setChecked(not given.is_reportable)
        self.quick_reported_on.show_value(given.quick_reported_on)
        self.full_reported_on.show_value(given.full_reported_on)
        self.is_not_reportable.setEnabled(self._may_decide)
        for day in (self.quick_reported_on, self.full_reported_on):
            day.set_read_only(read_only=not self._may_decide)
        self.save_button.setEnabled(True)
        self.print_button.setEnabled(given.version > 0)

    def _save(self) -> None:
        if not self.save_button.isEnabled():
            return
        reader = FormReader()
        found_on = reader.read("found_at", self.found_on)
        minutes = reader.read("found_time", self.found_time)
        persons = reader.read("persons", self.persons)
        texts: dict[str, Any] = {
            name: reader.read(name, field) or "" for name, field in self.texts.items()
        }
        quick = reader.read("quick_reported_on", self.quick_reported_on)
        full = reader.read("full_reported_on", self.full_reported_on)
        try:
            reader.finish()
        except ValidationError:
            return
        start = datetime.combine(found_on or self._today(), time(), tzinfo=JAPAN)
        self.save_button.setEnabled(False)
        self.saved.emit(
            replace(
                self._shown,
                found_at=start + timedelta(minutes=minutes or 0),
                persons=persons or 0,
                is_malicious=self.is_malicious.isChecked(),
                is_reportable=not self.is_not_reportable.isChecked(),
                quick_reported_on=quick,
                full_reported_on=full,
                **texts,
            )
        )

    def _print(self) -> None:
        if self.print_button.isEnabled():
            self.print_requested.emit(self._shown.incident_id)

    def _lay_out(self) -> None:
        self.save_button.setProperty("primary", True)
        fields = QWidget()
        form = FormLayout(fields, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        for name, label in INCIDENT_TEXTS:
            form.add_field(label, self.texts[name])
        first, last = FlowingRow(), FlowingRow()
        first.add(form_row("発覚した日(&D)", self.found_on))
        first.add(form_row("時刻(&T)", self.found_time))
        first.add(form_row("本人の数(&N)", self.persons))
        last.add(form_row("速報した日(&Q)", self.quick_reported_on))
        last.add(form_row("確報した日(&W)", self.full_reported_on))
        buttons, ticks = FlowingRow(), FlowingRow()
        for button in (self.save_button, self.print_button, self.back_button):
            buttons.add(button)
        for tick in (self.is_malicious, self.is_not_reportable):
            ticks.add(tick)
        page = FollowingScroll()
        for part in (first, fields, ticks, last):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addWidget(self.terms)
        layout.addWidget(page, 1)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        self.save_button.clicked.connect(self._save)
        self.print_button.clicked.connect(self._print)
        self.back_button.clicked.connect(self.left)
        for key, act in (
            ("Ctrl+S", self._save),
            ("Ctrl+P", self._print),
            ("Escape", self.left.emit),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
