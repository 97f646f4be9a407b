"""The rows of the office itself: people, districts, assignments, print runs and to-dos that somebody gave."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from desktop.domain.roles import Role
from desktop.services.training.days import at_work
from desktop.services.training.plan import OfficePlan
from desktop.services.training.rows import Rows
from desktop.services.training.staffing import District, Officer

OFFICE_CODE = "900000"
OFFICE_NAME = "研修市福祉事務所"
_ENTRIES_A_PAGE = 3
_TASKS = 2


class OfficeRows:
    """Writes everything that belongs to no single case."""

    def __init__(self, rows: Rows, plan: OfficePlan) -> None:
        self._rows, self._plan = rows, plan
        self._ids, self._days, self._staffing = plan.ids, plan.days, plan.staffing
        self._office_id = plan.office_id

    def add_office(self) -> None:
        """The office, its people, districts and assignments."""
        self._rows.add("database_info", 1, "training", self._days.now)
        self._rows.add("office", self._office_id, OFFICE_CODE, OFFICE_NAME)
        for officer in self._staffing.officers:
            self._officer(officer)
        for district in self._staffing.districts:
            self._district(district)
        for away, stands_in, since in self._staffing.absences:
            self._rows.add(
                "staff_absence", self._ids(), self._office_id, away.id, stands_in.id if stands_in else None,
                since.isoformat(), None,
            )  # fmt: skip

    def _officer(self, officer: Officer) -> None:
        until = _text(officer.active_to)
        self._rows.add(
            "staff", officer.id, self._office_id, officer.login, officer.name, officer.kana,
            officer.active_from.isoformat(), until, 1,
        )  # fmt: skip
        for role in officer.roles:
            self._rows.add(
                "staff_role", self._ids(), self._office_id, officer.id, role.value,
                officer.active_from.isoformat(), until,
            )  # fmt: skip

    def _district(self, district: District) -> None:
        self._rows.add(
            "district", district.id, self._office_id, district.code, district.name,
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
            "assignment", self._ids(), self._office_id, district.id, officer.id, kind, since.isoformat(),
            _text(until),
        )  # fmt: skip

    def add_batches(self, printed: Mapping[str, int]) -> None:
        """The print runs, once it is known how much each printed."""
        clerk = self._staffing.posts[Role.RECORDS_STAFF]
        for at, batch in self._plan.batches:
            if count := printed.get(batch, 0):
                mark = hashlib.sha256(batch.encode()).hexdigest()
                pages = -(-count // _ENTRIES_A_PAGE)
                self._rows.add(
                    "print_batch", batch, self._office_id, clerk.id, at, "original", pages, mark
                )

    def add_todos(self, some_cases: Mapping[int, str]) -> None:
        """A few to-dos for each caseworker, and consultations for the supervisors on `some_cases` (by district)."""
        chance, bank = Random(f"{self._plan.wish.seed}/todos"), self._plan.bank
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

    def _todo(
        self,
        chance: Random,
        owner: Officer,
        by: Officer,
        text: str,
        *,
        due: date | None = None,
        case: str | None = None,
    ) -> None:
        todo_id, origin = self._ids(), "consultation" if case else "assigned"
        created = at_work(chance, self._days.days[-1 - chance.randrange(6)])
        self._rows.add(
            "todo", todo_id, self._office_id, owner.id, case, origin, None, _text(due), "open", by.id,
            created, None, 1,
        )  # fmt: skip
        self._rows.add("todo_text", todo_id, self._office_id, case, text, "")


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
