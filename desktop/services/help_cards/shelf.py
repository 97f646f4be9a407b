"""The cards of an office: those shipped with the program, over them an imported package, over them the office's own pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.domain.errors import UserError
from desktop.domain.help_cards import FILE_KINDS, CardKind, HelpCard, read_card
from desktop.domain.help_packages import HelpKey, HelpPackage, key_from
from desktop.domain.help_pages import OFFICE_CARDS, PageVersion, card_of, is_page_key
from desktop.domain.master_tables import Master
from desktop.models.help_cards import HelpPackageRecord, HelpPackageReturn, HelpPageRecord
from desktop.models.office import Staff
from desktop.resources import resource_path
from desktop.services.help_cards.package_file import read_package
from desktop.services.masters.lookup import in_force

_OTHER_NUMBER = "取り込んだときの番号と合いません。使いません。システム管理者に知らせてください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingPackage:
    """The package that was imported last and not taken back; `fault` says why it cannot be believed now."""

    package_id: UUID
    package: HelpPackage | None
    fault: str


@cache
def shipped_cards() -> tuple[HelpCard, ...]:
    """Every shipped card, kind after kind, in the order of their keys: files of the program, so they are read once.

    Raises CardError, which is a bug of what was shipped.
    """
    return tuple(
        read_card(kind, path.stem, path.read_text(encoding="utf-8"))
        for kind in FILE_KINDS
        for path in sorted(
            resource_path("help", kind.value).glob("*.md"), key=lambda path: path.stem
        )
    )


def office_cards(session: Session, office_id: UUID, today: date) -> tuple[HelpCard, ...]:
    """Every card as this office has it: its own pages first, then kind after kind."""
    standing = standing_package(session, office_id, today)
    cards = with_package(standing.package if standing else None)
    return _with_pages(cards, newest_pages(session, office_id))


def with_package(package: HelpPackage | None) -> tuple[HelpCard, ...]:
    """The shipped cards with those of a package in their place, and without those that it withdraws."""
    found = {card.key: card for card in shipped_cards()}
    if package is not None:
        found |= {card.key: replace(card, origin=package.origin) for card in package.cards}
        found = {key: card for key, card in found.items() if key not in package.withdrawn}
    return _in_order(found.values())


def trusted_keys(session: Session, office_id: UUID, today: date) -> tuple[HelpKey, ...]:
    """The keys whose signature the office trusts."""
    rows = in_force(session, office_id, Master.HELP_KEYS, today)
    keys = (
        key_from(str(value.get("label") or ""), code, str(value.get("public_key") or ""))
        for code, value in sorted(rows.items())
    )
    return tuple(key for key in keys if key is not None)


def standing_package(session: Session, office_id: UUID, today: date) -> StandingPackage | None:
    """The newest imported package unless it was taken back; its signature is verified whenever it is read."""
    p, r = HelpPackageRecord, HelpPackageReturn
    row = session.execute(
        select(p, r.returned_at)
        .outerjoin(r, r.package_id == p.id)
        .where(p.office_id == office_id)
        .order_by(p.number.desc(), p.imported_at.desc(), p.id.desc())
        .limit(1)
    ).first()
    if row is None or row[1] is not None:
        return None
    record = row[0]
    try:
        package = read_package(record.data, trusted_keys(session, office_id, today))
    except UserError as error:
        return StandingPackage(package_id=record.id, package=None, fault=error.sentence)
    if package.number != record.number:
        # Somebody wrote another number beside the bytes: an old package must not pass for a new one.
        return StandingPackage(package_id=record.id, package=None, fault=_OTHER_NUMBER)
    return StandingPackage(package_id=record.id, package=package, fault="")


def newest_pages(session: Session, office_id: UUID) -> tuple[PageVersion, ...]:
    """The newest version of every page, withdrawn ones too, by title."""
    p, later = HelpPageRecord, aliased(HelpPageRecord)
    is_newest = ~(
        select(later.id)
        .where(later.office_id == p.office_id, later.key == p.key, later.number > p.number)
        .exists()
    )
    rows = session.execute(
        select(p, Staff.name)
        .join(Staff, Staff.id == p.written_by)
        .where(p.office_id == office_id, is_newest)
        .order_by(p.title, p.key)
    )
    return tuple(page_version(*row) for row in rows)


def page_version(row: HelpPageRecord, author: str) -> PageVersion:
    """A stored version."""
    return PageVersion(
        key=row.key,
        number=row.number,
        title=row.title,
        places=tuple(row.places.split()),
        words=tuple(row.words.split("\n")) if row.words else (),
        body=row.body,
        why=row.why,
        is_withdrawn=row.is_withdrawn,
        author=author,
        written_at=row.written_at,
    )


def _with_pages(cards: Sequence[HelpCard], pages: Iterable[PageVersion]) -> tuple[HelpCard, ...]:
    found = {card.key: card for card in cards}
    for page in pages:
        if not page.is_withdrawn and is_page_key(page.key):
            stands_for = found.get(page.key) if page.key in OFFICE_CARDS else None
            found[page.key] = card_of(page, stands_for)
    return _in_order(found.values())


def _in_order(cards: Iterable[HelpCard]) -> tuple[HelpCard, ...]:
    kinds = (CardKind.LOCAL, *FILE_KINDS)
    return tuple(sorted(cards, key=lambda card: (kinds.index(card.kind), card.key)))
