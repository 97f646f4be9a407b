"""最近変わりました: a line over the screen or the section at hand where its rules changed a short while ago."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.domain.errors import UserError
from desktop.domain.rule_change_ticks import RecentChanges
from desktop.domain.rule_changes import RuleChange
from desktop.jobs.runner import JobRunner
from desktop.viewmodels.rule_changes import recent_sentence
from desktop.views.elided_label import ElidedLabel
from desktop.views.rule_changes.ports import RecentOnes
from desktop.views.widgets import named

_LEAST_CHARACTERS = 8
_READ_KEY = "Ctrl+Shift+C"


class RecentBar(QFrame):
    """Hidden where nothing changed, and where this person has said at this workstation that it was read.

    What was read is kept by change and version, so a new version is shown again. `loaded` carries the RecentChanges.
    """

    loaded = Signal(object)

    def __init__(
        self,
        source: RecentOnes,
        runner: JobRunner,
        state: QSettings,
        staff_id: UUID,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recent_bar")
        self._source, self._runner, self._state = source, runner, state
        self._key = f"changes/read/{staff_id.hex}"
        self._recent: RecentChanges | None = None
        self._place = ""
        self.words = named(ElidedLabel(least=_LEAST_CHARACTERS), "recent_words")
        self.read_button = named(QPushButton(f"読みました（{_READ_KEY}）"), "recent_read")
        self._lay_out()

    def load(self) -> None:
        """Ask which changes are new; nothing is shown where that is refused."""
        self._runner.run(self, self._source.recent, self._take, _nothing)

    def look_at(self, place: str) -> None:
        """Another place came to the front."""
        self._place = place
        self._fill()

    def shown(self) -> tuple[RuleChange, ...]:
        """The changes of the place that were not read yet."""
        if self._recent is None:
            return ()
        read = self._read()
        return tuple(c for c in self._recent.at(self._place) if _mark(c) not in read)

    def _take(self, found: RecentChanges) -> None:
        self._recent = found
        self._fill()
        self.loaded.emit(found)

    def _fill(self) -> None:
        changes = self.shown()
        sentence = recent_sentence(changes)
        self.words.setText(sentence)
        self.setVisible(bool(changes))

    def _mark_read(self) -> None:
        recent = self._recent.changes if self._recent is not None else ()
        # What is no longer new is forgotten: the list never grows.
        kept = {_mark(c) for c in recent} & (self._read() | {_mark(c) for c in self.shown()})
        self._state.setValue(self._key, sorted(kept))
        self._fill()

    def _read(self) -> set[str]:
        found = self._state.value(self._key)
        # A list of one comes back as a word of its own.
        return {found} if isinstance(found, str) else set(found if isinstance(found, list) else ())

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.read_button)
        self.read_button.clicked.connect(lambda *_: self._mark_read())
        shortcut = QShortcut(QKeySequence(_READ_KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self._mark_read)
        self.hide()


def _mark(change: RuleChange) -> str:
    return f"{change.key}/{change.version}"


def _nothing(_: UserError) -> None:
    """A mark that cannot be had is no reason to disturb anybody."""
