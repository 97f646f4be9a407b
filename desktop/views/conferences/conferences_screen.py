"""会議・支援区分: meetings, what stays as it is, and the register of groups."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget

from desktop.domain.roles import Permission
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.blind_checks.board_panel import BlindBoardPanel
from desktop.views.blind_checks.second_panel import SecondPanel
from desktop.views.conferences.meetings_panel import MeetingsPanel
from desktop.views.conferences.papers import ConferencePages
from desktop.views.conferences.ports import ConferencePorts
from desktop.views.conferences.register_panel import RegisterPanel
from desktop.views.conferences.unchanged_panel import UnchangedPanel
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_HELP = "提案は、会議か査察指導員が決めるまで何にも使われません。決めるのは一人ずつです。区分は本人あての紙に出ません。"

Panel = MeetingsPanel | UnchangedPanel | RegisterPanel | BlindBoardPanel | SecondPanel


class ConferencesScreen(ScreenView):
    """Alt+1 会議, Alt+2 変わりなし, Alt+3 区分の一覧, Alt+4 二重確認. Each is read when it comes to the front."""

    def __init__(self, ports: ConferencePorts, runner: JobRunner) -> None:
        super().__init__(runner, title="会議・支援区分", help_line=_HELP)
        self.meetings = MeetingsPanel(self, ports)
        self.unchanged = UnchangedPanel(self, ports)
        self.register = RegisterPanel(self, ports)
        self.blind = _blind_panel(self, ports)
        self.tabs = named(QTabWidget(), "conference_tabs")
        for panel, title in (
            (self.meetings, "会議（Alt+1）"),
            (self.unchanged, "変わりなし（Alt+2）"),
            (self.register, "区分の一覧（Alt+3）"),
            (self.blind, "二重確認（Alt+4）"),
        ):
            self.tabs.addTab(panel, title)
        self.pages = ConferencePages(self, self.tabs, ports.make_paper)
        self.pages.noted.connect(self.announced)
        for source in (self.meetings, self.register):
            source.print_requested.connect(self.pages.draw)
        self.body.addWidget(self.pages)
        ports.changes.group_changed.connect(self._changed_elsewhere)
        self.tabs.currentChanged.connect(lambda _: self._turned())
        for number in range(self.tabs.count()):
            keys = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            keys.activated.connect(lambda place=number: self.tabs.setCurrentIndex(place))

    @override
    def reload(self) -> None:
        self._panel().reload()

    @override
    def focus_first(self) -> None:
        if self.pages.is_working:
            self._panel().focus_first()

    @override
    def has_unsaved(self) -> bool:
        panels = (self.meetings, self.unchanged, self.blind)
        return any(panel.has_unsaved() for panel in panels) or self.pages.is_unrecorded

    def _changed_elsewhere(self, _: object, initiator: object) -> None:
        """Lists hold facts alone: they are read again at once where nobody is writing, else when they are seen next."""
        if initiator is self:
            return
        if self.isVisible() and self.pages.is_working and not self.has_unsaved():
            self.reload()
        else:
            self.reload_later()

    def _panel(self) -> Panel:
        at = self.tabs.currentWidget()
        panels = (self.meetings, self.unchanged, self.register, self.blind)
        return next(panel for panel in panels if panel is at)

    def _turned(self) -> None:
        self.messages.clear()
        self.reload()
        self.focus_first()


def _blind_panel(screen: ScreenView, ports: ConferencePorts) -> BlindBoardPanel | SecondPanel:
    """Who supervises sees the draws; everybody else what is owed."""
    if ports.staff.may(Permission.SEE_SUPERVISION):
        decides = ports.staff.may(Permission.DECIDE_APPROVALS)
        return BlindBoardPanel(screen, ports.blind_checks, ports.look, decides=decides)
    return SecondPanel(screen, ports.blind_checks, ports.look, ports.dialogs)
