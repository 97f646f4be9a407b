"""Use cases of 練習: exercises over the households of the training office, in no other office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain import practice as rules
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError, UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.practice import Exercise, PracticeSheet
from desktop.domain.roles import Permission
from desktop.models.practice import PracticeAnswer
from desktop.services.permission import needs
from desktop.services.practice.finding import households_of
from desktop.services.practice.shelf import shipped_exercises


@dataclass(frozen=True, slots=True)
class PracticeService:
    """One person's exercises. Answers are kept for that person alone; there are no marks and nobody is compared."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    source: Callable[[], tuple[Exercise, ...]] = shipped_exercises

    @needs(Permission.OPEN_CASE_FILES)
    def exercises(self) -> tuple[tuple[Exercise, bool], ...]:
        """Every exercise, and whether one has answered it."""
        self._only_training()
        with self.work() as session:
            return tuple(
                (replace(each, answer=""), bool(self._written(session, each.key)))
                for each in self.source()
            )

    @needs(Permission.OPEN_CASE_FILES)
    def sheet(self, key: str) -> PracticeSheet:
        """An exercise with its households. Facts and key are told once an own answer is kept."""
        self._only_training()
        exercise = self._exercise(key)
        with self.work() as session:
            households = households_of(session, self.staff, exercise, self.clock.today())
            written = self._written(session, key)
        if not written:
            households = tuple(replace(each, rule="", fact="") for each in households)
        return PracticeSheet(
            exercise=replace(exercise, answer=""),
            households=households,
            written=written,
            answer=exercise.answer if written else "",
        )

    @needs(Permission.OPEN_CASE_FILES)
    def answer(self, key: str, text: str) -> PracticeSheet:
        """Keep an own answer; the sheet comes back with its key. Raises ValidationError on `answer`."""
        text = text.strip()
        if len(text) < rules.LEAST_ANSWER:
            raise ValidationError(answer=rules.TOO_SHORT)
        if len(text) > rules.MOST_ANSWER:
            raise ValidationError(answer=rules.TOO_LONG)
        self._keep(key, text)
        return self.sheet(key)

    @needs(Permission.OPEN_CASE_FILES)
    def begin_anew(self, key: str) -> PracticeSheet:
        """Forget the own answer: the key is told after a new one."""
        self._keep(key, "")
        return self.sheet(key)

    def _keep(self, key: str, text: str) -> None:
        self._only_training()
        self._exercise(key)
        with self.work() as session:
            session.add(
                PracticeAnswer(
                    id=new_id(),
                    office_id=self.staff.office_id,
                    staff_id=self.staff.staff_id,
                    exercise=key,
                    answer=text,
                    written_at=self.clock.now(),
                )
            )

    def _written(self, session: Session, key: str) -> str:
        a = PracticeAnswer
        found = select(a.answer).where(a.staff_id == self.staff.staff_id, a.exercise == key)
        newest = found.order_by(a.written_at.desc(), a.id.desc()).limit(1)
        return session.scalar(newest) or ""

    def _exercise(self, key: str) -> Exercise:
        exercise = next((each for each in self.source() if each.key == key), None)
        if exercise is None:
            raise UserError(rules.GONE)
        return exercise

    def _only_training(self) -> None:
        if not self.staff.is_training:
            raise NotPermittedError(rules.ONLY_TRAINING)
