"""The papers of the section: the policy itself (K-05), the sheet for the person (K-06), the list of other laws (K-24)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.domain.forms import FormMark

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView


class PolicyPaper(StrEnum):
    """Which paper."""

    SHEET = "sheet"
    FOR_PERSON = "for_person"
    FOR_PERSON_READ = "for_person_read"
    OTHER_PROGRAMMES = "other_programmes"


class SectionPapers(QObject):
    """Makes the way to each paper when it is wanted first.

    `begun` carries the view to be shown, `noted` which paper went out and what to say of it; `left` gives the place back.
    """

    begun = Signal(object)
    noted = Signal(object, str)
    left = Signal()

    def __init__(self, stack: QStackedWidget, make: Callable[[PolicyPaper], PrintRunView]) -> None:
        super().__init__(stack)
        self._stack = stack
        self._make = make
        self._views: dict[PolicyPaper, PrintRunView] = {}

    def view(self, paper: PolicyPaper) -> PrintRunView | None:
        """The way of a paper that was wanted before."""
        return self._views.get(paper)

    @property
    def is_unrecorded(self) -> bool:
        """Whether paper has come out that the log does not know."""
        return any(view.is_unrecorded for view in self._views.values())

    def draw(self, paper: PolicyPaper, ids: Sequence[UUID], mark: FormMark) -> None:
        """Draw a paper, to be looked at and put out."""
        view = self._views.get(paper)
        if view is None:
            view = self._views[paper] = self._make(paper)
            self._stack.addWidget(view)
            view.begun.connect(lambda: self.begun.emit(view))
            view.left.connect(self.left)
            view.noted.connect(lambda said: self.noted.emit(paper, said))
        view.draw(ids, mark, 1)
