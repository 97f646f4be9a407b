"""手引の整備: the office's own pages in its help, and the packages it imports. For those who supervise."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget

from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.dialogs import Dialogs
from desktop.views.help_cards.package_panel import KeepsPackages, PackagePanel
from desktop.views.help_cards.pages_panel import KeepsPages, PagesPanel
from desktop.views.look import Look
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_HELP = "事務所のきまりを手引（F1）に足し、署名のある更新を取り込みます。世帯のことは書きません。"


class HelpCareScreen(ScreenView):
    """Alt+1 地域のきまり, Alt+2 手引の更新. Each is read when it comes to the front."""

    def __init__(
        self,
        pages: KeepsPages,
        packages: KeepsPackages,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        places: Mapping[str, str],
    ) -> None:
        super().__init__(runner, title="手引の整備", help_line=_HELP)
        self.pages = PagesPanel(self, pages, look, places)
        self.packages = PackagePanel(self, packages, look, dialogs)
        self.tabs = named(QTabWidget(), "help_care_tabs")
        self.tabs.addTab(self.pages, "地域のきまり（Alt+1）")
        self.tabs.addTab(self.packages, "手引の更新（Alt+2）")
        self.body.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(lambda *_: self._turned())
        self.packages.changed.connect(self.pages.reload)
        for number in range(self.tabs.count()):
            keys = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            keys.activated.connect(lambda place=number: self.tabs.setCurrentIndex(place))

    @override
    def reload(self) -> None:
        self._panel().reload()

    @override
    def focus_first(self) -> None:
        self._panel().focus_first()

    @override
    def has_unsaved(self) -> bool:
        return self.pages.has_unsaved() or self.packages.has_unsaved()

    def _panel(self) -> PagesPanel | PackagePanel:
        return self.packages if self.tabs.currentWidget() is self.packages else self.pages

    def _turned(self) -> None:
        self.messages.clear()
        if not self._panel().has_unsaved():
            self._panel().reload()
        self.focus_first()
