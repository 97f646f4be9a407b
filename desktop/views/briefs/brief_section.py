"""訪問前のまとめ: what the policy in force asks for at the left, what else to know before the next contact at the right."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter

from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_duties import ResultInput
from desktop.domain.roles import Permission
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.briefs import brief_groups
from desktop.views.briefs.brief_browser import BriefBrowser
from desktop.views.briefs.duty_panel import DutyPanel
from desktop.views.briefs.ports import BriefDesk, LoadedBrief, load_brief
from desktop.views.look import Look
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import muted_label

_HELP = "取組を選び、Enter でその結果を書きます。決裁された援助方針そのものは変わりません。"
_HELP_READER = "有効な援助方針の取組と、約束・書類をまとめています。"
#: Where the section is narrower than this, in full-width characters, one part stands above the other.
_ROOM_FOR_BOTH = 76
_SHARES = (55, 45)
#: Where the policy asks for nothing, its part is a line.
_SHARES_WITHOUT = (15, 85)


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefSetting:
    """Whose desk the section stands on."""

    staff: SignedInStaff
    clock: Clock
    runner: JobRunner
    changes: ChangeBus
    look: Look


class BriefSection(ScreenView):
    """Arrows choose an action, Enter notes what became of it; Tab goes on to the text and its links."""

    def __init__(self, household_id: UUID, desk: BriefDesk, setting: BriefSetting) -> None:
        super().__init__(setting.runner, title="")
        self.setObjectName("file_brief")
        self._household_id = household_id
        self._desk = desk
        self._setting = setting
        may_note = setting.staff.may(Permission.WRITE_RECORDS)
        self.duties = DutyPanel(setting.look, setting.clock.today, may_note=may_note)
        self.text = BriefBrowser(setting.look)
        self._has_duties = True
        self._panes = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out(_HELP if may_note else _HELP_READER)
        self.duties.form.noted.connect(self._note)
        self.text.entry_wanted.connect(self._open_entry)
        changes = setting.changes
        for changed in (changes.result_noted, changes.approval_moved, changes.entry_changed):
            changed.connect(self._changed_elsewhere)

    @override
    def reload(self) -> None:
        """Ask for the brief again."""
        self.run(lambda: load_brief(self._desk, self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin with the actions, else with the text."""
        if self.duties.current() is not None:
            self.duties.focus_first()
        else:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether a result is half typed."""
        return self.duties.form.has_unsaved()

    def _show(self, loaded: LoadedBrief) -> None:
        had_focus = self.text.hasFocus()
        self.duties.show_duties(loaded.brief.duties)
        if self._has_duties != bool(loaded.brief.duties):
            self._has_duties = bool(loaded.brief.duties)
            self._arrange()
        today = self._setting.clock.today()
        self.text.show_groups(brief_groups(loaded.brief, loaded.purposes, today))
        if had_focus and loaded.brief.duties:
            self.duties.focus_first()

    def _note(self, given: ResultInput) -> None:
        self.run(lambda: self._desk.note(given), lambda _: self._was_noted(), self._refused)

    def _was_noted(self) -> None:
        self.messages.clear()
        self.duties.was_noted()
        self.announced.emit("取組の結果を記録しました。")
        self._setting.changes.result_noted.emit(self._household_id, self)
        self.reload()

    def _refused(self, error: UserError) -> None:
        self.messages.clear()
        sentence = self.duties.form.show_refusal(error)
        if sentence:
            self.messages.show_error(sentence)

    def _open_entry(self, entry_id: UUID) -> None:
        self.file_requested.emit(
            FileRequest(household_id=self._household_id, section="chronicle", entry_id=entry_id)
        )

    def _changed_elsewhere(self, household_id: UUID, initiator: object) -> None:
        if household_id == self._household_id and initiator is not self:
            self.reload_shown()

    def _arrange(self) -> None:
        """Beside each other where there is room, else one above the other."""
        em = self.fontMetrics().horizontalAdvance("国")
        is_wide = self.width() >= _ROOM_FOR_BOTH * em
        room = self.width() if is_wide else self.height()
        self._panes.setOrientation(
            Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        )
        shares = _SHARES if self._has_duties else _SHARES_WITHOUT
        self._panes.setSizes([room * share // 100 for share in shares])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _lay_out(self, help_line: str) -> None:
        explanation = muted_label(help_line)
        explanation.setWordWrap(True)
        self._panes.setChildrenCollapsible(False)
        self._panes.addWidget(self.duties)
        self._panes.addWidget(self.text)
        self.outer.setContentsMargins(0, 4, 0, 0)
        self.top.addWidget(explanation)
        self.body.addWidget(self._panes)
