"""The line in which an act of support is written: kind, memo, Enter. Everything else has its usual value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.activities import (
    ACTIVITY_RESULT,
    MOST_MINUTES,
    Activity,
    ActivityInput,
    ActivityResult,
    FileActivities,
)
from desktop.domain.era import DateStyle
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.labels import PLACE
from desktop.domain.records import Place
from desktop.override import override
from desktop.viewmodels.activities import usual_partner
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.text_field import TextField
from desktop.views.fields.time_field import TimeField
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.widgets import keep_height_for_width, named

_NEW, _PUT_RIGHT, _VOID = "活動を書く", "活動の訂正", "活動の取消"
_AS_LONG_AS_SAID = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
#: Fields that keep what they show from one act to the next.
_STAY = ("person_id", "done_on")
_NEXT_CHARACTERS, _REASON_CHARACTERS = 16, 24


class EntryLine(QWidget):
    """`acted` carries an ActivityInput on Enter or Ctrl+Enter; `left` on Esc where a row is being put right."""

    acted = Signal(object)
    left = Signal()

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("entry_line")
        self._household_id, self._today = household_id, today
        self._found: FileActivities | None = None
        self._old: Activity | None = None
        self._is_void = False
        self._is_touched = False
        self._own = set[str]()
        self._activity_id = new_id()
        self.title = named(QLabel(_NEW), "entry_title")
        self.person = ChoiceField("本人", (), required=True)
        self.done_on = DateField("活動日", today=today, required=True, style=DateStyle.SHORT)
        self.kind = ChoiceField("種類", (), required=True)
        self.memo = TextField("メモ")
        self.minutes = NumberField("時間", unit="分", highest=MOST_MINUTES)
        self.partner = ChoiceField("連携先", ())
        results = [Choice(code=code, label=label) for code, label in ACTIVITY_RESULT.items()]
        self.result = ChoiceField("結果", results, required=True)
        self.next_step = TextField("次にすること", characters=_NEXT_CHARACTERS)
        self.next_due_on = DateField("期限", today=today, style=DateStyle.SHORT)
        self.step = ChoiceField("計画の取組", ())
        self.starts_at = TimeField("開始")
        places = [Choice(code=code, label=label) for code, label in PLACE.items()]
        self.place = ChoiceField("場所", places, required=True)
        self.reason = TextField("訂正・取消の理由", characters=_REASON_CHARACTERS)
        self.act_button = named(QPushButton("保存（Enter）"), "save_activity")
        self.back_button = named(QPushButton("やめる（Esc）"), "leave_correction")
        self._lay_out()
        self._connect()

    def show_choices(self, found: FileActivities) -> None:
        """Offer people, kinds, partners and steps; what is half written stays."""
        self._found = found
        self.person.set_choices(
            [Choice(code=str(each.person_id), label=each.name) for each in found.people]
        )
        self.kind.set_choices(
            [Choice(code=each.code, label=f"{each.code} {each.label}") for each in found.kinds]
        )
        self.partner.set_choices(
            [Choice(code=each.code, label=each.label) for each in found.partners]
        )
        self._offer_steps()
        if not self._is_touched:
            self.begin()

    def begin(self) -> None:
        """Stand ready for the next act; person and day stay as they were."""
        self._old, self._is_void, self._activity_id = None, False, new_id()
        self.title.setText(_NEW)
        if (
            self._found is not None
            and self._found.people
            and not self.person.editor().currentText()
        ):
            self.person.show_value(str(self._found.people[0].person_id))
        if not self.done_on.editor().text():
            self.done_on.show_value(self._today())
        for key, field in self._by_key().items():
            if key not in _STAY:
                field.show_value(None)
        self.result.show_value(ActivityResult.DONE)
        self.place.show_value(Place.NONE)
        self._stand()

    def put_right(self, old: Activity, *, is_void: bool = False) -> None:
        """Stand ready to put an act right, or to take it back."""
        self._old, self._is_void, self._activity_id = old, is_void, new_id()
        self.title.setText(_VOID if is_void else _PUT_RIGHT)
        self.person.show_value(str(old.person_id))
        self.done_on.show_value(old.done_on)
        self.kind.show_value(old.kind)
        self.memo.show_value(old.memo)
        self.minutes.show_value(old.minutes)
        self.partner.show_value(old.partner or None)
        self.result.show_value(old.result)
        self.next_step.show_value(old.next_step)
        self.next_due_on.show_value(old.next_due_on)
        self.step.show_value(str(old.step_id) if old.step_id else None)
        at = old.starts_at
        self.starts_at.show_value(None if at is None else at.hour * 60 + at.minute)
        self.place.show_value(old.place)
        self.reason.show_value(None)
        self._stand()
        (self.reason if is_void else self.kind).editor().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.act_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        fields = self._by_key()
        placed = [name for name in error.fields if name in fields]
        for name in placed:
            fields[name].show_error(error.fields[name])
        return "" if placed else error.sentence

    def has_unsaved(self) -> bool:
        """Whether an act is half written."""
        return self._is_touched

    def focus_first(self) -> None:
        """The kind, with which a line begins."""
        self.kind.editor().setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def minimumSizeHint(self) -> QSize:
        """As high as its rows flow at this width."""
        least, layout = super().minimumSizeHint(), self.layout()
        width = max(self.width(), least.width())
        high = least.height() if layout is None else layout.heightForWidth(width)
        return QSize(least.width(), max(high, least.height()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _follow(self, before: QWidget | None, _: QWidget | None) -> None:
        """The kind is left, also by Tab out of the open list of completions, of which Qt tells the line nothing."""
        if before is self.kind.editor():
            self._kind_chosen()

    def _act(self) -> None:
        if not self.act_button.isEnabled():
            return
        given = self._given()
        if given is not None:
            self.act_button.setEnabled(False)
            self.acted.emit(given)

    def _given(self) -> ActivityInput | None:
        reader = FormReader()
        person, day = reader.read("person_id", self.person), reader.read("done_on", self.done_on)
        kind, memo = reader.read("kind", self.kind), reader.read("memo", self.memo)
        minutes, partner = (
            reader.read("minutes", self.minutes),
            reader.read("partner", self.partner),
        )
        result, place = reader.read("result", self.result), reader.read("place", self.place)
        next_step = reader.read("next_step", self.next_step)
        next_due_on = reader.read("next_due_on", self.next_due_on)
        step, starts_at = (
            reader.read("step_id", self.step),
            reader.read("starts_at", self.starts_at),
        )
        reason = reader.read("reason", self.reason)
        try:
            reader.finish()
        except ValidationError:
            return None
        return ActivityInput(
            activity_id=self._activity_id,
            household_id=self._household_id,
            person_id=UUID(str(person)),
            done_on=day or self._today(),
            minutes=self._usual_minutes(str(kind)) if minutes is None else minutes,
            kind=str(kind),
            starts_at=None if starts_at is None else time(*divmod(starts_at, 60)),
            place=Place(str(place)),
            partner=partner or "",
            step_id=UUID(step) if step else None,
            result=ActivityResult(str(result)),
            memo=memo or "",
            next_step=next_step or "",
            next_due_on=next_due_on,
            replaces_id=self._old.activity_id if self._old else None,
            is_void=self._is_void,
            reason=reason or "",
        )

    def _usual_minutes(self, code: str) -> int:
        kinds = self._found.kinds if self._found else ()
        return next((kind.minutes for kind in kinds if kind.code == code), 0)

    def _kind_chosen(self) -> None:
        """The usual minutes and partner of the kind, where nobody typed others."""
        try:
            code = self.kind.entered()
        except ValidationError:
            return
        if code is None:
            return
        self.kind.show_value(code)
        if self._found is None or self._old is not None:
            return
        if "minutes" not in self._own:
            self.minutes.show_value(self._usual_minutes(code))
        person = self.person.editor().currentData()
        if "partner" not in self._own and person:
            self.partner.show_value(usual_partner(self._found, UUID(person), code) or None)

    def _offer_steps(self) -> None:
        person = self.person.editor().currentData()
        steps = self._found.steps if self._found else ()
        self.step.set_choices(
            [
                Choice(code=str(step.step_id), label=step.text)
                for step in steps
                if person is None or str(step.person_id) == person
            ]
        )

    def _stand(self) -> None:
        is_new = self._old is None
        self._reason_row.setVisible(not is_new)
        self.back_button.setVisible(not is_new)
        for key, field in self._by_key().items():
            field.clear_error()
            field.set_read_only(read_only=self._is_void and key != "reason")
        self._is_touched = False
        self._own.clear()
        self.act_button.setEnabled(True)

    def _by_key(self) -> dict[str, Field[str] | Field[int] | Field[date]]:
        return {
            "person_id": self.person,
            "done_on": self.done_on,
            "kind": self.kind,
            "memo": self.memo,
            "minutes": self.minutes,
            "partner": self.partner,
            "result": self.result,
            "next_step": self.next_step,
            "next_due_on": self.next_due_on,
            "step_id": self.step,
            "starts_at": self.starts_at,
            "place": self.place,
            "reason": self.reason,
        }

    def _lay_out(self) -> None:
        self.act_button.setProperty("primary", True)
        for box, characters in (
            (self.person, 9),
            (self.kind, 18),
            (self.partner, 18),
            (self.step, 18),
        ):
            # What they offer comes later: they do not wait for it with their width.
            box.editor().setSizeAdjustPolicy(_AS_LONG_AS_SAID)
            box.editor().setMinimumContentsLength(characters)
        first = _row(
            ("本人", self.person),
            ("活動日", self.done_on),
            ("種類（番号か名前）(&K)", self.kind),
        )
        memo = form_row("メモ(&M)", self.memo)
        then = _row(
            ("時間(&I)", self.minutes),
            ("連携先(&P)", self.partner),
            ("結果(&R)", self.result),
        )
        later = _row(("次にすること(&T)", self.next_step), ("期限(&U)", self.next_due_on))
        last = _row(
            ("計画の取組", self.step),
            ("開始", self.starts_at),
            ("場所", self.place),
        )
        self._reason_row = form_row("訂正・取消の理由", self.reason)
        last.add(self._reason_row)
        buttons = FlowingRow()
        buttons.add(self.act_button)
        buttons.add(self.back_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.title, first, memo, then, later, last, buttons):
            layout.addWidget(part)
        self._reason_row.hide()
        self.back_button.hide()
        keep_height_for_width(self)

    def _connect(self) -> None:
        self.act_button.clicked.connect(self._act)
        self.back_button.clicked.connect(self.left)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        self.kind.editor().activated.connect(self._kind_chosen)
        self.minutes.edited.connect(lambda: self._own.add("minutes"))
        self.partner.edited.connect(lambda: self._own.add("partner"))
        self.person.edited.connect(self._offer_steps)
        for text in (self.memo, self.next_step, self.reason, self.minutes, self.next_due_on):
            text.editor().returnPressed.connect(self._act)
        for field in self._by_key().values():
            field.edited.connect(self._touch)
        for key, act in (
            ("Ctrl+Return", self._act),
            ("Ctrl+Enter", self._act),
            ("Escape", self._escape),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def _escape(self) -> None:
        if self._old is not None:
            self.left.emit()

    def _touch(self) -> None:
        self._is_touched = True


def _row(*parts: tuple[str, QWidget]) -> FlowingRow:
    row = FlowingRow()
    for label, field in parts:
        row.add(form_row(label, field))
    return row
