"""Use cases of set phrases: what may be put into an entry, and keeping one's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.era import format_date
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.kana import fold
from desktop.domain.office import SignedInStaff
from desktop.domain.phrases import (
    LONGEST_LABEL,
    LONGEST_TEXT,
    NEXT_DAY,
    Phrase,
    PhraseBook,
    PhraseInput,
    code_error,
    slot_error,
)
from desktop.domain.reading import Purpose
from desktop.domain.records import SegmentKind
from desktop.domain.roles import Permission
from desktop.models.phrases import OwnPhrase
from desktop.models.records import PromiseRow
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.records.prefill import known_words

_GONE = "この定型句は見つかりません。"
_STALE = "ほかの画面で先に更新しました。内容を確認して、もう一度操作してください。"
_TAKEN = "この略語の定型句がもうあります。別の略語にしてください。"


@dataclass(frozen=True, slots=True)
class PhraseService:
    """The signed-in person's set phrases, beside the office's."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.WRITE_RECORDS)
    def book(self, household_id: UUID) -> PhraseBook:
        """The phrases for an entry of this household, with what is known for their slots."""
        self.reading.open(Purpose.FILE, [household_id])
        today = self.clock.today()
        with self.work() as session:
            known = known_words(session, self.staff, household_id, today)
            known[NEXT_DAY] = _next_day(session, household_id, today)
            return PhraseBook(phrases=self._all(session, today), known=known)

    @needs(Permission.WRITE_RECORDS)
    def shelf(self) -> tuple[Phrase, ...]:
        """The own phrases and then the office's, each in the order of their codes."""
        with self.work() as session:
            return self._all(session, self.clock.today())

    @needs(Permission.WRITE_RECORDS)
    def keep(self, given: PhraseInput) -> UUID:
        """Keep an own phrase, new or changed; a retry stores once. An office's code may be used again: the own one wins.

        Raises ValidationError per field, ConflictError when it was changed in another window.
        """
        given = _trimmed(given)
        errors = _errors(given)
        if errors:
            raise ValidationError(**errors)
        with self.work() as session:
            if self._taken(session, given):
                raise ValidationError(code=_TAKEN)
            row = session.get(OwnPhrase, given.phrase_id)
            if row is None:
                session.add(self._new(given))
            elif not (given.shown_version == 0 and _says(row, given)):
                self._change(row, given)
            return given.phrase_id

    @needs(Permission.WRITE_RECORDS)
    def end(self, phrase_id: UUID, shown_version: int) -> None:
        """Let an own phrase be used no more. Raises ConflictError when it was changed in another window."""
        with self.work() as session:
            row = session.get(OwnPhrase, phrase_id)
            self._refuse(row, shown_version)
            if row is not None:
                row.is_ended, row.version = True, row.version + 1
                row.saved_at = self.clock.now()

    def _all(self, session: Session, today: date) -> tuple[Phrase, ...]:
        p = OwnPhrase
        own = session.scalars(
            select(p)
            .where(p.staff_id == self.staff.staff_id, p.is_ended.is_(False))
            .order_by(p.folded)
        )
        return (*map(_phrase, own), *lookup.phrases(session, self.staff.office_id, today))

    def _taken(self, session: Session, given: PhraseInput) -> bool:
        p = OwnPhrase
        return bool(
            session.scalar(
                select(func.count()).where(
                    p.staff_id == self.staff.staff_id,
                    p.folded == fold(given.code),
                    p.is_ended.is_(False),
                    p.id != given.phrase_id,
                )
            )
        )

    def _new(self, given: PhraseInput) -> OwnPhrase:
        return OwnPhrase(
            id=given.phrase_id,
            office_id=self.staff.office_id,
            staff_id=self.staff.staff_id,
            code=given.code,
            folded=fold(given.code),
            label=given.label,
            text=given.text,
            segments=_packed(given.segments),
            saved_at=self.clock.now(),
        )

    def _change(self, row: OwnPhrase, given: PhraseInput) -> None:
        self._refuse(row, given.shown_version)
        row.code, row.folded = given.code, fold(given.code)
        row.label, row.text = given.label, given.text
        row.segments = _packed(given.segments)
        row.version += 1
        row.saved_at = self.clock.now()

    def _refuse(self, row: OwnPhrase | None, shown_version: int) -> None:
        if row is None or row.staff_id != self.staff.staff_id or row.is_ended:
            raise NotPermittedError(_GONE)
        if row.version != shown_version:
            raise ConflictError(_STALE)


def _next_day(session: Session, household_id: UUID, today: date) -> str:
    """The day of the next thing that was promised to or by the household, as people write it."""
    p = PromiseRow
    day = session.scalar(
        select(func.min(p.due_on)).where(
            p.household_id == household_id,
            p.due_on >= today,
            p.kept_on.is_(None),
            p.to_version.is_(None),
        )
    )
    return format_date(day) if day else ""


def _phrase(row: OwnPhrase) -> Phrase:
    return Phrase(
        code=row.code,
        label=row.label,
        text=row.text,
        segments=tuple(SegmentKind(name) for name in row.segments.split()),
        phrase_id=row.id,
        version=row.version,
    )


def _packed(segments: tuple[SegmentKind, ...]) -> str:
    return " ".join(kind for kind in SegmentKind if kind in segments)


def _trimmed(given: PhraseInput) -> PhraseInput:
    """Without outer blanks; without a label the text begins to name itself."""
    text = given.text.strip()
    label = given.label.strip() or text[:LONGEST_LABEL].split("\n")[0]
    return replace(given, code=given.code.strip(), label=label, text=text)


def _errors(given: PhraseInput) -> dict[str, str]:
    errors = {
        "code": code_error(given.code),
        "label": ""
        if len(given.label) <= LONGEST_LABEL
        else f"見出しは{LONGEST_LABEL}文字までにしてください。",
        "text": slot_error(given.text),
    }
    if not given.text:
        errors["text"] = "文を入力してください。"
    elif len(given.text) > LONGEST_TEXT:
        errors["text"] = f"文は{LONGEST_TEXT}文字までにしてください。"
    return {name: sentence for name, sentence in errors.items() if sentence}


def _says(row: OwnPhrase, given: PhraseInput) -> bool:
    """Whether an earlier try of the same save arrived after all."""
    return (row.code, row.label, row.text) == (given.code, given.label, given.text)
