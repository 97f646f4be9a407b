"""支援要請 of one household: requests to Hello Work, what came back, the letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.activity_forms import ReferralAsked
from desktop.domain.referrals import FileReferrals, Referral
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.referrals import referral_columns, told
from desktop.viewmodels.rows import RowTableModel
from desktop.views.activities.act_section import ActSection, MakesPaper
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.referrals.ports import ReferralsOfFiles
from desktop.views.referrals.referral_forms import ReferralForm, ReferralStepForm
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 8, 1: 8, 2: 10, 3: 18, 4: 18}
_STRETCH = 3
_MOST_ROWS = 8
_EMPTY = "この世帯のハローワークへの支援要請はまだありません。本人の同意を得てから「要請を書く（N）」で始めます。"
_EMPTY_TO_READ = "この世帯のハローワークへの支援要請はありません。"


class FileReferralsView(ActSection):
    """Arrow keys go through the requests. N writes one, D notes what came back, P prints the letter."""

    def __init__(
        self,
        household_id: UUID,
        referrals: ReferralsOfFiles,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        today: Callable[[], date],
        make_paper: MakesPaper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, dialogs=dialogs, make_paper=make_paper, parent=parent)
        self.setObjectName("file_referrals")
        self._household_id, self._referrals, self._today = household_id, referrals, today
        self._found: FileReferrals | None = None
        self._partners = dict[str, str]()
        self.nothing = named(Paragraph(), "no_referrals")
        self.model: RowTableModel[Referral] = RowTableModel(
            referral_columns(self._partners, today),
            key=lambda r: r.referral_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="支援要請", characters=_WIDTHS, stretch=_STRETCH),
            "referrals",
        )
        self.words = named(Paragraph(), "referral_words")
        self.new_button = named(QPushButton("要請を書く（N）"), "new_referral")
        self.step_button = named(QPushButton("返事を記録（D）"), "note_reply")
        self.print_button = named(QPushButton("支援要請書を印刷（P）"), "print_referral")
        self.form = ReferralForm(household_id, today)
        self.step_form = ReferralStepForm(household_id, today)
        self._lay_out()

    @override
    def reload(self) -> None:
        """Ask for the requests again."""
        self.run(lambda: self._referrals.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list, or with a request where there is none."""
        if self.pages.currentWidget() is self.list_page:
            wanted = self.table if self.model.rowCount() else self.new_button
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: FileReferrals) -> None:
        self._found = found
        self._partners.update({partner.code: partner.label for partner in found.partners})
        place = max(self.table.current_row(), 0)
        self.model.set_rows(found.referrals)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(found.referrals))
        self.table.select_row(min(place, len(found.referrals) - 1))
        self.nothing.say("" if found.referrals else _EMPTY if found.may_write else _EMPTY_TO_READ)
        self.new_button.setVisible(found.may_write)
        self._say()

    def _say(self) -> None:
        request, found = self._chosen(), self._found
        self.words.say(told(request) if request else "")
        may_write = found is not None and found.may_write
        goes_on = request is not None and bool(request.next_moves)
        self.step_button.setVisible(may_write and goes_on)
        self.print_button.setVisible(request is not None)

    def _chosen(self) -> Referral | None:
        return self.model.row_at(self.table.currentIndex())

    def _begin(self) -> None:
        if self._found is not None:
            self.open_form(self.form)
            self.form.begin(self._found)

    def _begin_step(self) -> None:
        request = self._chosen()
        if request is not None:
            self.open_form(self.step_form)
            self.step_form.begin(request)

    def _print(self) -> None:
        request = self._chosen()
        if request is not None:
            whose = ReferralAsked(household_id=self._household_id, referral_id=request.referral_id)
            self.draw("S-10", whose)

    def _lay_out(self) -> None:
        for part in (self.nothing, self.table, self.acts, self.words):
            self.list_page.add_part(part)
        self.list_page.add_part(QWidget(), 1)
        self.add_act("N", self.new_button, self._begin)
        self.add_act("D", self.step_button, self._begin_step)
        self.add_act("P", self.print_button, self._print)
        self.step_button.hide()
        self.print_button.hide()
        self.add_form(self.form, lambda: self._referrals.ask, "支援要請を保存しました。")
        self.add_form(self.step_form, lambda: self._referrals.note_step, "返事を記録しました。")
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
