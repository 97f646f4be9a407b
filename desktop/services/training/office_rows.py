"""The rows of the office itself: people, districts, assignments, print runs and to-dos that somebody gave."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict
from datetime import date, timedelta
from random import Random

from desktop.domain.roles import Role
from desktop.services.training.bank import Bank
from desktop.services.training.cases import Case
from desktop.services.training.days import OpenDays, at_work
from desktop.services.training.ids import IdMaker
from desktop.services.training.rows import Rows
from desktop.services.training.staffing import District, Officer, Staffing

OFFICE_CODE = "900000"
OFFICE_NAME = "研修市福祉事務所"
_ENTRIES_A_PAGE = 3
_TASKS = 2


class OfficeRows:
    """Writes everything that belongs to no single case."""

    def __init__(self, rows: Rows, ids: IdMaker, days: OpenDays, staffing: Staffing) -> None:
        self._rows, self._ids, self._days = rows, ids, days
        self._staffing = staffing
        self.office_id = ids()
        self._batches: list[tuple[str, str]] = []
        self._printed: defaultdict[str, int] = defaultdict(int)

    def add_office(self) -> None:
        """The office, its people, districts and assignments."""
        self._rows.add("database_info", 1, "training", self._days.now)
        self._rows.add("office", self.office_id, OFFICE_CODE, OFFICE_NAME)
        for officer in self._staffing.officers:
            self._officer(officer)
        for district in self._staffing.districts:
            self._district(district)
        for away, stands_in, since in self._staffing.absences:
            self._rows.add(
                "staff_absence", self._ids(), self.office_id, away.id, stands_in.id if stands_in else None,
                since.isoformat(), None,
            )  # fmt: skip
        self._plan_batches()

    def _officer(self, officer: Officer) -> None:
        until = _text(officer.active_to)
        self._rows.add(
            "staff", officer.id, self.office_id, officer.login, officer.name, officer.kana,
            officer.active_from.isoformat(), until, 1,
        )  # fmt: skip
        for role in officer.roles:
            self._rows.add(
                "staff_role", self._ids(), self.office_id, officer.id, role.value,
                officer.active_from.isoformat(), until,
            )  # fmt: skip

    def _district(self, district: District) -> None:
        self._rows.add(
            "district", district.id, self.office_id, district.code, district.name,
            int(district.special is not None), 1,
        )  # fmt: skip
        for tenure in district.tenures:
            self._assign(district, tenure.officer, "main", tenure.since, tenure.until)
        if district.supervisor:
            self._assign(
                district,
                district.supervisor,
                "supervisor",
                date(self._days.first.year - 8, 4, 1),
                None,
            )

    def _assign(
        self, district: District, officer: Officer, kind: str, since: date, until: date | None
    ) -> None:
        self._rows.add(
            "assignment", self._ids(), self.office_id, district.id, officer.id, kind, since.isoformat(),
            _text(until),
        )  # fmt: skip

    def _plan_batches(self) -> None:
        """One print run at the beginning of each month since the take-over."""
        month = self._days.taken_over.replace(day=1)
        while True:
            month = (month + timedelta(days=32)).replace(day=1)
            day = self._days.on_or_after(month)
            if day is None:
                return
            self._batches.append((f"{day.isoformat()} 00:00:00.000000", self._ids()))

    def batch(self, approved_at: str) -> str | None:
        """The print run that takes what was approved at this instant, None when it is still to come."""
        place = bisect_left(self._batches, (approved_at, ""))
        if place == len(self._batches):
            return None
        batch = self._batches[place][1]
        self._printed[batch] += 1
        return batch

    def add_batches(self) -> None:
        """The print runs, once it is known how much each printed."""
        clerk = self._staffing.posts[Role.RECORDS_STAFF]
        for at, batch in self._batches:
            if count := self._printed[batch]:
                mark = hashlib.sha256(batch.encode()).hexdigest()
                pages = -(-count // _ENTRIES_A_PAGE)
                self._rows.add(
                    "print_batch", batch, self.office_id, clerk.id, at, "original", pages, mark
                )

    def add_todos(self, bank: Bank, seed: int, some_cases: dict[int, Case]) -> None:
        """A few to-dos for each caseworker, and consultations for the supervisors."""
        chance = Random(f"{seed}/todos")
        tasks, questions = bank.texts("tasks"), bank.texts("consultations")
        for district in self._staffing.ordinary:
            caseworker, supervisor = district.tenures[-1].officer, district.supervisor
            case = some_cases.get(district.index)
            if supervisor is None:
                continue
            for text in chance.sample(tasks, _TASKS):
                due = self._days.today + timedelta(days=chance.randint(1, 20))
                self._todo(chance, caseworker, supervisor, text, due=due)
            if case and chance.random() < 0.5:
                self._todo(chance, supervisor, caseworker, chance.choice(questions), case=case)

    def add_person_assignments(self, chance: Random, case: Case) -> None:
        """Some people have a supporter or a nurse of their own (個人担当)."""
        role = None
        if "job" in case.slots and not case.works and chance.random() < 0.3:
            role = Role.EMPLOYMENT_SUPPORTER
        elif (
            case.slots.get("illness") in {"糖尿病", "慢性腎臓病", "うつ病"}
            and chance.random() < 0.15
        ):
            role = Role.HEALTH_STAFF
        if role and case.ended is None:
            since = max(case.began, self._days.today - timedelta(days=chance.randint(30, 300)))
            self._rows.add(
                "person_assignment", self._ids(), self.office_id, case.family.head.id,
                self._staffing.posts[role].id, since.isoformat(), None,
            )  # fmt: skip

    def _todo(
        self,
        chance: Random,
        owner: Officer,
        by: Officer,
        text: str,
        *,
        due: date | None = None,
        case: Case | None = None,
    ) -> None:
        todo_id, origin = self._ids(), "consultation" if case else "assigned"
        created = at_work(chance, self._days.days[-1 - chance.randrange(6)])
        household = case.id if case else None
        self._rows.add(
            "todo", todo_id, self.office_id, owner.id, household, origin, None, _text(due), "open", by.id,
            created, None, 1,
        )  # fmt: skip
        self._rows.add("todo_text", todo_id, self.office_id, household, text, "")


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
