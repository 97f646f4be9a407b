"""The strips beneath the list of meetings: calling one, and opening it with those who are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from desktop.domain.conferences import (
    CONFERENCE_KIND,
    FEWEST_MEMBERS,
    ConferenceInput,
    ConferenceKind,
    ConferenceMember,
)
from desktop.domain.ids import new_id
from desktop.domain.office import StaffRow
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_KINDS = tuple(Choice(code=kind.value, label=label) for kind, label in CONFERENCE_KIND.items())
_WHO = "職員を選ぶか、外部の人の名前を入れて、Enterで加えます。"


class CallForm(SmallForm):
    """Calls a meeting for a day; `entered` carries a ConferenceInput."""

    entered = Signal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        self.kind = ChoiceField("会議", _KINDS, required=True)
        self.planned_on = DateField("日", today=today, required=True)
        self.place = TextField("場所")
        super().__init__(
            "call_conference",
            "招集",
            {"会議(&K)": self.kind, "日(&D)": self.planned_on, "場所(&L)": self.place},
        )
        self._today = today
        self._conference_id = new_id()

    def ask(self) -> None:
        """Begin with the meeting of today that decides groups."""
        self._conference_id = new_id()
        self.begin("会議の日を決めます。議題はそのあとで加えます。")
        self.kind.show_value(ConferenceKind.WORK_ABILITY.value)
        self.planned_on.show_value(self._today())
        self.place.show_value(None)
        self.planned_on.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        kind = reader.read("kind", self.kind)
        day = reader.read("planned_on", self.planned_on)
        place = reader.read("place", self.place) or ""
        reader.finish()
        if kind and day:
            self.entered.emit(
                ConferenceInput(
                    conference_id=self._conference_id,
                    kind=ConferenceKind(kind),
                    planned_on=day,
                    place=place,
                )
            )


class HoldForm(SmallForm):
    """Gathers who is there: Enter adds one, Ctrl+Enter opens; `held` carries the conference's id and the members."""

    held = Signal(object, object)

    def __init__(self) -> None:
        self.person = ChoiceField("職員", ())
        self.outside = TextField("外部の人")
        self.role = TextField("役職・立場")
        super().__init__(
            "hold_conference",
            "出席者に加える",
            {"職員(&S)": self.person, "外部の人(&O)": self.outside, "役職・立場(&R)": self.role},
        )
        self._conference_id: UUID | None = None
        self._known: dict[str, StaffRow] = {}
        self.members: tuple[ConferenceMember, ...] = ()
        self.said = named(Paragraph(), "members_said")
        self.hold_button = named(QPushButton("開会する（Ctrl+Enter）"), "hold_act")
        self.drop_button = named(QPushButton("最後の人を外す（Ctrl+Z）"), "drop_member")
        self._add_row()

    def ask(self, conference_id: UUID, people: Sequence[StaffRow], me: UUID) -> None:
        """Begin with whoever opens the meeting."""
        self._conference_id = conference_id
        self._known = {str(person.staff_id): person for person in people}
        self.person.set_choices(
            [
                Choice(code=code, label=f"{person.name}（{person.role_label}）")
                for code, person in self._known.items()
            ]
        )
        self.members = ()
        self.begin(_WHO)
        mine = self._known.get(str(me))
        if mine is not None:
            self._add(
                ConferenceMember(staff_id=mine.staff_id, name=mine.name, role=mine.role_label)
            )
        self._again()

    @override
    def act(self) -> None:
        """Add whoever is entered."""
        reader = FormReader()
        code, outside, role = (
            reader.read(key, getattr(self, key)) or "" for key in ("person", "outside", "role")
        )
        reader.finish()
        known = self._known.get(code)
        if known is not None and all(m.staff_id != known.staff_id for m in self.members):
            self._add(
                ConferenceMember(
                    staff_id=known.staff_id, name=known.name, role=role or known.role_label
                )
            )
        elif known is None and outside.strip():
            self._add(ConferenceMember(staff_id=None, name=outside.strip(), role=role))
        self._again()

    def hold(self) -> None:
        """Hand in who is there."""
        if self._conference_id is not None and self.hold_button.isEnabled():
            self.held.emit(self._conference_id, self.members)

    def drop(self) -> None:
        """Take the last one out again."""
        self.members = self.members[:-1]
        self._say()

    def _add(self, member: ConferenceMember) -> None:
        self.members = (*self.members, member)
        self._say()

    def _again(self) -> None:
        self._say()
        self.person.show_value(None)
        self.outside.show_value(None)
        self.role.show_value(None)
        self.person.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        names = "、".join(f"{m.name}（{m.role}）" if m.role else m.name for m in self.members)
        few = len(self.members) < FEWEST_MEMBERS
        more = f"　{FEWEST_MEMBERS}人以上で開会できます。" if few else ""
        self.said.say(f"出席者{len(self.members)}人　{names}{more}")
        self.hold_button.setEnabled(not few)
        self.drop_button.setEnabled(bool(self.members))

    def _add_row(self) -> None:
        row = FlowingRow()
        row.add(self.drop_button)
        row.add(self.hold_button)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addWidget(self.said)
            layout.addWidget(row)
        self.hold_button.clicked.connect(lambda *_: self.hold())
        self.drop_button.clicked.connect(lambda *_: self.drop())
        for key, act in (("Ctrl+Return", self.hold), ("Ctrl+Z", self.drop)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
