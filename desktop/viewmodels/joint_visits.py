"""Bookings, fixed half-days and rules as the screen 同行と約束 lists them: one line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.era import DateStyle, format_date
from desktop.domain.joint_bookings import (
    JOINT_LABEL,
    AppointmentRow,
    JointBoard,
    JointRuleRow,
    NamedBooking,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.working_time import HALF_LABEL, WEEKDAYS, Half
from desktop.viewmodels.columns import CENTER, Column

_OTHERS = "（ほかの担当の世帯）"
_PLAN = "訪問計画"


class LineKind(StrEnum):
    """What a line stands for."""

    BOOKING = "booking"
    APPOINTMENT = "appointment"
    RULE = "rule"


LINE_KIND = {
    LineKind.BOOKING: "同行の予約",
    LineKind.APPOINTMENT: "約束した訪問",
    LineKind.RULE: "同行の決まり",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JointLine:
    """One line. `may_end` says whether the person may take it back; the use case judges again."""

    line_id: UUID
    kind: LineKind
    when: str
    order: tuple[object, ...]
    household: str
    partner: str
    told: str
    by: str
    may_end: bool

    @property
    def sentence(self) -> str:
        """The line in words, for what is asked before it is taken back."""
        parts = (LINE_KIND[self.kind], self.when, self.household, self.partner)
        return "　".join(filter(None, parts))


COLUMNS: Sequence[Column[JointLine]] = (
    Column(header="種類", text=lambda line: LINE_KIND[line.kind]),
    Column(header="日・回", text=lambda line: line.when, sort=lambda line: line.order),
    Column(header="世帯", text=lambda line: line.household),
    Column(header="同行", text=lambda line: line.partner),
    Column(header="予告", text=lambda line: line.told, align=CENTER),
    Column(header="登録", text=lambda line: line.by),
)


def lines_of(board: JointBoard, staff: SignedInStaff) -> tuple[JointLine, ...]:
    """Everything in the order of the days; the rules, which have none, come last."""
    lines = [
        *(_booking(found, board, staff) for found in board.bookings),
        *map(_appointment, board.appointments),
        *map(_rule, board.rules),
    ]
    return tuple(sorted(lines, key=lambda line: line.order))


def half_day_words(day: date, half: Half) -> str:
    """R6.11.12（火）午前."""
    weekday = (
        WEEKDAYS[day.weekday()] if day.weekday() < len(WEEKDAYS) else "土日"[day.weekday() - 5]
    )
    return f"{format_date(day, DateStyle.SHORT)}（{weekday}）{HALF_LABEL[half]}"


def every_words(every: int) -> str:
    """毎回 / 3回に1回."""
    return "毎回" if every == 1 else f"{every}回に1回"


def _booking(found: NamedBooking, board: JointBoard, staff: SignedInStaff) -> JointLine:
    booking = found.booking
    cars = {partner.vehicle: partner.name for partner in board.partners if partner.vehicle}
    who = booking.partner or cars.get(booking.vehicle, booking.vehicle)
    if booking.is_of_plan:
        household = f"{_PLAN}（{found.district}）"
    else:
        household = _household(found.case_number, found.head_name) or _OTHERS
    is_own = staff.staff_id in {booking.booked_by, booking.partner_id}
    return JointLine(
        line_id=booking.booking_id,
        kind=LineKind.BOOKING,
        when=half_day_words(booking.day, booking.half),
        order=(0, booking.day, booking.half, who),
        household=household,
        partner=f"{who}（{JOINT_LABEL[booking.kind]}）",
        told="",
        by=_PLAN if booking.is_of_plan else booking.booked_by_name,
        may_end=not booking.is_of_plan and (is_own or bool(found.case_number)),
    )


def _appointment(row: AppointmentRow) -> JointLine:
    return JointLine(
        line_id=row.appointment_id,
        kind=LineKind.APPOINTMENT,
        when=half_day_words(row.day, row.half),
        order=(0, row.day, row.half, row.case_number),
        household=_household(row.case_number, row.head_name),
        partner="",
        told="あり" if row.is_announced else "なし",
        by=row.set_by_name,
        may_end=True,
    )


def _rule(row: JointRuleRow) -> JointLine:
    return JointLine(
        line_id=row.rule_id,
        kind=LineKind.RULE,
        when=every_words(row.every),
        order=(1, row.case_number, row.every, row.partner),
        household=_household(row.case_number, row.head_name),
        partner=f"{row.partner}（{JOINT_LABEL[row.kind]}）",
        told="",
        by=row.set_by_name,
        may_end=True,
    )


def _household(number: str, name: str) -> str:
    return f"{number}　{name}" if number else ""
