"""支援要請 of one household: requests to Hello Work, what came back, the letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.activity_forms import ReferralAsked
from desktop.domain.referrals import FileReferrals, Referral
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.referrals import referral_columns, told
from desktop.views.activities.act_list import ActList, ListedActs
from desktop.views.activities.act_section import MakesPaper
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.referrals.ports import ReferralsOfFiles
from desktop.views.referrals.referral_forms import ReferralForm, ReferralStepForm
from desktop.views.widgets import named


class FileReferralsView(ActList[Referral]):
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
        self._partners = dict[str, str]()
        super().__init__(
            runner,
            ListedActs(
                name="支援要請",
                columns=referral_columns(self._partners, today),
                key=lambda row: row.referral_id,
                told=told,
                widths={0: 8, 1: 8, 2: 10, 3: 18, 4: 18},
                stretch=3,
                most_rows=8,
                empty="この世帯のハローワークへの支援要請はまだありません。本人の同意を得てから「要請を書く（N）」で始めます。",
                empty_to_read="この世帯のハローワークへの支援要請はありません。",
            ),
            named(QPushButton("要請を書く（N）"), "new_referral"),
            look=look,
            dialogs=dialogs,
            make_paper=make_paper,
            parent=parent,
        )
        self.setObjectName("file_referrals")
        self._household_id, self._referrals, self._today = household_id, referrals, today
        self._found: FileReferrals | None = None
        self.step_button = named(QPushButton("返事を記録（D）"), "note_reply")
        self.print_button = named(QPushButton("支援要請書を印刷（P）"), "print_referral")
        self.form = ReferralForm(household_id, today)
        self.step_form = ReferralStepForm(household_id, today)
        self._add_acts()

    @override
    def reload(self) -> None:
        """Ask for the requests again."""
        self.run(lambda: self._referrals.of_household(self._household_id), self._show)

    def _show(self, found: FileReferrals) -> None:
        self._found = found
        self._partners.update({partner.code: partner.label for partner in found.partners})
        self.show_rows(found.referrals, may_write=found.may_write)

    @override
    def _offer(self, row: Referral | None) -> None:
        goes_on = row is not None and bool(row.next_moves)
        self.step_button.setVisible(self.may_write and goes_on)
        self.print_button.setVisible(row is not None)

    def _begin(self) -> None:
        if self._found is not None:
            self.open_form(self.form)
            self.form.begin(self._found)

    def _begin_step(self) -> None:
        request = self.chosen()
        if request is not None:
            self.open_form(self.step_form)
            self.step_form.begin(request)

    def _print(self) -> None:
        request = self.chosen()
        if request is not None:
            whose = ReferralAsked(household_id=self._household_id, referral_id=request.referral_id)
            self.draw("S-10", whose)

    def _add_acts(self) -> None:
        self.add_act("N", self.new_button, self._begin)
        self.add_act("D", self.step_button, self._begin_step)
        self.add_act("P", self.print_button, self._print)
        self.step_button.hide()
        self.print_button.hide()
        self.add_form(self.form, lambda: self._referrals.ask, "支援要請を保存しました。")
        self.add_form(self.step_form, lambda: self._referrals.note_step, "返事を記録しました。")
