"""Print runs around monthly papers: the cards that ask, and forms for people to fill in. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.issued_forms import Subject
from desktop.domain.monthly_paper_forms import (
    NOBODY,
    PERSON_FORM,
    CardWish,
    FormsAsked,
    PersonFormKind,
    ReminderCard,
)
from desktop.domain.printing import Piece
from desktop.jobs.press import Press
from desktop.jobs.printing import Cancelled, PrintRun, Progress
from desktop.reports.fonts import FontSet
from desktop.reports.monthly_papers.person_forms import PERSON_FORMS
from desktop.reports.monthly_papers.reminder_card import REMINDER_CARD
from desktop.services.printing import IssuedForms, MonthlyPaperPrinting


class CardJob:
    """The way of cards to paper. What each card asks for is said before, by its id."""

    def __init__(
        self, service: MonthlyPaperPrinting, issued: IssuedForms, fonts: Callable[[], FontSet]
    ) -> None:
        self._service = service
        self._asked: dict[UUID, tuple[CardWish, ...]] = {}
        self._language = ""
        self._press = Press(form=REMINDER_CARD, read=self._read, issued=issued, fonts=fonts)

    def choose(self, cards: Sequence[Sequence[CardWish]], language: str = "") -> tuple[UUID, ...]:
        """Say what the cards of the next run ask for and in which words; an id for each. Called on the UI thread before `draw`."""
        self._language = language
        chosen = {new_id(): tuple(wishes) for wishes in cards}
        self._asked.update(chosen)
        return tuple(chosen)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The cards as one PDF, to be looked at first."""
        return self._press.draw(subject_ids, mark, progress, cancelled)

    def finish(self, run: PrintRun) -> None:
        """Note that the cards went to paper: each paper has been asked for once more."""
        dues = [wish.due for key in run.subject_ids for wish in self._asked[key]]
        self._service.record_cards(run.printed, dues)

    def _read(self, asked: Sequence[UUID], _: FormMark) -> list[Piece[ReminderCard]]:
        chosen = [key for key in asked if key in self._asked]
        cards = self._service.prepare_cards([self._asked[key] for key in chosen], self._language)
        return [
            Piece(
                data=card,
                household_id=card.dues[0].household_id,
                subject_ids=(key,),
                subjects=(Subject(subject_id=card.dues[0].person_id),),
                recipient=card.name,
            )
            for key, card in zip(chosen, cards, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class PersonFormJob:
    """Forms for several people in one PDF, or a blank one. They are applications and reports, so nothing is issued."""

    service: MonthlyPaperPrinting
    fonts: Callable[[], FontSet]
    _asked: dict[UUID, FormsAsked] = field(default_factory=dict)
    _printed: dict[UUID, tuple[PersonFormKind, frozenset[UUID]]] = field(default_factory=dict)

    def choose(self, asked: FormsAsked) -> tuple[UUID, ...]:
        """Say what the next run draws. Called on the UI thread before `draw`."""
        chosen = new_id()
        self._asked.clear()  # one run at a time is looked at
        self._asked[chosen] = asked
        return (chosen,)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The forms, to be looked at first. Raises UserError for any choice but of one."""
        if len(subject_ids) != 1:
            raise UserError(NOBODY)
        asked = self._asked[subject_ids[0]]
        forms = self.service.prepare_forms(asked)
        rendered = PERSON_FORMS[asked.kind].batch_pdf(forms, self.fonts(), progress, cancelled)
        run = PrintRun(
            batch_id=new_id(),
            title=PERSON_FORM[asked.kind],
            subject_ids=tuple(subject_ids),
            mark=mark,
            rendered=rendered,
        )
        households = frozenset(each.household_id for each in asked.people)
        self._printed[run.batch_id] = (asked.kind, households)
        return run

    def finish(self, run: PrintRun) -> None:
        """Note that the forms went to paper."""
        kind, households = self._printed[run.batch_id]
        self.service.record_forms(
            run.batch_id, kind, households, pages=run.rendered.pages, sha256=run.sha256
        )
