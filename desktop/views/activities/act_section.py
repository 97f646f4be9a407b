"""What sections of a list with forms behind it have in common: pages, leaving with a question, keys on buttons, paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.activities.act_form import ActForm
from desktop.views.dialogs import Dialogs
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView

_GIVE_UP = "入力した内容は保存されていません。捨てて、一覧に戻りますか。"


class SheetOnScreen(Protocol):
    """The way to paper of one sheet that is chosen on a screen."""

    def choose(self, asked: Any, /) -> tuple[UUID, ...]:  # noqa: ANN401 - what its form takes
        """Say what the next run draws."""


#: Makes the run view of a form by its code.
MakesPaper = Callable[[ScreenView, str], tuple[PrintRunView, SheetOnScreen]]


class ActSection(ScreenView):
    """The list is the first page; every form and every paper is one more. Without `make_paper` nothing is drawn."""

    def __init__(
        self,
        runner: JobRunner,
        *,
        dialogs: Dialogs,
        make_paper: MakesPaper | None = None,
        title: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title=title, parent=parent)
        self._dialogs, self._make_paper = dialogs, make_paper
        self.papers = dict[str, tuple[PrintRunView, SheetOnScreen]]()
        self._forms: list[ActForm] = []
        self.pages = QStackedWidget()
        self.list_page = FollowingScroll()
        self.pages.addWidget(self.list_page)
        self.acts = FlowingRow()
        if not title:  # a section of a file has its margin there
            self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self.pages)

    @override
    def has_unsaved(self) -> bool:
        """Whether something is half entered, or paper came out that the log does not know."""
        typed = any(form.has_unsaved() for form in self._forms)
        return typed or any(view.is_unrecorded for view, _ in self.papers.values())

    def add_form(
        self, form: ActForm, keeper: Callable[[], Callable[[Any], object]], said: str
    ) -> None:
        """Add a form; what it makes is handed to the use case of `keeper` off this thread, then `said` is announced."""
        self._forms.append(form)
        self.pages.addWidget(form)
        form.acted.connect(lambda given: self._keep(form, keeper(), given, said))
        form.left.connect(lambda: self._leave(form))

    def renew(self) -> None:
        """Read the list again after something was kept."""
        self.reload()

    def open_form(self, form: ActForm) -> None:
        """Show a form instead of the list."""
        self.messages.clear()
        self.pages.setCurrentWidget(form)

    def add_act(
        self,
        key: str,
        button: QPushButton,
        act: Callable[[], object],
        *,
        at: QWidget | None = None,
    ) -> None:
        """Add a button under its key, which works in the list; only `at` a part of it where one types in another."""
        button.clicked.connect(act)
        self.acts.add(button)
        shortcut = QShortcut(QKeySequence(key), at or self.list_page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: None if button.isHidden() else button.click())

    def draw(self, code: str, asked: object) -> None:
        """Draw a form, to be looked at first."""
        if code not in self.papers and self._make_paper is not None:
            view, sheet = self._make_paper(self, code)
            self.papers[code] = (view, sheet)
            self.pages.addWidget(view)
            view.begun.connect(lambda: self.pages.setCurrentWidget(view))
            view.left.connect(self._back)
            view.noted.connect(self.announced)
        view, sheet = self.papers[code]
        view.draw(sheet.choose(asked), FormMark.PLAIN, 1)

    def _keep(self, form: ActForm, keep: Callable[[Any], object], given: object, said: str) -> None:
        def kept(_: object) -> None:
            form.clear()
            self.messages.clear()
            self.announced.emit(said)
            self.renew()
            self._back()

        def refused(error: UserError) -> None:
            self.messages.clear()
            sentence = form.show_refusal(error)
            if sentence:
                self.messages.show_error(sentence)

        self.run(lambda: keep(given), kept, refused)

    def _leave(self, form: ActForm) -> None:
        def give_up() -> None:
            form.clear()
            self.messages.clear()
            self._back()

        if form.has_unsaved():
            self._dialogs.confirm(self, _GIVE_UP, "捨てて戻る", give_up)
        else:
            give_up()

    def _back(self) -> None:
        self.pages.setCurrentWidget(self.list_page)
        self.focus_first()
