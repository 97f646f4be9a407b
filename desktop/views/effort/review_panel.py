"""The tab 事業の見直し: every programme of a fiscal year with its sheet, and 就労支援促進計画 with its result."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.era import fiscal_year, fiscal_year_label
from desktop.domain.errors import UserError
from desktop.domain.programme_reviews import (
    FIRST_YEAR,
    LAST_YEAR,
    PromotionInput,
    PromotionLine,
    ReviewInput,
    ReviewLine,
    YearReview,
)
from desktop.viewmodels.effort import PLAN, REVIEWS
from desktop.views.effort.lists import ListOf, in_a_row, key_of, read_all
from desktop.views.effort.ports import EffortPorts
from desktop.views.effort.review_forms import LineForm, SheetForm
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.number_field import NumberField
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_WIDTHS = {0: 16, 1: 4, 2: 3, 3: 3, 4: 7, 5: 8, 6: 5, 7: 5, 8: 12}
_PLAN_WIDTHS = {0: 14, 1: 5, 2: 5, 3: 6, 4: 12}
_FIVE, _SEVEN = 5, 7
_SAVED, _APPROVED = "見直しを保存しました。", "見直しを承認しました。"


class ReviewPanel(QWidget):
    """The list of programmes and the sheet of the one at hand; beneath, the promotion plan and its line at hand."""

    def __init__(self, screen: ScreenView, ports: EffortPorts) -> None:
        super().__init__()
        self._screen, self._ports = screen, ports
        self.year = NumberField(
            "年度", required=True, unit="年度", lowest=FIRST_YEAR, highest=LAST_YEAR
        )
        self.year.show_value(fiscal_year(ports.clock.today()))
        self.show_button = named(QPushButton("年度を出す（F5）"), "show_year")
        self.programmes: ListOf[ReviewLine] = ListOf(
            ports.look,
            REVIEWS,
            name="programme_years",
            label="支援事業の年度",
            widths=_WIDTHS,
            stretch=8,
            key=lambda line: line.year.programme,
        )
        self.plan: ListOf[PromotionLine] = ListOf(
            ports.look,
            PLAN,
            name="promotion_plan",
            label="就労支援促進計画",
            widths=_PLAN_WIDTHS,
            stretch=4,
            key=lambda line: line.item,
        )
        self.sheet, self.line = SheetForm(), LineForm()
        self.words = named(Paragraph(tone="muted"), "review_words")
        self.found: YearReview | None = None
        self._lay_out()
        self._connect()

    def reload(self, team_key: str) -> None:
        """Read the year; the figures are of everything in reach, whichever team is looked at."""
        del team_key
        asked = read_all(self.year)
        if asked is not None:
            self._screen.run(lambda: self._ports.reviews.year(asked[0]), self._show)

    def focus_first(self) -> None:
        """Begin in the list of programmes."""
        self.programmes.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_unsaved(self) -> bool:
        """Whether something typed would be lost."""
        return self.sheet.is_dirty or self.line.is_dirty

    def asked(self) -> tuple[int, str] | None:
        """Year and programme of the sheet that would be printed."""
        line = self.programmes.row()
        if self.found is None or line is None or line.review is None:
            return None
        return self.found.fiscal_year, line.year.programme

    def _show(self, found: YearReview) -> None:
        self.found = found
        self.words.say(
            f"{fiscal_year_label(found.fiscal_year)}。時間は推計です。費用は事業の費用で、節約の額は出しません。"
        )
        self.programmes.show(found.lines)
        self.plan.show(found.plan)
        self._show_sheet()
        self._show_line()

    def _show_sheet(self) -> None:
        line = self.programmes.row()
        if line is not None and self.found is not None:
            self.sheet.show_line(line, self.found.fiscal_year)

    def _show_line(self) -> None:
        line = self.plan.row()
        if line is not None and self.found is not None:
            self.line.show_line(line, self.found.fiscal_year)

    def _write(self, given: ReviewInput) -> None:
        self._keep(lambda: self._ports.reviews.write(given), _SAVED, self.sheet.show_refusal)

    def _approve(self, review_id: UUID) -> None:
        self._keep(
            lambda: self._ports.reviews.approve(review_id), _APPROVED, self.sheet.show_refusal
        )

    def _set_line(self, given: PromotionInput) -> None:
        self._keep(lambda: self._ports.reviews.set_line(given), _SAVED, self.line.show_refusal)

    def _keep(self, call: Callable[[], None], said: str, place: Callable[[UserError], str]) -> None:
        def kept(_: object) -> None:
            self._screen.announced.emit(said)
            self.reload("")

        def refused(error: UserError) -> None:
            rest = place(error)
            if rest:
                self._screen.messages.show_error(rest)

        self._screen.messages.clear()
        self._screen.run(call, kept, refused)

    def _lay_out(self) -> None:
        page = FollowingScroll()
        self.programmes.view.show_all_rows(_FIVE)
        self.plan.view.show_all_rows(_SEVEN)
        for part in (
            self.programmes.view,
            self.sheet,
            QLabel("就労支援促進計画と実績"),
            self.plan.view,
            self.line,
        ):
            page.add_part(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(in_a_row(form_row("年度(&Y)", self.year), self.show_button))
        layout.addWidget(self.words)
        layout.addWidget(page, 1)

    def _connect(self) -> None:
        self.show_button.clicked.connect(lambda *_: self.reload(""))
        for view, show in (
            (self.programmes.view, self._show_sheet),
            (self.plan.view, self._show_line),
        ):
            view.selectionModel().currentRowChanged.connect(lambda *_, show=show: show())
        self.sheet.entered.connect(self._write)
        self.sheet.approved.connect(self._approve)
        self.line.entered.connect(self._set_line)
        key_of(self, "F5", lambda: self.reload(""))
