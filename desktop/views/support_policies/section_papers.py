"""The papers of the section: the policy itself (K-05), the sheet for the person (K-06), the list of other laws (K-24)."""

from __future__ import annotations

from collections.abc import Callable
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

    `begun` carries the view to be shown, `noted` what was done; `left` gives the place back.
    """

    begun = Signal(object)
    noted = Signal(str)
    left = Signal()

    def __init__(self, stack: QStackedWidget, make: Callable[[PolicyPaper], PrintRunView]) -> None:
        super().__init__(stack)
        self._stack = stack
        self._make = make
        self._views: dict[PolicyPaper, PrintRunView] = {}
        self._was_handed_over = False

    def view(self, paper: PolicyPaper) -> PrintRunView | None:
        """The way of a paper that was wanted before."""
        return self._views.get(paper)

    @property
    def is_unrecorded(self) -> bool:
        """Whether paper has come out that the log does not know."""
        return any(view.is_unrecorded for view in self._views.values())

    def draw_policy(self, policy_id: UUID, mark: FormMark | None) -> None:
        """The policy itself, as this person may print it."""
        if mark is not None:
            self._draw(PolicyPaper.SHEET, policy_id, mark)

    def draw_for_person(self, policy_id: UUID, *, has_readings: bool) -> None:
        """The sheet that is handed over when the policy is explained."""
        paper = PolicyPaper.FOR_PERSON_READ if has_readings else PolicyPaper.FOR_PERSON
        self._draw(paper, policy_id, FormMark.PLAIN)

    def draw_other_programmes(self, household_id: UUID) -> None:
        """The list of other laws to check."""
        self._draw(PolicyPaper.OTHER_PROGRAMMES, household_id, FormMark.PLAIN)

    def take_handed_over(self) -> bool:
        """Whether the sheet for the person went out since this was asked last."""
        was, self._was_handed_over = self._was_handed_over, False
        return was

    def _draw(self, paper: PolicyPaper, subject_id: UUID, mark: FormMark) -> None:
        view = self._views.get(paper)
        if view is None:
            view = self._views[paper] = self._make(paper)
            self._stack.addWidget(view)
            view.begun.connect(lambda: self.begun.emit(view))
            view.left.connect(self.left)
            view.noted.connect(lambda said: self._was_noted(paper, said))
        view.draw([subject_id], mark, 1)

    def _was_noted(self, paper: PolicyPaper, said: str) -> None:
        self._was_handed_over = paper in {PolicyPaper.FOR_PERSON, PolicyPaper.FOR_PERSON_READ}
        self.noted.emit(said)
