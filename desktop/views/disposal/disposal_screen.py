"""文書廃棄: lists with their two approvals, the households that may go, and what is held back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtWidgets import QTabWidget

from desktop.domain.clock import Clock
from desktop.domain.disposal import (
    DisposalCandidate,
    DisposalDecision,
    DisposalListRow,
    TombstoneRow,
)
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.holds import HoldRow, NewHold
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.jobs.runner import JobRunner, Lane
from desktop.override import override
from desktop.viewmodels.disposal import warning
from desktop.views.dialogs import Dialogs
from desktop.views.disposal.candidate_panel import CandidatePanel
from desktop.views.disposal.gone_panel import GonePanel
from desktop.views.disposal.hold_panel import HoldDraft, HoldPanel
from desktop.views.disposal.list_panel import ListPanel
from desktop.views.look import Look
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_HELP = (
    "保存期間の終わった世帯の記録を、廃棄簿の点検と承認を経て削除します。"
    "二人の承認は、作成した人とも互いにも別の人が行います。"
)
_Loaded = tuple[
    tuple[DisposalListRow, ...],
    tuple[DisposalCandidate, ...] | None,
    tuple[HoldRow, ...],
    tuple[TombstoneRow, ...],
]


class Disposals(Protocol):
    """Lists, households that may go, and holds."""

    def candidates(self) -> tuple[DisposalCandidate, ...]:
        """Closed households."""

    def draw_up(self, household_ids: Sequence[UUID]) -> UUID:
        """Draw up a list."""

    def lists(self) -> tuple[DisposalListRow, ...]:
        """Every list."""

    def decide(
        self, list_id: UUID, shown_hash: str, decision: DisposalDecision, reason: str = ""
    ) -> None:
        """Check, approve or refuse."""

    def withdraw(self, list_id: UUID) -> None:
        """Take an own list back."""

    def carry_out(self, list_id: UUID, shown_hash: str) -> int:
        """Remove the files of an approved list."""

    def holds(self) -> tuple[HoldRow, ...]:
        """What is held."""

    def tombstones(self) -> tuple[TombstoneRow, ...]:
        """What remains of files that are gone."""

    def household_named(self, case_number: str) -> UUID:
        """The household of a case number."""

    def set_hold(self, given: NewHold) -> UUID:
        """Hold a file back."""

    def end_hold(self, hold_id: UUID) -> None:
        """Let a file go."""


class SavesPaper(Protocol):
    """Whoever draws a list as a PDF."""

    def save(self, row: DisposalListRow, path: Path) -> int:
        """Write the file and return its pages."""


class DisposalScreen(ScreenView):
    """Tabs: 廃棄簿, 対象の世帯 (for whoever draws up lists), 保留, 廃棄した世帯."""

    def __init__(
        self,
        disposals: Disposals,
        paper: SavesPaper,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
    ) -> None:
        super().__init__(runner, title="文書廃棄", help_line=_HELP)
        self._disposals = disposals
        self._paper = paper
        self._dialogs = dialogs
        self._draws_up = staff.may(Permission.DRAW_UP_DISPOSAL)
        self.lists = ListPanel(staff, look)
        self.candidates = CandidatePanel(look)
        self.holds = HoldPanel(look, clock.today, may_end=staff.may(Permission.CHECK_DISPOSAL))
        self.gone = GonePanel(look)
        self.tabs = named(QTabWidget(), "disposal_tabs")
        self.tabs.addTab(self.lists, "廃棄簿")
        if self._draws_up:
            self.tabs.addTab(self.candidates, "対象の世帯")
        else:
            self.candidates.setParent(self)
            self.candidates.hide()
        self.tabs.addTab(self.holds, "保留")
        self.tabs.addTab(self.gone, "廃棄した世帯")
        self.body.addWidget(self.tabs)
        self._connect()

    @override
    def reload(self) -> None:
        """Load everything: a hold changes who may go."""
        self.run(self._load, self._show)

    @override
    def focus_first(self) -> None:
        """Begin with the tab in front."""
        panel = self.tabs.currentWidget()
        if isinstance(panel, ListPanel | CandidatePanel | HoldPanel | GonePanel):
            panel.focus_first()

    @override
    def has_unsaved(self) -> bool:
        """Whether a hold is half typed."""
        return self.holds.has_unsaved()

    def _load(self) -> _Loaded:
        candidates = self._disposals.candidates() if self._draws_up else None
        gone = self._disposals.tombstones()
        return self._disposals.lists(), candidates, self._disposals.holds(), gone

    def _show(self, loaded: _Loaded) -> None:
        lists, candidates, holds, gone = loaded
        self.lists.show_lists(lists)
        if candidates is not None:
            self.candidates.show_candidates(candidates)
        self.holds.show_holds(holds)
        self.gone.show_gone(gone)

    def _draw_up(self, households: tuple[UUID, ...]) -> None:
        self.candidates.draw_up_button.setEnabled(False)
        self._act(
            partial(self._disposals.draw_up, households),
            f"{len(households):,}世帯の廃棄簿を作りました。点検と承認を待ちます。",
            lambda: self.tabs.setCurrentWidget(self.lists),
        )

    def _decide(self, row: DisposalListRow, decision: DisposalDecision, reason: str) -> None:
        if decision is DisposalDecision.REJECTED and not reason:
            self.messages.show_error("却下する理由を入力してください。")
            self.lists.take_reason()
            return
        done = "却下しました。" if decision is DisposalDecision.REJECTED else "押印しました。"
        self._act(
            partial(self._disposals.decide, row.list_id, row.content_hash, decision, reason),
            f"廃棄簿 第{row.number}号を{done}",
            self.lists.reason.clear,
        )

    def _withdraw(self, row: DisposalListRow) -> None:
        self._act(
            partial(self._disposals.withdraw, row.list_id),
            f"廃棄簿 第{row.number}号を取り下げました。",
        )

    def _ask_carry_out(self, row: DisposalListRow) -> None:
        call = partial(self._disposals.carry_out, row.list_id, row.content_hash)
        done = f"廃棄簿 第{row.number}号の{len(row.items):,}世帯を廃棄しました。"
        self._dialogs.confirm(self, warning(row), "廃棄する", lambda: self._act(call, done))

    def _set_hold(self, draft: HoldDraft) -> None:
        def store() -> UUID:
            try:
                household_id = self._disposals.household_named(draft.case_number)
            except UserError as error:
                raise ValidationError(case_number=error.sentence) from None
            return self._disposals.set_hold(
                NewHold(
                    household_id=household_id,
                    kind=draft.kind,
                    valid_from=draft.valid_from,
                    valid_to=draft.valid_to,
                    reason=draft.reason,
                )
            )

        self.run(
            store,
            lambda _: self._was_done("保留を設定しました。", self.holds.begin),
            self._hold_refused,
        )

    def _hold_refused(self, error: UserError) -> None:
        self.messages.clear()
        sentence = self.holds.show_refusal(error)
        if sentence:
            self.messages.show_error(sentence)

    def _ask_end_hold(self, row: HoldRow) -> None:
        self._dialogs.confirm(
            self,
            f"ケース番号 {row.case_number} の保留を終えます。ほかに保留がなければ、保存期間の後に廃棄できるようになります。",
            "保留を終える",
            lambda: self._act(partial(self._disposals.end_hold, row.hold_id), "保留を終えました。"),
        )

    def _ask_file(self, row: DisposalListRow) -> None:
        self._dialogs.choose_new_file(
            self,
            "PDFで保存",
            f"廃棄簿_第{row.number}号.pdf",
            "PDF (*.pdf)",
            partial(self._save, row),
        )

    def _save(self, row: DisposalListRow, path: Path) -> None:
        self.run(
            lambda: self._paper.save(row, path),
            lambda pages: self.announced.emit(f"廃棄簿を{pages:,}頁のPDFで保存しました。"),
            lane=Lane.SLOW,
        )

    def _act(
        self,
        act: Callable[[], object],
        done: str,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        self.lists.hold_acts()
        self.run(act, lambda _: self._was_done(done, then), self._refused)

    def _was_done(self, done: str, then: Callable[[], object]) -> None:
        self.messages.clear()
        self.announced.emit(done)
        then()
        self.reload()

    def _refused(self, error: UserError) -> None:
        """The reason stays readable over what is loaded anew: somebody else may have moved the list."""
        self.messages.show_error(error)
        self.reload()

    def _connect(self) -> None:
        self.lists.decided.connect(self._decide)
        self.lists.withdrawn.connect(self._withdraw)
        self.lists.carry_out_requested.connect(self._ask_carry_out)
        self.lists.paper_requested.connect(self._ask_file)
        self.candidates.draw_up_requested.connect(self._draw_up)
        self.holds.hold_requested.connect(self._set_hold)
        self.holds.end_requested.connect(self._ask_end_hold)
