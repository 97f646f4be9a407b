"""The tab 担当替えをする: a day, districts with their new caseworkers, what would happen; then all of it at once or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QVBoxLayout, QWidget

from desktop.domain.era import format_date
from desktop.domain.errors import ValidationError
from desktop.domain.handovers import Candidate, HandoverDistrict, HandoverPlan, HandoverPreview
from desktop.jobs.runner import Job
from desktop.override import override
from desktop.viewmodels.handover_plans import (
    Chosen,
    candidate_label,
    chosen_columns,
    plan_of,
    rotated,
    rows_to_choose,
)
from desktop.views.dialogs import Dialogs
from desktop.views.effort.lists import ListOf, in_a_row, key_of
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_reader import FormReader
from desktop.views.handovers.fitting import rows_that_fit
from desktop.views.handovers.ports import KeepsHandovers
from desktop.views.handovers.preview_part import PreviewPart
from desktop.views.look import Look
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.screen import ScreenView
from desktop.views.support_policies.choice_row import labelled, side_by_side
from desktop.views.widgets import named

_WIDTHS = {0: 10, 1: 6, 2: 6, 3: 3}
_STRETCH, _MOST = 2, 10
_NAME_CHARACTERS = 18
_HELP = (
    "地区を選び（Shift・Ctrlで複数）、新しい担当者を選んでSで決めます。Pで内容を確かめ、Ctrl+Enterで行います。"
    "担当はその日から替わり、それまでは何も動きません。"
)
_LOOKED = "{}世帯の内容を下に示しました。"
_LEAST_TO_ROTATE = 2
_CHOOSE_MORE = "入れ替える地区を二つ以上選んでください（ShiftかCtrlと矢印、全部はCtrl+A）。"
_NO_DISTRICT = "担当替えをできる地区がありません。"


class PlanPanel(QWidget):
    """S chooses for the districts at hand, R lets them go round, D takes the choice off, P previews, Ctrl+Enter does it. `asked` carries the plan."""

    asked = Signal(object, object)

    def __init__(
        self,
        screen: ScreenView,
        port: KeepsHandovers,
        today: Callable[[], date],
        *,
        look: Look,
        dialogs: Dialogs,
    ) -> None:
        super().__init__()
        self._screen, self._port, self._dialogs = screen, port, dialogs
        self._reading: Job[tuple[tuple[HandoverDistrict, ...], tuple[Candidate, ...]]] | None = None
        self._names: dict[str, str] = {}
        self._offered_for: date | None = None
        self._looked: tuple[HandoverPlan, HandoverPreview] | None = None
        self.nothing = named(Paragraph(), "no_district")
        self.help = named(Paragraph(tone="muted"), "handover_help")
        self.day = DateField("引き継ぐ日", today=today, required=True)
        self.day.show_value(today())
        self.to = named(ChoiceField("新しい担当者", ()), "handover_to")
        self.to.editor().setMinimumContentsLength(_NAME_CHARACTERS)
        self.districts: ListOf[Chosen] = ListOf(
            *(look, chosen_columns()),
            name="handover_districts",
            label="担当替えをする地区",
            widths=_WIDTHS,
            stretch=_STRETCH,
            key=lambda row: row.district.district_id,
        )
        many = QAbstractItemView.SelectionMode.ExtendedSelection
        self.districts.view.setSelectionMode(many)
        self.preview = PreviewPart(screen, look=look)
        self.choose_button = named(QPushButton("この担当者に決める（S）"), "choose_caseworker")
        self.rotate_button = named(QPushButton("順に入れ替える（R）"), "rotate_caseworkers")
        self.clear_button = named(QPushButton("決めたのを外す（D）"), "clear_caseworker")
        self.look_button = named(QPushButton("内容を確かめる（P）"), "preview_handover")
        self.do_button = named(QPushButton("担当替えをする（Ctrl+Enter）"), "do_handover")
        self._list = FollowingScroll(gap=8)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Ask who has the districts on the day, and who there is."""
        day = self._day()
        if day is not None:
            self._offered_for = day
            self._forget()
            self._reading = self._screen.run(
                lambda: self._port.offered(day), self._offer, replaces=self._reading
            )

    def focus_first(self) -> None:
        """Begin with the districts; whoever comes back from something that was opened goes on where it stood."""
        if not self.preview.go_on():
            self.districts.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_unsaved(self) -> bool:
        """Whether somebody was chosen and nothing done yet."""
        return any(row.to_id is not None for row in self.districts.model.rows())

    def done(self) -> None:
        """It was done: begin anew."""
        rows = [Chosen(district=row.district) for row in self.districts.model.rows()]
        self.districts.show(rows)
        self.reload()

    def _day_left(self) -> None:
        """Another day may have other caseworkers."""
        if self._offered_for != self._day():
            self.reload()

    def _offer(self, found: tuple[tuple[HandoverDistrict, ...], tuple[Candidate, ...]]) -> None:
        districts, people = found
        self._names = {str(each.staff_id): each.name for each in people}
        self.to.set_choices(
            [Choice(code=str(p.staff_id), label=candidate_label(p)) for p in people]
        )
        kept = [row for row in self.districts.model.rows() if str(row.to_id) in self._names]
        self.districts.show(rows_to_choose(districts, kept))
        self._fit_rows()
        self.nothing.say("" if districts else _NO_DISTRICT)
        self._say()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        self.districts.view.show_all_rows(rows_that_fit(self.districts.view, self.height(), _MOST))

    def _day(self) -> date | None:
        reader = FormReader()
        day = reader.read("day", self.day)
        try:
            reader.finish()
        except ValidationError:
            return None
        return day

    def _choose(self, code: str | None) -> None:
        at_hand = self._at_hand()
        if not at_hand or (code is not None and code not in self._names):
            return
        to_id = UUID(code) if code is not None else None
        name = self._names[code] if code is not None else ""
        rows = [
            Chosen(district=row.district, to_id=to_id, to_name=name) if place in at_hand else row
            for place, row in enumerate(self.districts.model.rows())
        ]
        self._plan(rows)

    def _rotate(self) -> None:
        """The chosen districts go round: each gets the caseworker of the next one."""
        rows, at_hand = self.districts.model.rows(), self._at_hand()
        if len(at_hand) < _LEAST_TO_ROTATE:
            self._screen.messages.show_warning(_CHOOSE_MORE)
            return
        self._screen.messages.clear()
        self._plan(rotated(rows, at_hand, self._names))

    def _at_hand(self) -> set[int]:
        return {index.row() for index in self.districts.view.selectionModel().selectedRows()}

    def _plan(self, rows: Sequence[Chosen]) -> None:
        self.districts.show(rows)
        self._forget()

    def _chosen(self) -> str | None:
        try:
            return self.to.entered()
        except ValidationError:
            return None

    def _forget(self) -> None:
        """What was looked at is no longer what would be done."""
        self._looked = None
        self.preview.forget()
        self._say()

    def _look(self) -> None:
        day = self._day()
        if day is None or not self.look_button.isEnabled():
            return
        plan = plan_of(self.districts.model.rows(), day)
        self._screen.run(lambda: self._port.preview(plan), lambda found: self._show(plan, found))

    def _show(self, plan: HandoverPlan, found: HandoverPreview) -> None:
        self._screen.messages.clear()
        self._looked = (plan, found)
        self.preview.show_preview(found)
        self._screen.announced.emit(_LOOKED.format(found.households))
        self._say()
        self._list.follow_keyboard()

    def _say(self) -> None:
        self.look_button.setEnabled(self.has_unsaved())
        self.do_button.setEnabled(self._looked is not None and self._looked[1].is_possible)

    def _do(self) -> None:
        if self._looked is None or not self.do_button.isEnabled():
            return
        plan, found = self._looked
        sentence = f"{format_date(plan.effective_on)}から、{len(plan.moves)}地区{found.households}世帯の担当を替えます。"
        self._dialogs.confirm(
            self, sentence, "担当替えをする", lambda: self.asked.emit(plan, found)
        )

    def _lay_out(self) -> None:
        fields = [labelled("引き継ぐ日(&B)", self.day), labelled("新しい担当者(&J)", self.to)]
        for part in (
            self.help,
            side_by_side(fields),
            in_a_row(
                *(self.choose_button, self.rotate_button),
                *(self.clear_button, self.look_button),
            ),
            self.districts.view,
            self.nothing,
            self.preview,
            in_a_row(self.do_button),
        ):
            self._list.add_part(part)
        self._list.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._list)
        self.help.say(_HELP)

    def _connect(self) -> None:
        self.day.edited.connect(self._forget)
        self.day.editor().editingFinished.connect(self._day_left)
        for key, button, act in (
            ("S", self.choose_button, lambda: self._choose(self._chosen())),
            ("R", self.rotate_button, self._rotate),
            ("D", self.clear_button, lambda: self._choose(None)),
            ("P", self.look_button, self._look),
        ):
            key_of(self.districts.view, key, act)
            button.clicked.connect(lambda *_, act=act: act())
        key_of(self, "Ctrl+Return", self._do)
        key_of(self, "Ctrl+Enter", self._do)
        self.do_button.clicked.connect(lambda *_: self._do())
