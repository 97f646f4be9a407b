"""Use cases of imported packages (手引の更新): look at a file, take it in, take it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, defer

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, UserError, ValidationError
from desktop.domain.help_cards import HelpCard
from desktop.domain.help_packages import (
    MOST_FILE,
    OLDER,
    TOO_LARGE,
    HelpPackage,
    ImportedPackage,
    PackagePreview,
    PackageState,
)
from desktop.domain.help_pages import MOST_WHY
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.models.help_cards import HelpPackageRecord, HelpPackageReturn
from desktop.models.office import Staff
from desktop.services.help_cards.package_file import read_package
from desktop.services.help_cards.shelf import standing_package, trusted_keys, with_package
from desktop.services.permission import needs


@dataclass(frozen=True, slots=True)
class HelpPackageService:
    """What the office imports for its help, and what it trusts."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.SEE_SUPERVISION)
    def state(self) -> PackageState:
        """The trusted keys, everything imported, and what of it is in the help."""
        today, office_id = self.clock.today(), self.staff.office_id
        with self.work() as session:
            standing = standing_package(session, office_id, today)
            is_good = standing is not None and standing.package is not None
            return PackageState(
                keys=trusted_keys(session, office_id, today),
                imported=self._imported(session),
                in_force=standing.package_id if standing is not None and is_good else None,
                fault=standing.fault if standing else "",
            )

    @needs(Permission.SEE_SUPERVISION)
    def preview(self, path: Path) -> PackagePreview:
        """Read and judge a file; nothing is stored. Raises UserError with what is wrong with it."""
        try:
            with path.open("rb") as stream:
                data = stream.read(MOST_FILE + 1)
        except OSError as error:
            raise UserError(f"{path.name}を読めません。ファイルを確かめてください。") from error
        if len(data) > MOST_FILE:
            raise UserError(TOO_LARGE)
        today, office_id = self.clock.today(), self.staff.office_id
        with self.work() as session:
            keys = trusted_keys(session, office_id, today)
            package = read_package(data, keys)
            self._refuse_older(session, package)
            standing = standing_package(session, office_id, today)
        before = {card.key: card for card in with_package(standing.package if standing else None)}
        after = {card.key: card for card in with_package(package)}
        changed = [
            key
            for key, card in after.items()
            if key in before and _said(before[key]) != _said(card)
        ]
        return PackagePreview(
            file_name=path.name,
            data=data,
            package=package,
            key_label=next(k.label for k in keys if k.fingerprint == package.fingerprint),
            added=tuple(card.title for key, card in after.items() if key not in before),
            changed=tuple(after[key].title for key in changed),
            removed=tuple(card.title for key, card in before.items() if key not in after),
            changes=tuple(change.title for change in package.changes),
        )

    @needs(Permission.SEE_SUPERVISION)
    def take_in(self, preview: PackagePreview) -> None:
        """Store a package that was looked at; it is judged anew. From then on its cards are those of the office."""
        office_id = self.staff.office_id
        with self.work() as session:
            keys = trusted_keys(session, office_id, self.clock.today())
            package = read_package(preview.data, keys)
            self._refuse_older(session, package)
            session.add(
                HelpPackageRecord(
                    id=new_id(),
                    office_id=office_id,
                    number=package.number,
                    title=package.title,
                    issuer=package.issuer,
                    issued_on=package.issued_on,
                    fingerprint=package.fingerprint,
                    data=preview.data,
                    imported_by=self.staff.staff_id,
                    imported_at=self.clock.now(),
                )
            )

    @needs(Permission.SEE_SUPERVISION)
    def take_back(self, package_id: UUID, why: str) -> None:
        """Take the newest package back: the help is what was shipped, and the office's own pages. A retry does it once."""
        why = why.strip()
        if not why or len(why) > MOST_WHY:
            raise ValidationError(why=f"取り消す理由を{MOST_WHY}文字までで入力してください。")
        with self.work() as session:
            row = session.get(HelpPackageRecord, package_id)
            if row is None or row.office_id != self.staff.office_id:
                raise NotPermittedError("この手引の更新は見つかりません。")
            if session.get(HelpPackageReturn, package_id) is not None:
                return
            newest = self._imported(session)[0]
            if newest.package_id != package_id:
                raise ConflictError("新しい手引の更新があります。読み直してください。")
            session.add(
                HelpPackageReturn(
                    package_id=package_id,
                    office_id=self.staff.office_id,
                    why=why,
                    returned_by=self.staff.staff_id,
                    returned_at=self.clock.now(),
                )
            )

    def _refuse_older(self, session: Session, package: HelpPackage) -> None:
        """A package must be newer than what was imported; one that was taken back may come again."""
        newest = next(iter(self._imported(session)), None)
        if newest is None or package.number > newest.number:
            return
        if package.number < newest.number or newest.returned_at is None:
            raise UserError(OLDER.format(number=package.number, standing=newest.number))

    def _imported(self, session: Session) -> tuple[ImportedPackage, ...]:
        p, r, took, gave = HelpPackageRecord, HelpPackageReturn, Staff, aliased(Staff)
        rows = session.execute(
            select(p, took.name, gave.name, r.returned_at, r.why)
            .options(defer(p.data))
            .join(took, took.id == p.imported_by)
            .outerjoin(r, r.package_id == p.id)
            .outerjoin(gave, gave.id == r.returned_by)
            .where(p.office_id == self.staff.office_id)
            .order_by(p.number.desc(), p.imported_at.desc(), p.id.desc())
        )
        return tuple(
            ImportedPackage(
                package_id=row.id,
                number=row.number,
                title=row.title,
                issuer=row.issuer,
                issued_on=row.issued_on,
                fingerprint=row.fingerprint,
                imported_by=imported_by,
                imported_at=row.imported_at,
                returned_by=returned_by or "",
                returned_at=returned_at,
                why=why or "",
            )
            for row, imported_by, returned_by, returned_at, why in rows
        )


def _said(card: HelpCard) -> HelpCard:
    """What a card says, whoever brought it."""
    return replace(card, origin="")
