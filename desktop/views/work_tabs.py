"""The middle of the window: the screens, and every open file in a tab of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QStackedWidget, QTabBar, QTabWidget, QWidget

from desktop.views.file_sections import make_case_file
from desktop.views.navigation import Screen
from desktop.views.requests import FileRequest, HelpPlace, HouseholdAtHand, ScreenRequest
from desktop.views.screen import ScreenView
from desktop.views.workplace import Workplace

if TYPE_CHECKING:
    from desktop.views.households.case_file import CaseFileView

_STORABLE = "保存していない内容があります。保存してから閉じますか。"
_UNSAVED = "保存していない内容があります。閉じると、この内容は失われます。"


class WorkTabs(QTabWidget):
    """The first tab shows the chosen screen; the others are case files. `place_changed` when something else comes to the front."""

    announced = Signal(str)
    help_requested = Signal()
    screen_shown = Signal(str)
    place_changed = Signal()

    def __init__(
        self, workplace: Workplace, screens: tuple[Screen, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("work_tabs")
        self.setDocumentMode(True)
        self.setTabsClosable(True)
        self._workplace = workplace
        self._screens = {screen.key: screen for screen in screens}
        self._made: dict[str, ScreenView] = {}
        self._files: dict[UUID, CaseFileView] = {}
        self._stack = QStackedWidget()
        self.addTab(self._stack, "")
        self._without_close_button(0)
        self.tabCloseRequested.connect(self.close_tab)
        self.currentChanged.connect(self._activate_current)

    def show_screen(self, key: str) -> None:
        """Bring a screen to the front, made the first time it is asked for."""
        view = self._made.get(key)
        if view is None:
            view = self._made[key] = self._screens[key].make(self._workplace)
            self._connect(view)
            self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        self.setTabText(0, self._screens[key].title)
        if self.currentIndex() == 0:
            view.activate()
        self.setCurrentIndex(0)
        self.screen_shown.emit(key)
        self.place_changed.emit()

    def open_file(self, request: FileRequest) -> None:
        """Open a household's file, or bring it to the front when it is open already."""
        file = self._files.get(request.household_id)
        if file is None:
            case_file = make_case_file(self._workplace, request)
            self._connect(case_file)
            case_file.tab_named.connect(partial(self._name, case_file))
            case_file.sections.changed.connect(self.place_changed)
            self._files[request.household_id] = case_file
            self.addTab(case_file, "読込中…")
            self.setCurrentWidget(case_file)
            return
        self.setCurrentWidget(file)
        file.show_place(request)

    def close_tab(self, index: int) -> None:
        """Close a file; ask first when something typed in it would be lost."""
        view = self.widget(index)
        if index == 0 or not isinstance(view, ScreenView):
            return
        dialogs = self._workplace.dialogs
        if view.stores_unsaved():
            self.setCurrentWidget(view)
            dialogs.ask_unsaved(
                view,
                _STORABLE,
                "閉じる",
                on_save=lambda: view.store_unsaved(lambda: self._remove(view)),
                on_discard=lambda: self._remove(view),
            )
        elif view.has_unsaved():
            dialogs.confirm(view, _UNSAVED, "保存せずに閉じる", lambda: self._remove(view))
        else:
            self._remove(view)

    def close_current(self) -> None:
        """Close the file at the front."""
        self.close_tab(self.currentIndex())

    def reload_current(self) -> None:
        """Ask the screen or file at the front for its contents again."""
        view = self._front()
        if view is not None:
            view.reload()

    def show_section(self, section: str) -> bool:
        """Go to a section of the file at hand, opened if need be; False where no household is at hand."""
        household = self.household_at_hand()
        if household is not None:
            self.open_file(FileRequest(household_id=household.household_id, section=section))
        return household is not None

    def show_record_history(self) -> bool:
        """Show what happened to the record chosen in the file at the front; False where no file is open there."""
        file = next((file for file in self._files.values() if file is self._front()), None)
        if file is not None:
            file.show_record_history()
        return file is not None

    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household whose file is at the front, or whose line is chosen on the screen there."""
        front = self._front()
        for household_id, file in self._files.items():
            if file is front:
                return HouseholdAtHand(
                    household_id=household_id, label=self.tabText(self.indexOf(file))
                )
        return front.household_at_hand() if front is not None else None

    def place_at_hand(self) -> HelpPlace:
        """Where one is: the section of the file at the front, or the screen."""
        file = next((file for file in self._files.values() if file is self._front()), None)
        if file is not None:
            sections = file.sections
            key = sections.shown_key()
            return HelpPlace(
                key=f"section:{key}", title=sections.shown_title(), first=file.help_first(key)
            )
        key = next((key for key, view in self._made.items() if view is self._front()), "")
        return HelpPlace(key=f"screen:{key}", title=self.tabText(0))

    def store_all(self, on_stored: Callable[[], object]) -> None:
        """Store, file after file, what can be stored; a file whose save is refused stays in front."""
        view = next((v for v in self.unsaved() if v.stores_unsaved()), None)
        if view is None:
            on_stored()
            return
        if self.indexOf(view) >= 0:
            self.setCurrentWidget(view)
        view.store_unsaved(lambda: self.store_all(on_stored))

    def unsaved(self) -> list[ScreenView]:
        """All screens and files in which something typed is not yet stored."""
        return [v for v in (*self._made.values(), *self._files.values()) if v.has_unsaved()]

    def show_request(self, request: ScreenRequest) -> None:
        """Show a screen, and let it go to the item that is asked for."""
        if request.key not in self._screens:
            return
        self.show_screen(request.key)
        shown = self._made[request.key]
        for name, given in (("show_item", request.item_id), ("begin_with", request.carry)):
            ask = getattr(shown, name, None)
            if given and ask is not None:
                ask(given)

    def _front(self) -> ScreenView | None:
        view: QWidget | None = self.currentWidget()
        if view is self._stack:
            view = self._stack.currentWidget()
        return view if isinstance(view, ScreenView) else None

    def _connect(self, view: ScreenView) -> None:
        view.file_requested.connect(self.open_file)
        view.screen_requested.connect(self.show_request)
        view.announced.connect(self.announced)
        view.help_requested.connect(self.help_requested)

    def _activate_current(self) -> None:
        view = self._front()
        if view is not None:
            view.activate()
        self.place_changed.emit()

    def _name(self, file: ScreenView, text: str, colour: QIcon) -> None:
        self.setTabText(self.indexOf(file), text)
        self.setTabIcon(self.indexOf(file), colour)

    def _remove(self, view: ScreenView) -> None:
        self._files = {key: file for key, file in self._files.items() if file is not view}
        self.removeTab(self.indexOf(view))
        view.deleteLater()

    def _without_close_button(self, index: int) -> None:
        for side in (QTabBar.ButtonPosition.LeftSide, QTabBar.ButtonPosition.RightSide):
            self.tabBar().setTabButton(index, side, None)
