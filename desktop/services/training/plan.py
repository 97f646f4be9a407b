"""What is decided about a training office before its first household: people, districts, plants, and who works where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from desktop.services.training.allotment import UNREAD_LIMIT, Planter, allot
from desktop.services.training.bank import Bank
from desktop.services.training.days import OpenDays
from desktop.services.training.ids import IdMaker
from desktop.services.training.names import NameBook
from desktop.services.training.plants import PlantList
from desktop.services.training.staffing import District, Staffing
from desktop.services.training.towns import Towns

YEARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for; the same wish gives the same office."""

    households: int
    seed: int
    today: date
    entries_per_year: float


class OfficePlan:
    """Everything that households have in common. The same wish gives the same plan, in any process."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.ids = IdMaker(wish.seed, wish.today)
        self.days = OpenDays(wish.today, YEARS)
        self.bank, self.names, self.towns = Bank(), NameBook(), Towns(wish.seed)
        self.allotment = allot(wish.households, wish.seed)
        self.staffing = Staffing(self.ids, self.names, self.towns, wish.today, wish.seed)
        self.staffing.build(self.allotment.ordinary)
        self.planted = PlantList()
        self._plant()
        self.office_id = self.ids()
        #: When each monthly print run was, and its id.
        self.batches = self._plan_batches()

    def reported_to(self, household: int) -> str:
        """The supervisor's name that makes a team's short entries its own; empty where there is one team only."""
        every = teams(self.staffing)
        index = self.allotment.district[household]
        team = next(team for team in every if any(d.index == index for d in team))
        supervisor = team[0].supervisor
        return supervisor.name.replace("　", "") if supervisor and len(every) > 1 else ""

    def teams(self) -> list[list[int]]:
        """The numbers of the households of each supervisor's districts.

        Whatever one household's records have to do with another's stays within a team: copies are planted and
        avoided there, and cases move from one district of it to another.
        """
        place = {
            district.index: number
            for number, team in enumerate(teams(self.staffing))
            for district in team
        }
        found: list[list[int]] = [[] for _ in range(max(place.values()) + 1)]
        for household, district in enumerate(self.allotment.district):
            found[place[district]].append(household)
        return found

    def _plan_batches(self) -> list[tuple[str, str]]:
        """One print run at the beginning of each month since the take-over."""
        month, found = self.days.taken_over.replace(day=1), list[tuple[str, str]]()
        while True:
            month = (month + timedelta(days=32)).replace(day=1)
            day = self.days.on_or_after(month)
            if day is None:
                return found
            found.append((f"{day.isoformat()} 00:00:00.000000", self.ids()))

    def _plant(self) -> None:
        planter = Planter(self.allotment, self.wish.seed)
        settled = frozenset(d.index for d in self.staffing.ordinary if d.changed_on is None)
        planter.plant(settled)
        self._unread(planter)
        planter.desks()
        planter.policies()
        planter.declarations()
        self.paper_plants = planter.papers()
        self.transfer_plants = planter.transfers()
        self.inquiry_plants = planter.inquiries()
        planter.visits(self.transfer_plants.keys())
        for index, quota in enumerate(self.allotment.quotas):
            login = self.staffing.districts[index].tenures[-1].officer.login
            is_near = index == len(self.allotment.quotas) - 1
            self.planted.staff("O01", login, f"{quota}世帯", is_near=is_near)

    def _unread(self, planter: Planter) -> None:
        """O04: the first supervisor has one more unread submission than allowed, the second exactly as many."""
        supervisors = list(
            {d.supervisor.id: d.supervisor for d in self.staffing.ordinary if d.supervisor}.values()
        )
        allotment = self.allotment
        for place, supervisor in enumerate(supervisors[:2]):
            districts = frozenset(
                d.index
                for d in self.staffing.districts
                if d.supervisor is supervisor and d.special is None
            )
            there = [
                p
                for n, ps in allotment.plants.items()
                if allotment.district[n] in districts
                for p in ps
            ]
            waiting = sum(p.rule == "R02" and not p.is_near and p.variant % 3 == 0 for p in there)
            wanted = UNREAD_LIMIT + (1 if place == 0 else 0)
            planter.unread_in(districts, max(wanted - waiting, 0))
            self.planted.staff(
                "O04", supervisor.login, f"{max(wanted, waiting)}件", is_near=place == 1
            )


def teams(staffing: Staffing) -> list[list[District]]:
    """The ordinary districts by supervisor; the special ones belong to the last team."""
    by_supervisor = groupby(staffing.ordinary, key=lambda d: d.supervisor and d.supervisor.id)
    found = [list(districts) for _, districts in by_supervisor]
    found[-1].extend(d for d in staffing.districts if d.special is not None)
    return found
