"""Use cases of the office's own pages in its help (地域のきまり)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, ValidationError
from desktop.domain.help_cards import HelpCard
from desktop.domain.help_pages import PageInput, PageVersion, is_page_key, page_errors
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.models.help_cards import HelpPageRecord
from desktop.models.office import Staff
from desktop.services.help_cards.shelf import newest_pages, office_cards, page_version
from desktop.services.permission import needs

_CONFLICT = "ほかの人が先に直しました。書いた文を写してから、読み直してください。"
_NO_PAGE = "この手引は事務所では書き替えられません。"


@dataclass(frozen=True, slots=True)
class HelpPageService:
    """Pages as the person who keeps them sees them. Versions are only added."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.SEE_SUPERVISION)
    def pages(self) -> tuple[PageVersion, ...]:
        """The newest version of every page, withdrawn ones too."""
        with self.work() as session:
            return newest_pages(session, self.staff.office_id)

    @needs(Permission.SEE_SUPERVISION)
    def cards(self) -> tuple[HelpCard, ...]:
        """Every card of the help: what a page may lead to, and what may be replaced."""
        with self.work() as session:
            return office_cards(session, self.staff.office_id, self.clock.today())

    @needs(Permission.SEE_SUPERVISION)
    def versions(self, key: str) -> tuple[PageVersion, ...]:
        """Every version of a page, the newest first."""
        p = HelpPageRecord
        with self.work() as session:
            rows = session.execute(
                select(p, Staff.name)
                .join(Staff, Staff.id == p.written_by)
                .where(p.office_id == self.staff.office_id, p.key == key)
                .order_by(p.number.desc())
            )
            return tuple(page_version(*row) for row in rows)

    @needs(Permission.SEE_SUPERVISION)
    def save(self, given: PageInput) -> PageVersion:
        """Add a version. A retry of the same text stores once.

        Raises ValidationError per field, ConflictError where somebody wrote one meanwhile.
        """
        given = replace(
            given,
            title=given.title.strip(),
            body=given.body.strip(),
            why=given.why.strip(),
            words=tuple(word.strip() for word in given.words if word.strip()),
        )
        if not is_page_key(given.key):
            raise ValidationError(_NO_PAGE)
        office_id = self.staff.office_id
        with self.work() as session:
            cards = office_cards(session, office_id, self.clock.today())
            errors = page_errors(given, {given.key, *(card.key for card in cards)})
            if errors:
                raise ValidationError(**errors)
            newest = self._newest(session, given.key)
            if newest is not None and _says(newest, given) and newest.number == given.shown + 1:
                return page_version(newest, self.staff.name)
            if given.shown != (newest.number if newest else 0):
                raise ConflictError(_CONFLICT)
            row = HelpPageRecord(
                id=new_id(),
                office_id=office_id,
                key=given.key,
                number=given.shown + 1,
                title=given.title,
                places="\n".join(given.places),
                words="\n".join(given.words),
                body=given.body,
                why=given.why,
                is_withdrawn=given.is_withdrawn,
                written_by=self.staff.staff_id,
                written_at=self.clock.now(),
            )
            session.add(row)
            session.flush()
            return page_version(row, self.staff.name)

    def _newest(self, session: Session, key: str) -> HelpPageRecord | None:
        p = HelpPageRecord
        of_key = (p.office_id == self.staff.office_id, p.key == key)
        number = select(func.max(p.number)).where(*of_key).scalar_subquery()
        return session.scalars(select(p).where(*of_key, p.number == number)).one_or_none()


def _says(row: HelpPageRecord, given: PageInput) -> bool:
    """Whether a stored version is what was given: an earlier try of the same save arrived after all."""
    return (row.title, row.body, row.why, row.is_withdrawn, row.places, row.words) == (
        *(given.title, given.body, given.why, given.is_withdrawn),
        *("\n".join(given.places), "\n".join(given.words)),
    )
