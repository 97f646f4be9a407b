"""Papers that left the training office: trips that came back, one that did not, and an old loss that was reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.domain.carry_outs import (
    CarryOutApproval,
    CarryOutReason,
    CarryOutState,
    sheets_for,
)
from desktop.domain.clock import JAPAN
from desktop.domain.households import HouseholdState
from desktop.domain.office import AssignmentKind
from desktop.domain.papers import fiscal_year
from desktop.models.carry_outs import (
    CarryOutBook,
    CarryOutItem,
    CarryOutKind,
    CarryOutPurpose,
    CarryOutRecord,
    CarryOutStepRecord,
    IncidentRecord,
)
from desktop.models.households import Household
from desktop.models.office import Assignment, District, Staff
from desktop.services.training.plants import PlantList

_S = CarryOutState
_PROTECTION = "氏名は略記・鍵のかかる鞄"
_LOST = "帰庁して鞄を開けたときに1枚がなかった。"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trip:
    """How long ago it left, how it ended, and how many households were on its sheet."""

    days_ago: int
    state: CarryOutState
    households: int
    destroyed: bool = False
    reason: CarryOutReason = CarryOutReason.VISIT


#: From the first to the last, so that numbers follow the days.
_TRIPS = (
    _Trip(days_ago=75, state=_S.LOST, households=2),
    _Trip(days_ago=12, state=_S.CLOSED, households=4, destroyed=True),
    _Trip(days_ago=9, state=_S.CLOSED, households=1, reason=CarryOutReason.ENTRY),
    _Trip(days_ago=6, state=_S.CLOSED, households=3),
    _Trip(days_ago=2, state=_S.OUT, households=3),
)


def carry_papers(
    session: Session,
    office_id: UUID,
    today: date,
    new_id: Callable[[], UUID],
    planted: PlantList,
) -> dict[str, int]:
    """Write the trips of one caseworker, and return the rows by table; nothing where nobody looks after a district.

    What is not back is a planted problem (K01) of who carries it, and so is a home that was entered without a card (V23).
    """
    found = _caseworker(session, office_id, today)
    if found is None:
        return {}
    district_id, area, carrier, second = found
    households = session.scalars(
        select(Household.id)
        .where(Household.district_id == district_id, Household.state == HouseholdState.RECEIVING)
        .order_by(Household.case_number)
        .limit(max(trip.households for trip in _TRIPS))
    ).all()
    if not households:
        return {}
    story = _Story(session, office_id, new_id)
    for trip in _TRIPS:
        story.tell(trip, today, area, carrier, second, households[: trip.households])
        if trip.state is _S.OUT:
            login = session.scalars(select(Staff.login).where(Staff.id == carrier)).one()
            since = today - timedelta(days=trip.days_ago)
            planted.staff("K01", login, "携行票が返却されていない", is_near=False, since=since)
        if trip.reason is CarryOutReason.ENTRY:
            login = session.scalars(select(Staff.login).where(Staff.id == carrier)).one()
            since = today - timedelta(days=trip.days_ago)
            planted.staff("V23", login, "立入調査票が交付されていない", is_near=False, since=since)
    story.close_books()
    session.flush()
    return dict(story.rows)


class _Story:
    """Writes trips and counts their rows."""

    def __init__(self, session: Session, office_id: UUID, new_id: Callable[[], UUID]) -> None:
        self._session, self._office_id, self._new_id = session, office_id, new_id
        self._numbers = Counter[int]()
        self.rows = Counter[str]()

    def tell(
        self,
        trip: _Trip,
        today: date,
        area: str,
        carrier: UUID,
        second: UUID,
        households: Sequence[UUID],
    ) -> None:
        """One trip with its households and steps."""
        day = today - timedelta(days=trip.days_ago)
        year = fiscal_year(day)
        self._numbers[year] += 1
        left, back = _at(day, 9, 40), _at(day, 16, 20)
        is_back = trip.state is _S.CLOSED
        sheets = sheets_for(len(households))
        record = CarryOutRecord(
            id=self._new_id(),
            office_id=self._office_id,
            version=len(_way(trip)),
            fiscal_year=year,
            number=self._numbers[year],
            staff_id=carrier,
            reason=trip.reason,
            leaving_at=left,
            area=area,
            households=len(households),
            sheets=sheets,
            protection=_PROTECTION,
            is_masked=True,
            goes_home=False,
            approval=CarryOutApproval.NONE,
            state=trip.state,
            made_at=_at(day, 9, 15),
            left_at=left,
            back_at=back if is_back else None,
            destroyed=trip.destroyed,
            sheets_back=sheets if is_back else None,
            closed_by=second if is_back else None,
            closed_at=_at(day, 16, 40) if is_back else None,
        )
        self._add(record)
        key = {"carry_out_id": record.id, "office_id": self._office_id}
        self._add(CarryOutKind(code="carry_sheet", label="携行票", medium="紙", **key))
        for place, household_id in enumerate(households, start=1):
            self._add(CarryOutItem(household_id=household_id, place=place, with_place=False, **key))
            self._add(CarryOutPurpose(household_id=household_id, code="living", **key))
        for number, (state, hour, minute) in enumerate(_way(trip), start=1):
            by = second if state is _S.CLOSED else carrier
            words = _LOST if state is _S.LOST else ""
            at = _at(day, hour, minute)
            self._add(
                CarryOutStepRecord(number=number, state=state, by_id=by, at=at, words=words, **key)
            )
        if trip.state is _S.LOST:
            self._add(_incident(self._new_id(), record, day, second))

    def close_books(self) -> None:
        """The numbers go on from here."""
        for year, number in self._numbers.items():
            self._add(CarryOutBook(office_id=self._office_id, fiscal_year=year, last_number=number))

    def _add(
        self,
        row: CarryOutRecord
        | CarryOutKind
        | CarryOutItem
        | CarryOutPurpose
        | CarryOutStepRecord
        | CarryOutBook
        | IncidentRecord,
    ) -> None:
        self._session.add(row)
        self._session.flush()
        self.rows[row.__tablename__] += 1


def _way(trip: _Trip) -> tuple[tuple[CarryOutState, int, int], ...]:
    """The steps to where it stands, with their time of day."""
    begun = ((_S.MADE, 9, 15), (_S.OUT, 9, 40))
    ends = {
        _S.CLOSED: ((_S.BACK, 16, 20), (_S.CLOSED, 16, 40)),
        _S.LOST: ((_S.LOST, 16, 45),),
        _S.OUT: (),
    }
    return (*begun, *ends[trip.state])


def _incident(incident_id: UUID, trip: CarryOutRecord, day: date, second: UUID) -> IncidentRecord:
    """The loss was reported within its days; the sheet was found again."""
    return IncidentRecord(
        id=incident_id,
        office_id=trip.office_id,
        version=3,
        carry_out_id=trip.id,
        found_at=_at(day, 16, 30),
        persons=trip.households,
        is_malicious=False,
        is_reportable=True,
        quick_due_on=day + timedelta(days=5),
        full_due_on=day + timedelta(days=30),
        quick_reported_on=day + timedelta(days=3),
        full_reported_on=day + timedelta(days=24),
        summary="訪問から戻り、携行票1枚がないことに気付いた。翌日、訪問先の近くの交番に届いていた。",
        items="ケース番号・イニシャル・訪問の目的",
        cause="移動中に鞄の口が開いていた。",
        harm="確認されていない。",
        talk="全世帯に電話で説明し、おわびした。",
        publication="していない。",
        prevention="出発前に鞄の鍵を二人で確かめる。",
        remark="",
        reported_by=trip.staff_id,
        reported_at=_at(day, 17, 10),
        saved_by=second,
        saved_at=_at(day + timedelta(days=24), 10, 0),
    )


def _caseworker(
    session: Session, office_id: UUID, today: date
) -> tuple[UUID, str, UUID, UUID] | None:
    """A district with its name, its main caseworker, and its supervisor, who saw the papers come back."""
    main, over = Assignment, aliased(Assignment)
    row = session.execute(
        select(District.id, District.name, main.staff_id, over.staff_id)
        .join(main, main.district_id == District.id)
        .join(over, over.district_id == District.id)
        .where(
            District.office_id == office_id,
            main.kind == AssignmentKind.MAIN,
            over.kind == AssignmentKind.SUPERVISOR,
            main.valid_from <= today - timedelta(days=_TRIPS[0].days_ago),
            main.valid_to.is_(None),
            over.valid_to.is_(None),
            over.staff_id != main.staff_id,
        )
        .order_by(District.code)
        .limit(1)
    ).first()
    return None if row is None else (row[0], row[1], row[2], row[3])


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=JAPAN)
