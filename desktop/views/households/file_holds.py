"""保留: what keeps this file from disposal (債務・不服申立・訴訟), set here and ended here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Signal

from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.holds import HOLD_LABELS, HoldRow, NewHold
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.dialogs import Dialogs
from desktop.views.disposal.hold_panel import HoldDraft, HoldPanel
from desktop.views.look import Look
from desktop.views.screen import ScreenView


class Holds(Protocol):
    """Whoever keeps the holds of a file."""

    def of(self, household_id: UUID) -> tuple[HoldRow, ...]:
        """Every hold of the file, the newest first."""

    def set_hold(self, given: NewHold) -> UUID:
        """Hold the file back."""

    def end_hold(self, hold_id: UUID) -> None:
        """Let the file go."""


class FileHoldsView(ScreenView):
    """A section of the file. `holds_changed` after a hold was set or ended."""

    holds_changed = Signal()

    def __init__(
        self,
        household_id: UUID,
        holds: Holds,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        may_end: bool,
    ) -> None:
        super().__init__(runner, title="")
        self.setObjectName("file_holds")
        self._household_id = household_id
        self._holds = holds
        self._dialogs = dialogs
        self.panel = HoldPanel(look, clock.today, may_end=may_end, of_file=True)
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.panel)
        self.panel.hold_requested.connect(self._set)
        self.panel.end_requested.connect(self._ask_end)

    @override
    def reload(self) -> None:
        """Ask for the holds again."""
        self.run(lambda: self._holds.of(self._household_id), self.panel.show_holds)

    @override
    def focus_first(self) -> None:
        """Begin with the holds, else with the form."""
        self.panel.focus_first()

    @override
    def has_unsaved(self) -> bool:
        """Whether a hold is half typed."""
        return self.panel.has_unsaved()

    def _set(self, draft: HoldDraft) -> None:
        given = NewHold(
            household_id=self._household_id,
            kind=draft.kind,
            valid_from=draft.valid_from,
            valid_to=draft.valid_to,
            reason=draft.reason,
        )
        self.run(
            lambda: self._holds.set_hold(given),
            lambda _: self._was_done("保留を設定しました。", self.panel.begin),
            self._refused,
        )

    def _refused(self, error: UserError) -> None:
        self.messages.clear()
        sentence = self.panel.show_refusal(error)
        if sentence:
            self.messages.show_error(sentence)

    def _ask_end(self, row: HoldRow) -> None:
        self._dialogs.confirm(
            self,
            f"保留（{HOLD_LABELS[row.kind]}）を終えます。ほかに保留がなければ、保存期間の後に廃棄できるようになります。",
            "保留を終える",
            partial(self._end, row),
        )

    def _end(self, row: HoldRow) -> None:
        self.run(
            lambda: self._holds.end_hold(row.hold_id),
            lambda _: self._was_done("保留を終えました。", lambda: None),
        )

    def _was_done(self, done: str, then: Callable[[], object]) -> None:
        self.messages.clear()
        self.announced.emit(done)
        then()
        self.reload()
        self.holds_changed.emit()
