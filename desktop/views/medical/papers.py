"""The papers of the medical section: one print view a form, made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.medical_files import MedicalPerson
from desktop.domain.medical_forms import MedicalPaper, PaperAsked
from desktop.domain.medical_orders import ExaminationOrder, OrderStep
from desktop.viewmodels.medical import MatterKind, MedicalRow
from desktop.views.printing.run_view import PrintRunView

_PAPER = {
    MatterKind.ENQUIRY: MedicalPaper.ENQUIRY,
    MatterKind.ORDER: MedicalPaper.ORDER,
    MatterKind.PLAN: MedicalPaper.PLAN,
    MatterKind.TRIP: MedicalPaper.TRIPS,
}


class PaperOnScreen(Protocol):
    """The way to paper of one form."""

    def choose(self, asked: PaperAsked, /) -> tuple[UUID, ...]:
        """Say what the next run draws."""


MakePaper = Callable[[MedicalPaper], tuple[PrintRunView, PaperOnScreen]]


class MedicalPapers:
    """`draw` begins a run and returns its view, which the section shows."""

    def __init__(self, household_id: UUID, make: MakePaper) -> None:
        self._household_id, self._make = household_id, make
        self._made: dict[MedicalPaper, tuple[PrintRunView, PaperOnScreen]] = {}

    @property
    def is_unrecorded(self) -> bool:
        """Whether paper came out that the log does not know."""
        return any(view.is_unrecorded for view, _ in self._made.values())

    def view(self, row: MedicalRow) -> PrintRunView:
        """The view of the row's paper."""
        return self._way(row)[0]

    def draw(self, person: MedicalPerson, row: MedicalRow) -> None:
        """Draw the paper of a row; an order that nobody approved is 案."""
        view, sheet = self._way(row)
        asked = PaperAsked(
            household_id=self._household_id,
            person_id=person.person_id,
            subject_id=row.key,
            paper=_PAPER[row.kind],
        )
        order = row.subject
        is_draft = isinstance(order, ExaminationOrder) and order.day_of(OrderStep.APPROVED) is None
        view.draw(sheet.choose(asked), FormMark.DRAFT if is_draft else FormMark.PLAIN, 1)

    def _way(self, row: MedicalRow) -> tuple[PrintRunView, PaperOnScreen]:
        paper = _PAPER[row.kind]
        if paper not in self._made:
            self._made[paper] = self._make(paper)
        return self._made[paper]
