"""The file of short messages about announced visits: who gets one, what is written, and that it left the program.

It is offered only where the office says that it has a gateway. The program sends nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError, UserError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.short_messages import (
    FORM_CODE,
    Gateway,
    LeftOut,
    Message,
    MessageFile,
    MessageWriting,
    check_days,
    file_bytes,
    file_name,
)
from desktop.domain.visit_plans import NO_PLAN
from desktop.domain.visit_telephones import Telephones
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.records import PrintBatch
from desktop.models.support_policies import PrintedFile
from desktop.services.masters import lookup, lookup_visits
from desktop.services.permission import needs
from desktop.services.printing.batches import note_households
from desktop.services.printing.call_lists import not_to_be_called, purpose_of
from desktop.services.visit_plans.announced import AnnouncedVisit, announced_in_district
from desktop.services.visit_preferences.loading import telephones

_OFF = "ショートメッセージのファイルは、設定値で「使う」にした事務所だけが作れます。"
_NOBODY = "この日から書き出すショートメッセージはありません。"
_ONE_DAY = timedelta(days=1)
#: It is a file: nothing of it is on paper.
_NO_PAGES = 0
#: So many writings are told of.
_LAST = 3


@dataclass(frozen=True, slots=True)
class _Read:
    """What is announced, of which households, and to which gateway. `open_ids` are those whose numbers may be looked up."""

    gateway: Gateway
    contact: str
    visits: Sequence[AnnouncedVisit]
    case_numbers: dict[UUID, str]
    shielded: frozenset[UUID]

    @property
    def open_ids(self) -> list[UUID]:
        """Everybody but households under 支援措置."""
        return sorted(self.case_numbers.keys() - self.shielded)


@dataclass(frozen=True, slots=True)
class ShortMessages:
    """Files of short messages for the signed-in person: districts of the own duty."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.PRINT_DRAFTS)
    def is_offered(self) -> bool:
        """Whether the office has a gateway."""
        with self.work() as session:
            return lookup_visits.sms_gateway(
                session, self.staff.office_id, self.clock.today()
            ).is_ready

    @needs(Permission.PRINT_DRAFTS)
    def prepare(self, district_id: UUID, first: date, until: date) -> MessageFile:
        """The file about the announced visits from `first` to before `until`; nothing is written or noted yet.

        Raises NotPermittedError outside the own duty or without a gateway, ValidationError for days that cannot be, UserError
        where nobody gets a message or the encoding lacks a character.
        """
        self._check_duty(district_id)
        today = self.clock.today()
        check_days(first, until, today)
        read = self._read(district_id, first, until)
        self.reading.open(purpose_of(self.staff), read.open_ids)
        with self.work() as session:
            numbers = telephones(session, read.open_ids)
            silent = not_to_be_called(session, read.open_ids, today)
        batch_id = new_id()
        messages, left_out = _messages(read, numbers, silent, batch_id)
        if not messages:
            raise UserError(f"{_NOBODY}（{left_out.words}）" if left_out.words else _NOBODY)
        return MessageFile(
            batch_id=batch_id,
            name=file_name(first, until),
            data=file_bytes(read.gateway, messages, read.contact),
            household_ids=tuple(dict.fromkeys(m.household_id for m in messages)),
            count=len(messages),
            left_out=left_out,
            telling_words=read.gateway.telling_words,
        )

    @needs(Permission.PRINT_DRAFTS)
    def record(self, file: MessageFile) -> None:
        """Note that the file leaves the program, with its hash and every household of it. Repeating it changes nothing."""
        with self.work() as session:
            note_households(
                *(session, self.staff, self.clock, file.batch_id, FORM_CODE, file.household_ids),
                pages=_NO_PAGES,
                sha256=hashlib.sha256(file.data).hexdigest(),
            )

    @needs(Permission.PRINT_DRAFTS)
    def written(self, district_id: UUID) -> tuple[MessageWriting, ...]:
        """The last files about households of a district, the newest first: for its caseworker and its supervisor."""
        b, f = PrintBatch, PrintedFile
        self._check_duty(district_id)
        with self.work() as session:
            rows = session.execute(
                select(b.printed_at, Staff.name, func.count())
                .join(f, f.batch_id == b.id)
                .join(Household, Household.id == f.household_id)
                .join(Staff, Staff.id == b.printed_by)
                .where(
                    b.office_id == self.staff.office_id,
                    f.form == FORM_CODE,
                    Household.district_id == district_id,
                )
                .group_by(b.id, b.printed_at, Staff.name)
                .order_by(b.printed_at.desc(), b.id.desc())
                .limit(_LAST)
            )
            return tuple(
                MessageWriting(at=at, by=name, households=count) for at, name, count in rows
            )

    def _check_duty(self, district_id: UUID) -> None:
        if not self.staff.is_office_wide and district_id not in self.staff.duty_district_ids:
            raise NotPermittedError(NO_PLAN)

    def _read(self, district_id: UUID, first: date, until: date) -> _Read:
        office_id, today = self.staff.office_id, self.clock.today()
        with self.work() as session:
            gateway = lookup_visits.sms_gateway(session, office_id, today)
            if not gateway.is_ready:
                raise NotPermittedError(_OFF)
            visits = announced_in_district(session, office_id, district_id, first, until - _ONE_DAY)
            households = session.execute(
                select(Household.id, Household.case_number, Household.is_shielded).where(
                    Household.id.in_({visit.household_id for visit in visits})
                )
            ).all()
            return _Read(
                gateway=gateway,
                contact=lookup.letter_contact(session, office_id, today)[1],
                visits=visits,
                case_numbers={row.id: row.case_number for row in households},
                shielded=frozenset(row.id for row in households if row.is_shielded),
            )


def _messages(
    read: _Read, numbers: dict[UUID, Telephones], silent: frozenset[UUID], batch_id: UUID
) -> tuple[list[Message], LeftOut]:
    """Who gets a message, and how many visits get none for which reason."""
    messages, left = list[Message](), Counter[str]()
    for visit in read.visits:
        household_id = visit.household_id
        telephone = numbers.get(household_id, Telephones())
        if household_id in read.shielded:
            left["shielded"] += 1
        elif household_id in silent:
            left["no_phone"] += 1
        elif not telephone.may_be_written_to:
            left["not_agreed"] += 1
        else:
            messages.append(
                Message(
                    household_id=household_id,
                    case_number=read.case_numbers[household_id],
                    number=telephone.message_number,
                    day=visit.day,
                    half=visit.half,
                    reference=f"{batch_id.hex[-6:]}-{len(messages) + 1:04}",
                )
            )
    return messages, LeftOut(**left)
