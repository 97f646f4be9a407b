"""The people of the training office and which district each of them has when."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from desktop.domain.roles import Role
from desktop.services.training.ids import IdMaker
from desktop.services.training.names import NameBook
from desktop.services.training.towns import Towns

CASEWORKERS_PER_SUPERVISOR = 7
_DAY = timedelta(days=1)
#: Special districts: carried by a supervisor, vacant, and with a caseworker who has been away for a week.
CARRIED, VACANT, AWAY = range(3)
_SPECIAL_NAMES = ("施設・長期入院", "単身南（欠員中）", "単身北（代行調整中）")
_VACANT_DAYS, _AWAY_DAYS = 31, 7
_SINGLE_POSTS = (
    ("kacho", Role.SECTION_HEAD),
    ("shocho", Role.DIRECTOR),
    ("kiroku", Role.RECORDS_STAFF),
    ("admin", Role.ADMINISTRATOR),
    ("shuro", Role.EMPLOYMENT_SUPPORTER),
    ("hoken", Role.HEALTH_STAFF),
    ("mensetsu", Role.INTAKE_INTERVIEWER),
)


@dataclass(frozen=True, slots=True)
class Officer:
    """A member of staff (職員)."""

    id: str
    login: str
    name: str
    kana: str
    roles: tuple[Role, ...]
    active_from: date
    active_to: date | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """A time during which somebody had a district."""

    officer: Officer
    since: date
    until: date | None = None


@dataclass(slots=True)
class District:
    """A district (地区) with its caseworkers, oldest first."""

    index: int
    id: str
    code: str
    name: str
    special: int | None = None
    tenures: list[Tenure] = field(default_factory=list)
    supervisor: Officer | None = None

    def author_on(self, day: date) -> Officer:
        """Who writes the district's records on a day; while the post is vacant the supervisor does."""
        for tenure in reversed(self.tenures):
            if tenure.since <= day:
                if tenure.until is not None and day > tenure.until and self.supervisor:
                    return self.supervisor
                return tenure.officer
        return self.tenures[0].officer

    @property
    def changed_on(self) -> date | None:
        """When the present caseworker followed another one."""
        return self.tenures[-1].since if len(self.tenures) > 1 else None


class Staffing:
    """Makes districts, officers and tenures for a number of ordinary districts."""

    def __init__(self, ids: IdMaker, names: NameBook, towns: Towns, today: date, seed: int) -> None:
        self._ids, self._names, self._towns = ids, names, towns
        self._today = today
        self._chance = Random(f"{seed}/staff")
        self._long_ago = date(today.year - 12, 4, 1)
        self.officers: list[Officer] = []
        self.districts: list[District] = []
        self.absences: list[tuple[Officer, Officer | None, date]] = []
        self.posts: dict[Role, Officer] = {}

    def build(self, ordinary: int) -> None:
        """Fill the lists."""
        for login, role in _SINGLE_POSTS:
            self.posts[role] = self._officer(login, role)
        supervisors = self._supervisors(ordinary)
        for index in range(ordinary):
            code = f"{index + 1:0{_width(ordinary)}}"
            district = self._district(index, code, self._towns.district_name(index))
            district.supervisor = supervisors[index * len(supervisors) // ordinary]
            self._caseworkers(district, f"cw{index + 1:02}")
        for special, name in enumerate(_SPECIAL_NAMES):
            self._special(ordinary, special, name, supervisors)
        if ordinary >= CASEWORKERS_PER_SUPERVISOR:
            self._covered_absence()

    @property
    def ordinary(self) -> list[District]:
        """The districts of a town."""
        return [district for district in self.districts if district.special is None]

    def _supervisors(self, ordinary: int) -> list[Officer]:
        count = max(1, math.ceil((ordinary + 2) / CASEWORKERS_PER_SUPERVISOR))
        first = self._officer("sv01", Role.SUPERVISOR, Role.CASEWORKER)
        return [first, *(self._officer(f"sv{n:02}", Role.SUPERVISOR) for n in range(2, count + 1))]

    def _caseworkers(self, district: District, login: str) -> None:
        changed = (
            self._last_april(self._chance.randrange(1, 4)) if district.index % 3 == 1 else None
        )
        if changed and district.index % 2:
            changed = self._last_april(0)
        if changed:
            before = self._officer(
                f"old{district.index + 1:02}", Role.CASEWORKER, until=changed - _DAY
            )
            district.tenures.append(Tenure(before, self._long_ago, changed - _DAY))
        present = self._officer(login, Role.CASEWORKER, since=changed)
        district.tenures.append(Tenure(present, changed or self._long_ago))

    def _special(self, ordinary: int, special: int, name: str, supervisors: list[Officer]) -> None:
        district = self._district(
            ordinary + special, f"{10 ** _width(ordinary) - 10 + special}", name, special
        )
        last = supervisors[-1]
        if special == CARRIED:
            district.supervisor = last if len(supervisors) > 1 else None
            district.tenures.append(Tenure(supervisors[0], self._long_ago))
            return
        district.supervisor = last
        if special == VACANT:
            login = f"old{district.code}"
            left = self._today - timedelta(days=_VACANT_DAYS)
            district.tenures.append(
                Tenure(self._officer(login, Role.CASEWORKER, until=left), self._long_ago, left)
            )
            return
        away = self._officer(f"cw{ordinary + 1:02}", Role.CASEWORKER)
        district.tenures.append(Tenure(away, self._long_ago))
        self.absences.append((away, None, self._today - timedelta(days=_AWAY_DAYS)))

    def _covered_absence(self) -> None:
        away, stands_in = (
            self.districts[4].tenures[-1].officer,
            self.districts[5].tenures[-1].officer,
        )
        self.absences.append((away, stands_in, self._today - timedelta(days=40)))

    def _district(self, index: int, code: str, name: str, special: int | None = None) -> District:
        district = District(index, self._ids(), code, name, special)
        self.districts.append(district)
        return district

    def _officer(
        self, login: str, *roles: Role, since: date | None = None, until: date | None = None
    ) -> Officer:
        name = self._names.staff(len(self.officers))
        officer = Officer(
            self._ids(), login, name.name, name.kana, roles, since or self._long_ago, until
        )
        self.officers.append(officer)
        return officer

    def _last_april(self, years_before: int) -> date:
        this = date(self._today.year, 4, 1)
        latest = this if this < self._today else date(self._today.year - 1, 4, 1)
        return latest.replace(year=latest.year - years_before)


def _width(ordinary: int) -> int:
    """Digits of a district code: the special ones stand above all others (90, or 9990)."""
    return 2 if ordinary < 90 else 4
