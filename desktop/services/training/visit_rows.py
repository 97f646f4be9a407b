"""What planning needs of the training office: weeks, duty, leave, invented points of its towns, and preferences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from desktop.domain.households import HouseholdState
from desktop.domain.master_tables import Master
from desktop.domain.places import TownKind
from desktop.domain.visit_preferences import Liking
from desktop.domain.working_time import WEEKDAYS, AwayKind, Half
from desktop.models.households import Household
from desktop.models.masters import MasterValue
from desktop.services.training.days import at_work
from desktop.services.training.plan import OfficePlan
from desktop.services.training.rows import Rows
from desktop.services.training.staffing import District, Officer

#: Half-days that a caseworker visits in, out of ten a week.
_HALVES_A_WEEK = 6
_MINUTES = {Half.AM: 150, Half.PM: 195}
_LEAVE_DAYS = 3
_LEAVE_WITHIN = 60
_DUTY_EVERY_WEEKS = 2
#: Every so many households have said when they can be visited.
_PREFERS_EVERY = 6
#: Points are invented: towns on a grid around a place in the sea, a bicycle's ride across.
_LATITUDE, _LONGITUDE, _STEP, _COLUMNS = 34_500_000, 140_500_000, 9_000, 8
_CHOME_STEP, _CHOMES = 2_000, 5
_KANJI = "一二三四五"
_CITY_CODE = "90000"
_FILE = "研修用の架空の地点"
CARS = (("car1", "軽自動車1号"), ("car2", "軽自動車2号"))


class VisitRows:
    """Writes these rows; the last to be written, so that nothing else depends on them."""

    def __init__(self, rows: Rows, plan: OfficePlan) -> None:
        self._rows, self._plan = rows, plan
        self._ids, self._office = plan.ids, plan.office_id
        self._chance = Random(f"{plan.wish.seed}/visits")
        self._set_at = at_work(Random(f"{plan.wish.seed}/visits/at"), plan.days.days[-20])

    def add(self, connection: Connection) -> None:
        """Everything; households are asked for what the teams wrote."""
        caseworkers = {
            d.tenures[-1].officer.id: d for d in self._plan.staffing.districts if d.tenures
        }
        for district in caseworkers.values():
            self._time(district.tenures[-1].officer, district)
        self._points()
        self._preferences(connection)
        self._rows.flush()

    def _time(self, officer: Officer, district: District) -> None:
        today, week_id = self._plan.wish.today, self._ids()
        since = max(officer.active_from, date(today.year - (today.month < 4), 4, 1))
        self._rows.add(
            "working_week", week_id, self._office, officer.id, since.isoformat(), officer.id, self._set_at
        )  # fmt: skip
        halves = [(weekday, half) for weekday in range(len(WEEKDAYS)) for half in Half]
        chosen = set(self._chance.sample(halves, _HALVES_A_WEEK))
        for weekday, half in halves:
            minutes = _MINUTES[half] if (weekday, half) in chosen else 0
            self._rows.add("working_half_day", week_id, weekday, half.value, self._office, minutes)
        weekday = district.index % len(WEEKDAYS)
        first = today + timedelta(days=(weekday - today.weekday()) % 7)
        self._away(officer, AwayKind.DUTY, first, None, weekday)
        for _ in range(_LEAVE_DAYS):
            day = today + timedelta(days=self._chance.randint(1, _LEAVE_WITHIN))
            self._away(officer, AwayKind.LEAVE, day, day)
        training = today + timedelta(days=self._chance.randint(14, _LEAVE_WITHIN))
        self._away(officer, AwayKind.TRAINING, training, training + timedelta(days=1))

    def _away(
        self,
        officer: Officer,
        kind: AwayKind,
        first: date,
        last: date | None,
        weekday: int | None = None,
    ) -> None:
        every = 1 if weekday is None else _DUTY_EVERY_WEEKS
        self._rows.add(
            "working_absence", self._ids(), self._office, officer.id, kind.value, first.isoformat(),
            last.isoformat() if last else None, None, weekday, every, officer.id, self._set_at, None, None,
        )  # fmt: skip

    def _points(self) -> None:
        points = list(_town_points(self._plan.towns.every()))
        import_id = self._ids()
        self._rows.add(
            "town_import", import_id, self._office, _FILE, "", len(points), None, self._set_at
        )
        for number, (prefecture, city, town, kind, north, east) in enumerate(points):
            self._rows.add(
                "town_point", self._ids(), self._office, import_id, prefecture, _CITY_CODE, city,
                f"{_CITY_CODE}{number:07}", town, kind.value, north, east,
            )  # fmt: skip

    def _preferences(self, connection: Connection) -> None:
        officers = {UUID(d.id): d.tenures[-1].officer.id for d in self._plan.staffing.districts}
        households = connection.execute(
            select(Household.id, Household.district_id)
            .where(Household.state == HouseholdState.RECEIVING)
            .order_by(Household.case_number)
        ).all()
        for household_id, district_id in households[::_PREFERS_EVERY]:
            self._preference(household_id.hex, officers[district_id])

    def _preference(self, household_id: str, officer_id: str) -> None:
        chance, preference_id = self._chance, self._ids()
        self._rows.add(
            "visit_preference", preference_id, self._office, household_id, 1, int(chance.random() < 0.2),
            int(chance.random() < 0.1), officer_id, self._set_at,
        )  # fmt: skip
        halves = [(weekday, half) for weekday in range(len(WEEKDAYS)) for half in Half]
        for weekday, half in sorted(chance.sample(halves, chance.randint(1, 4))):
            liking = chance.choice(tuple(Liking))
            self._rows.add(
                "visit_preference_time", preference_id, weekday, half.value, self._office, household_id,
                liking.value,
            )  # fmt: skip


def add_cars(session: Session, office_id: UUID, at: datetime, new_id: Callable[[], str]) -> None:
    """Two cars that can go along."""
    for code, label in CARS:
        session.add(
            MasterValue(
                id=UUID(new_id()),
                office_id=office_id,
                table_name=Master.VEHICLES.value,
                key=code,
                valid_from=date(2000, 4, 1),
                value={"label": label},
                source="研修用の架空の庁用車",
                confirmed=False,
                is_seed=True,
                entered_at=at,
                approved_at=at,
            )
        )
    session.flush()


def _town_points(
    towns: Sequence[tuple[str, str, str, bool]],
) -> Iterable[tuple[str, str, str, TownKind, int, int]]:
    """Prefecture, city, town, kind and an invented point, for towns (prefecture, city, town, whether it has 丁目)."""
    for number, (prefecture, city, town, has_chome) in enumerate(towns):
        north = _LATITUDE + number // _COLUMNS * _STEP
        east = _LONGITUDE + number % _COLUMNS * _STEP
        if not has_chome:
            yield prefecture, city, town, TownKind.TOWN, north, east
            continue
        for chome in range(_CHOMES):
            step = chome * _CHOME_STEP
            name = f"{town}{_KANJI[chome]}丁目"
            yield prefecture, city, name, TownKind.CHOME, north + step, east + step // 2
