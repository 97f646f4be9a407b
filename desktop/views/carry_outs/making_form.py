"""The form of a new trip: households and purposes, when and where to, what goes along, how it is protected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.carry_outs import (
    CARRY_OUT_APPROVAL,
    CARRY_OUT_REASON,
    MOST_AREA,
    MOST_SHEETS,
    MOST_WORDS,
    CarryCandidate,
    CarryChoices,
    CarryOutInput,
    CarryOutReason,
    approval_of,
    sheets_for,
)
from desktop.domain.clock import JAPAN
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.reading_packs import is_pack
from desktop.views.carry_outs.household_rows import HouseholdRows
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import FormLayout, form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.text_field import TextField
from desktop.views.fields.time_field import TimeField
from desktop.views.inquiries.items_field import ItemsField
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_SHEET = "carry_sheet"
_LAST_MINUTE = 24 * 60 - 1
_FIELDS = frozenset({"area", "kinds", "sheets", "protection", "expires_at"})
_TO_PRINT, _TO_APPROVAL = "作成して印刷へ（Ctrl+Enter）", "作成して承認へ（Ctrl+Enter）"


class MakingForm(QWidget):
    """`made` carries a CarryOutInput; `left` on Esc. Ctrl+Enter makes the trip and goes on to its sheet."""

    made = Signal(object)
    left = Signal()

    def __init__(self, look: Look, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("carry_out_form")
        self._now = now
        self._choices: CarryChoices | None = None
        self._carry_out_id = new_id()
        self.warning = named(Paragraph(tone="warning"), "carry_blocked")
        self.households = HouseholdRows(look)
        self.reason = ChoiceField(
            "目的",
            [Choice(code=r.value, label=label) for r, label in CARRY_OUT_REASON.items()],
            required=True,
        )
        self.day = DateField("出発する日", today=self._today, required=True)
        self.at = TimeField("時刻", required=True)
        self.area = TextField("行先", required=True, longest=MOST_AREA)
        self.kinds = ItemsField(
            "持ち出すもの", when_empty="選べるものがありません。", required=True
        )
        self.sheets = NumberField("枚数", required=True, unit="枚", lowest=1, highest=MOST_SHEETS)
        self.protection = TextField("保護措置", longest=MOST_WORDS)
        self.expires_at = TimeField("閲覧パックの期限")
        self.is_masked = named(QCheckBox("氏名を略している（匿名化）(&K)"), "is_masked")
        self.goes_home = named(QCheckBox("直行・直帰する（承認が要ります）(&B)"), "goes_home")
        self.needs = named(Paragraph(), "carry_needs")
        self.act_button = named(QPushButton(_TO_PRINT), "make_carry_out")
        self.back_button = named(QPushButton("やめる（Esc）"), "leave_carry_out")
        self._lay_out()
        self._connect()

    def begin(self, choices: CarryChoices, candidates: Sequence[CarryCandidate]) -> None:
        """Stand ready for a new trip."""
        self._choices, self._carry_out_id = choices, new_id()
        self.warning.say(choices.blocked)
        self.act_button.setEnabled(not choices.blocked)
        self.households.offer(candidates, dict(choices.purposes))
        self.kinds.set_choices(
            [
                Choice(
                    code=m.code,
                    label=f"{m.label}（{m.medium}）　"
                    f"{CARRY_OUT_APPROVAL[approval_of(choices.rules, (m,), goes_home=False)]}",
                )
                for m in choices.media
                if m.is_allowed
            ]
        )
        allowed = {m.code for m in choices.media if m.is_allowed}
        self.kinds.show_value((_SHEET,) if _SHEET in allowed else None)
        self.reason.show_value(CarryOutReason.VISIT.value)
        here = self._now().astimezone(JAPAN)
        self.day.show_value(here.date())
        self.at.show_value(here.hour * 60 + here.minute)
        self.area.show_value(choices.area[:MOST_AREA] or None)
        self.sheets.show_value(1)
        self.is_masked.setChecked(True)
        self.goes_home.setChecked(False)
        self._show_kinds()
        self.households.finder.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.act_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        placed = 0
        for name, sentence in error.fields.items():
            if name in _FIELDS:
                getattr(self, name).show_error(sentence)
            elif name == "items":
                self.households.show_error(sentence)
            elif name == "leaving_at":
                self.day.show_error(sentence)
            else:
                continue
            placed += 1
        return "" if placed else error.sentence

    def has_unsaved(self) -> bool:
        """Whether households were chosen and nothing was made of them."""
        return bool(self.households.items())

    def clear(self) -> None:
        """Forget what was chosen: it is stored, or given up."""
        self.households.offer((), {})

    def _today(self) -> date:
        return self._now().astimezone(JAPAN).date()

    def _count(self) -> None:
        """As many sheets as the households take are proposed; a pack is one file."""
        sheets = 1 if self._is_pack() else max(sheets_for(len(self.households.items())), 1)
        self.sheets.show_value(sheets)

    def _is_pack(self) -> bool:
        return is_pack(self.kinds.ticked())

    def _show_expiry(self) -> None:
        """A pack is asked until when it opens: as long as the office allows is proposed, but not past midnight."""
        packs = self._choices.packs if self._choices else None
        shown = packs is not None and self._is_pack()
        if packs is not None and shown and not self._expiry.isVisibleTo(self):
            leaving = self._at_minutes()
            self.expires_at.show_value(min(leaving + packs.most_hours * 60, _LAST_MINUTE))
            self.is_masked.setChecked(False)
        self._expiry.setVisible(shown)
        self.act_button.setText(_TO_APPROVAL if shown else _TO_PRINT)
        if not shown:
            self.expires_at.show_value(None)

    def _at_minutes(self) -> int:
        try:
            return self.at.entered() or 0
        except ValidationError:
            return 0

    def _show_kinds(self) -> None:
        """The protection that the decision table asks for, and whose word the trip needs."""
        if self._choices is None:
            return
        chosen = self.kinds.ticked()
        media = [m for m in self._choices.media if m.code in chosen]
        words = dict.fromkeys(w for m in media for w in m.protection.split("・") if w)
        self.protection.show_value("・".join(words) or None)
        self._show_expiry()
        self._count()
        self._show_needs()

    def _show_needs(self) -> None:
        if self._choices is None:
            return
        chosen = self.kinds.ticked()
        media = [m for m in self._choices.media if m.code in chosen]
        word = approval_of(self._choices.rules, media, goes_home=self.goes_home.isChecked())
        self.needs.say(f"この持出しの承認：{CARRY_OUT_APPROVAL[word]}" if media else "")

    def _act(self) -> None:
        if not self.act_button.isEnabled():
            return
        reader = FormReader()
        reason = reader.read("reason", self.reason)
        day = reader.read("leaving_at", self.day)
        minutes = reader.read("at", self.at)
        area = reader.read("area", self.area)
        kinds = reader.read("kinds", self.kinds)
        sheets = reader.read("sheets", self.sheets)
        protection = reader.read("protection", self.protection)
        until = reader.read("expires_at", self.expires_at) if self._is_pack() else None
        try:
            reader.finish()
        except ValidationError:
            return
        start = datetime.combine(day or self._today(), time(), tzinfo=JAPAN)
        self.act_button.setEnabled(False)
        self.made.emit(
            CarryOutInput(
                carry_out_id=self._carry_out_id,
                reason=CarryOutReason(str(reason)),
                leaving_at=start + timedelta(minutes=minutes or 0),
                area=area or "",
                kinds=kinds or (),
                sheets=sheets or 0,
                protection=protection or "",
                is_masked=self.is_masked.isChecked(),
                goes_home=self.goes_home.isChecked(),
                items=self.households.items(),
                expires_at=self._until(start, minutes or 0, until),
            )
        )

    def _until(self, day: datetime, leaving: int, until: int | None) -> datetime | None:
        """The instant of a time of day after leaving: past midnight it is the next day's."""
        if until is None:
            return None
        return day + timedelta(days=until <= leaving, minutes=until)

    def _lay_out(self) -> None:
        self.act_button.setProperty("primary", True)
        short, long = FlowingRow(), FlowingRow()
        for label, field in (
            *(("目的(&M)", self.reason), ("出発する日(&D)", self.day), ("時刻(&T)", self.at)),
            ("枚数の合計(&N)", self.sheets),
        ):
            short.add(form_row(label, field))
        wide = self.fontMetrics().horizontalAdvance("国") * 24
        for label, line in (
            ("行先（地区・施設。氏名は書きません）(&A)", self.area),
            ("保護措置(&G)", self.protection),
        ):
            line.editor().setMinimumWidth(wide)
            long.add(form_row(label, line))
        kinds = QWidget()
        form = FormLayout(kinds, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("持ち出すもの（矢印とSpaceで選びます）(&I)", self.kinds)
        self._expiry = form_row(
            "閲覧パックの期限（この時刻を過ぎると開けません）(&E)", self.expires_at
        )
        self._expiry.hide()
        ticks, buttons = FlowingRow(), FlowingRow()
        for widget in (self.is_masked, self.goes_home):
            ticks.add(widget)
        for button in (self.act_button, self.back_button):
            buttons.add(button)
        page = FollowingScroll()
        title = named(QLabel("新しい持出し"), "section_title")
        for part in (
            title,
            self.warning,
            self.households,
            short,
            long,
            kinds,
            self._expiry,
            ticks,
            self.needs,
            buttons,
        ):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)

    def _connect(self) -> None:
        self.households.changed.connect(self._count)
        self.kinds.edited.connect(self._show_kinds)
        self.goes_home.toggled.connect(lambda *_: self._show_needs())
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
