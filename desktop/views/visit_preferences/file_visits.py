"""訪問の都合 of one household: keys 1, 2, 3 and 0 say how the half-day at hand suits; its telephones; Ctrl+S keeps all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.visit_preferences import (
    LIKING_LABEL,
    Liking,
    PreferenceInput,
    VisitPreference,
    VisitsOfFile,
)
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.visit_preferences import (
    UNSAID,
    WishModel,
    place_line,
    rates_line,
    set_line,
    two_line,
)
from desktop.views.flow_layout import FlowLayout
from desktop.views.half_day_table import HalfDayTable
from desktop.views.look import Look
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.requests import VISIT_PLANS_SCREEN, ScreenRequest
from desktop.views.screen import ScreenView
from desktop.views.visit_preferences.telephone_fields import TelephoneFields
from desktop.views.widgets import keep_height_for_width, named

_HELP = "矢印キーで半日を選び、鍵で都合を付けます。言葉は書きません。二人で行く理由は安全の印が示します。"
_ONLY_OWN = "設定できるのは、地区の担当者と査察指導員です。"
_NEVER = "すべての半日が「できない」になっています。このままでは訪問を計画できません。"
_KEYS: dict[str, Liking | None] = {
    "1": Liking.GOOD,
    "2": Liking.BAD,
    "3": Liking.IMPOSSIBLE,
    "0": None,
}


class KeepsPreferences(Protocol):
    """Preferences of households (`services/visit_preferences`)."""

    def of_household(self, household_id: UUID) -> VisitsOfFile:
        """What holds, and what the visits so far say."""

    def set(self, given: PreferenceInput) -> None:
        """Store a new version."""


class FileVisits(ScreenView):
    """The half-days of the week, two ticks, and what is known from the visits."""

    def __init__(
        self,
        household_id: UUID,
        preferences: KeepsPreferences,
        runner: JobRunner,
        *,
        look: Look,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_visits")
        self._household_id, self._preferences = household_id, preferences
        self._found: VisitsOfFile | None = None
        self.model = WishModel(look.brush_of, self)
        self.table = named(HalfDayTable(self.model, name="半日ごとの都合"), "visit_wishes")
        self.announced_tick = named(QCheckBox("予告して訪問する(&Y)"), "is_announced")
        self.two_tick = named(QCheckBox("二人で訪問する(&F)"), "needs_two")
        self.key_buttons = {
            key: named(QPushButton(f"{_label(liking)}（{key}）"), f"wish_{key}")
            for key, liking in _KEYS.items()
        }
        self.telephones = TelephoneFields(today)
        self.save_button = named(QPushButton("保存（Ctrl+S）"), "save_wishes")
        self.month_button = named(QPushButton("今月の訪問計画を開く(&O)"), "open_month_plan")
        self.told = named(Paragraph(), "wish_told")
        self.warning = named(Paragraph(tone="warning"), "wish_warning")
        self.rates = named(Paragraph(), "hit_rates")
        self.place = named(Paragraph(), "place_of_address")
        self.help = named(Paragraph(tone="muted"), "wish_help")
        self._lay_out()
        self._connect()
        self._allow()

    @override
    def reload(self) -> None:
        """Ask again; what was changed and not kept is given up only by `discard`."""
        if not self.has_unsaved():
            self.run(lambda: self._preferences.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether something differs from what is stored."""
        if self._found is None:
            return False
        return self._said() != _kept(self._found.preference) or self.telephones.is_changed()

    @override
    def stores_unsaved(self) -> bool:
        """Whether there is something, and it can be stored from here."""
        return self.has_unsaved() and self.save_button.isEnabled()

    @override
    def store_unsaved(self, on_stored: Callable[[], object]) -> None:
        """Store, then call back."""
        self._save(on_stored)

    def _show(self, found: VisitsOfFile) -> None:
        self.messages.clear()
        self._found = found
        self.model.show_visits(found)
        self.announced_tick.setChecked(found.preference.is_announced)
        self.two_tick.setChecked(found.preference.needs_two)
        self.telephones.show_telephones(
            found.telephones,
            may_edit=found.may_edit,
            is_marked_no_phone=found.is_marked_no_phone,
        )
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.told.say(set_line(found.preference))
        self.rates.say(rates_line(found))
        self.place.say(place_line(found.place))
        self.help.say(_HELP if found.may_edit else _ONLY_OWN)
        self._allow()

    def _said(self) -> tuple[object, ...]:
        return (
            dict(self.model.times),
            self.announced_tick.isChecked(),
            self.two_tick.isChecked(),
        )

    def _allow(self) -> None:
        may = self._found is not None and self._found.may_edit
        for widget in (*self.key_buttons.values(), self.announced_tick, self.two_tick):
            widget.setEnabled(may)
        self.save_button.setEnabled(may and self.has_unsaved())
        if self._found is not None:
            shown = VisitPreference(household_id=self._household_id, times=self.model.times)
            never = "" if shown.has_any_time else _NEVER
            self.warning.say(" ".join(filter(None, (two_line(self._found), never))))

    def _set(self, liking: Liking | None) -> None:
        if self._found is not None and self._found.may_edit:
            self.model.set_at(self.table.currentIndex(), liking)

    def _save(self, then: Callable[[], object] = lambda: None) -> None:
        if self._found is None or not self.save_button.isEnabled():
            return
        try:
            telephones = self.telephones.read()
        except ValidationError:
            return
        self.save_button.setEnabled(False)
        given = PreferenceInput(
            preference_id=new_id(),
            household_id=self._household_id,
            version=self._found.preference.version,
            times=self.model.times,
            is_announced=self.announced_tick.isChecked(),
            needs_two=self.two_tick.isChecked(),
            telephones=telephones,
        )

        def stored(_: object) -> None:
            self._found = None
            self.announced.emit("訪問の都合を保存しました。")
            self.reload()
            then()

        self.run(lambda: self._preferences.set(given), stored, self._refused)

    def _refused(self, error: UserError) -> None:
        self.messages.show_error(error)
        self.telephones.show_refusal(error)
        self._allow()

    def _lay_out(self) -> None:
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.save_button.setProperty("primary", True)
        acts = QWidget()
        keep_height_for_width(acts)
        row = FlowLayout(acts)
        row.setContentsMargins(0, 4, 0, 4)
        for widget in (
            *self.key_buttons.values(),
            *(self.announced_tick, self.two_tick, self.save_button, self.month_button),
        ):
            row.addWidget(widget)
        page = FollowingScroll()
        for part in (
            *(self.help, self.table, self.telephones, acts, self.warning),
            *(self.told, self.rates, self.place),
        ):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        self.body.addWidget(page, 1)

    def _connect(self) -> None:
        for key, button in self.key_buttons.items():
            act = partial(self._set, _KEYS[key])
            self.table.on_key(key, act)
            button.clicked.connect(lambda *_, act=act: act())
        self.model.dataChanged.connect(lambda *_: self._allow())
        for tick in (self.announced_tick, self.two_tick):
            tick.toggled.connect(lambda *_: self._allow())
        self.telephones.edited.connect(self._allow)
        self.save_button.clicked.connect(lambda *_: self._save())
        self.month_button.setToolTip("不在だった訪問は、開くとすぐに再訪問の日を探せます。")
        self.month_button.clicked.connect(
            lambda *_: self.screen_requested.emit(
                ScreenRequest(key=VISIT_PLANS_SCREEN, item_id=self._household_id)
            )
        )
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._save)


def _label(liking: Liking | None) -> str:
    return UNSAID if liking is None else LIKING_LABEL[liking]


def _kept(preference: VisitPreference) -> tuple[object, ...]:
    return (dict(preference.times), preference.is_announced, preference.needs_two)
