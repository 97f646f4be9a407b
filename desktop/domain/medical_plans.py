"""The plan of hospital visits (通院計画), its appointments, and what the ways there cost (通院・求職の移送費).

Whether appointments were kept is shown beside the reasons and is no score; who missed two running is asked after, and
nothing else follows (employment-support 6.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.medical_opinions import long_texts

#: Months over which appointments are counted, and the months before them that show where it goes.
MONTHS_COUNTED = 3
#: So many missed running ask for a visit or a call.
MISSED_RUNNING = 2
MOST_ROWS = 10
MOST_A_MONTH = 31
MOST_FARE = 1_000_000
GO_AND_SEE = "予約の日に2回続けて受診していません。訪問・電話で様子を聞いてください。"
NO_SCORE = "予約の日に受診したかどうかの記録です。点数や評価ではなく、指導や処分の根拠にしません。"


class VisitStatus(StrEnum):
    """What became of an appointment."""

    ATTENDED = "attended"
    MOVED = "moved"
    MISSED_TOLD = "missed_told"
    MISSED = "missed"
    UNKNOWN = "unknown"


VISIT_STATUS: Mapping[VisitStatus, str] = {
    VisitStatus.ATTENDED: "受診",
    VisitStatus.MOVED: "変更",
    VisitStatus.MISSED_TOLD: "欠席（連絡あり）",
    VisitStatus.MISSED: "欠席（連絡なし）",
    VisitStatus.UNKNOWN: "不明",
}
NOT_KEPT = frozenset({VisitStatus.MISSED_TOLD, VisitStatus.MISSED})


class ConfirmedBy(StrEnum):
    """How it is known."""

    PERSON = "person"
    PHARMACY = "pharmacy"
    INSTITUTION = "institution"
    COMPANION = "companion"
    TICKET = "ticket"


CONFIRMED_BY: Mapping[ConfirmedBy, str] = {
    ConfirmedBy.PERSON: "本人",
    ConfirmedBy.PHARMACY: "薬局・領収書",
    ConfirmedBy.INSTITUTION: "医療機関",
    ConfirmedBy.COMPANION: "同行",
    ConfirmedBy.TICKET: "医療券",
}


class TripPurpose(StrEnum):
    """What a way was for."""

    HOSPITAL = "hospital"
    JOB_SEARCH = "job_search"
    PROGRAMME = "programme"


TRIP_PURPOSE: Mapping[TripPurpose, str] = {
    TripPurpose.HOSPITAL: "通院",
    TripPurpose.JOB_SEARCH: "求職活動",
    TripPurpose.PROGRAMME: "事業への参加",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One institution of a plan. `ask` is what to ask the doctor, `convey` the words the person wants conveyed."""

    institution: str = field(repr=False)
    visits_a_month: int
    department: str = field(default="", repr=False)
    doctor: str = field(default="", repr=False)
    companion: str = field(default="", repr=False)
    transport: str = field(default="", repr=False)
    cost_approved: bool = False
    care: str = field(default="", repr=False)
    ask: str = field(default="", repr=False)
    convey: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInput:
    """A plan as it is written. It takes the place of the person's earlier one; `condition` is in plain words."""

    plan_id: UUID
    household_id: UUID
    person_id: UUID
    begins_on: date
    ends_on: date
    purpose: str = field(repr=False)
    condition: str = field(default="", repr=False)
    consented_on: date | None = None
    consent: str = field(default="", repr=False)
    rejudge_on: date | None = None
    rows: tuple[PlanRow, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalPlan:
    """A stored plan with its author."""

    given: PlanInput = field(repr=False)
    author: str = field(repr=False)
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentInput:
    """An appointment of a plan; `at` is a time of day as text, "" where none was given."""

    appointment_id: UUID
    household_id: UUID
    plan_id: UUID
    on_day: date
    institution: str = field(repr=False)
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitInput:
    """What became of an appointment; a later one puts an earlier one right. `next_on` makes the next appointment."""

    visit_id: UUID
    appointment_id: UUID
    household_id: UUID
    status: VisitStatus
    confirmed_by: ConfirmedBy | None = None
    note: str = field(default="", repr=False)
    next_on: date | None = None
    next_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A stored appointment and what became of it; `status` is None while nobody noted anything."""

    appointment_id: UUID
    plan_id: UUID
    person_id: UUID
    on_day: date
    at: str
    institution: str = field(repr=False)
    status: VisitStatus | None = None
    confirmed_by: ConfirmedBy | None = None
    note: str = field(default="", repr=False)
    noted_by: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TripInput:
    """One way that cost something (yen), with its evidence. `replaces_id` is the row that this one puts right."""

    trip_id: UUID
    household_id: UUID
    person_id: UUID
    on_day: date
    purpose: TripPurpose
    from_place: str = field(repr=False)
    to_place: str = field(repr=False)
    means: str = field(repr=False)
    fare: int
    evidence: str = field(default="", repr=False)
    replaces_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """A stored way with who noted it."""

    given: TripInput = field(repr=False)
    noted_by: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How appointments of some months went: counts, never a score. `missed` told and untold together."""

    attended: int
    missed: int
    moved: int
    unknown: int

    @property
    def share(self) -> int | None:
        """Percent of attended among attended and missed; None where there are none."""
        known = self.attended + self.missed
        return None if known == 0 else round(100 * self.attended / known)


def kept_between(appointments: Iterable[Appointment], first: date, last: date) -> Kept:
    """What became of the appointments of these days; one without a word yet counts nowhere."""
    found = [a.status for a in appointments if first <= a.on_day <= last and a.status is not None]
    return Kept(
        attended=found.count(VisitStatus.ATTENDED),
        missed=sum(status in NOT_KEPT for status in found),
        moved=found.count(VisitStatus.MOVED),
        unknown=found.count(VisitStatus.UNKNOWN),
    )


def kept_lately(appointments: Sequence[Appointment], today: date) -> tuple[Kept, Kept]:
    """The last three months, and the three before them."""
    first = months_later(today, -MONTHS_COUNTED)
    before = months_later(today, -2 * MONTHS_COUNTED)
    recent = [a for a in appointments if first < a.on_day <= today]
    earlier = [a for a in appointments if before < a.on_day <= first]
    return kept_between(recent, date.min, date.max), kept_between(earlier, date.min, date.max)


def missed_running(statuses: Iterable[VisitStatus]) -> bool:
    """Whether the newest appointments (newest first) were missed one after the other; what is unknown or moved is not missed."""
    newest = list(statuses)[:MISSED_RUNNING]
    return len(newest) == MISSED_RUNNING and all(status in NOT_KEPT for status in newest)


def plan_errors(given: PlanInput) -> dict[str, str]:
    """Field → sentence for what a plan may not look like; the database judges by the same rules."""
    errors = long_texts(
        {"purpose": given.purpose, "condition": given.condition, "consent": given.consent}
    )
    if not given.purpose.strip():
        errors["purpose"] = "通院の目的（回復の目標）を入力してください。"
    if given.ends_on < given.begins_on:
        errors["ends_on"] = "終わりの日は、始まりの日より後にしてください。"
    if (given.consented_on is None) != (not given.consent.strip()):
        errors["consent"] = "同意の日と、どのように同意したかを両方入力してください。"
    if not 1 <= len(given.rows) <= MOST_ROWS:
        errors["institution"] = f"医療機関を1つから{MOST_ROWS}つまで入力してください。"
    if any(not row.institution.strip() for row in given.rows):
        errors["institution"] = "医療機関を入力してください。"
    if any(not 0 <= row.visits_a_month <= MOST_A_MONTH for row in given.rows):
        errors["visits_a_month"] = f"月の回数は0から{MOST_A_MONTH}までにしてください。"
    return errors


def trip_errors(given: TripInput, today: date) -> dict[str, str]:
    """Field → sentence for what a way may not look like; the database judges by the same rules."""
    texts = ("from_place", "to_place", "means", "evidence")
    errors = long_texts({name: getattr(given, name) for name in texts})
    for name, what in (("from_place", "出発地"), ("to_place", "行き先"), ("means", "交通手段")):
        if not getattr(given, name).strip():
            errors[name] = f"{what}を入力してください。"
    if given.on_day > today:
        errors["on_day"] = "移動した日は今日までの日付にしてください。"
    if not 0 <= given.fare <= MOST_FARE:
        errors["fare"] = f"運賃は0円から{MOST_FARE:,}円までにしてください。"
    return errors
