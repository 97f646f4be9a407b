"""The rows of a case: household, people, dated facts and search words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState, Relation
from desktop.domain.roles import Role
from desktop.domain.search_words import beyond, directory_words, list_order, person_words
from desktop.services.training.cases import Case
from desktop.services.training.days import OpenDays
from desktop.services.training.ids import IdMaker
from desktop.services.training.policy_calendar import MONTHS
from desktop.services.training.rows import Rows
from desktop.services.training.staffing import Officer

_DAY = timedelta(days=1)
_APPLICATION_DAYS = 12
_FIRST_PART = timedelta(days=14)
#: Days more before the take-over for the last declaration of who has declared nothing since.
_LONG_BEFORE = 60


class CaseRows:
    """Writes what the ledger holds of each case."""

    def __init__(
        self,
        rows: Rows,
        ids: IdMaker,
        office_id: str,
        days: OpenDays,
        posts: Mapping[Role, Officer],
    ) -> None:
        self._rows, self._ids, self._office = rows, ids, office_id
        self._days, self._posts = days, posts
        self.persons = 0

    def add(self, case: Case, last_met: date | None, policy_on: date | None) -> None:
        """All rows of a case but its records and policies; the ledger knows the last visit and the last policy."""
        self._household(case)
        self._people(case)
        self._facts(case)
        self._words(case)
        if self.taken_over_on(case):
            self._taken_over(case, last_met, policy_on)

    def taken_over_on(self, case: Case) -> date | None:
        """The day of the take-over, None for cases that came later or were closed."""
        if case.began >= self._days.taken_over or case.state is HouseholdState.CLOSED:
            return None
        return self._days.taken_over - (_FIRST_PART if case.was_first else timedelta(0))

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
                "person_assignment", self._ids(), self._office, case.family.head.id,
                self._posts[role].id, since.isoformat(), None,
            )  # fmt: skip

    def _household(self, case: Case) -> None:
        head = case.family.head.name
        name, kana = ("", "") if case.is_shielded else (head.name, head.kana)
        self._rows.add(
            "household", case.id, self._office, case.number, case.district.id, case.state.value,
            case.family.type.value, name, kana, list_order(case.number, kana),
            sum(place.left is None for place in case.family.places), int(case.is_shielded), 1,
        )  # fmt: skip

    def _people(self, case: Case) -> None:
        until = _text(case.ended)
        for place in case.family.places:
            person = place.person
            if not case.is_reopened:
                self._rows.add(
                    "person", person.id, self._office, person.number, person.name.name, person.name.kana,
                    person.born.isoformat(), person.sex.value, _text(person.died), 1,
                )  # fmt: skip
                self.persons += 1
            since = max(case.began, person.born)
            self._rows.add(
                "member", self._ids(), self._office, case.id, person.id, place.relation.value,
                int(place.relation is Relation.HEAD), since.isoformat(), until,
            )  # fmt: skip

    def _facts(self, case: Case) -> None:
        for state, since, until in _states(case):
            self._dated("household_state_period", case, state.value, since, until)
        if case.earlier_type:
            kind, turned = case.earlier_type
            self._dated("household_type_period", case, kind.value, case.began, turned - _DAY)
            self._dated("household_type_period", case, case.family.type.value, turned, case.ended)
        else:
            self._dated(
                "household_type_period", case, case.family.type.value, case.began, case.ended
            )
        self._districts(case)
        for code, span in case.addresses:
            self._rows.add(
                "address_period", self._ids(), self._office, case.id, code, span.value,
                span.since.isoformat(), _text(span.until),
            )  # fmt: skip
        for span in case.grades:
            self._dated("visit_grade_period", case, span.value, span.since, span.until)
        for mark, span in case.marks:
            self._dated("safety_mark", case, mark.value, span.since, span.until)
        self._personal(case)

    def _districts(self, case: Case) -> None:
        if case.moved:
            before, day = case.moved
            self._dated("district_period", case, before.id, case.began, day - _DAY)
            self._dated("district_period", case, case.district.id, day, None)
        else:
            self._dated("district_period", case, case.district.id, case.began, None)

    def _personal(self, case: Case) -> None:
        head = case.family.head.id
        for stay in case.stays:
            self._rows.add(
                "residence_period", self._ids(), self._office, head, stay.kind.value, stay.place,
                stay.since.isoformat(), _text(stay.until),
            )  # fmt: skip
        for person, span in case.works:
            if not case.is_reopened:
                self._rows.add(
                    "work_period", self._ids(), self._office, person.id, span.value,
                    span.since.isoformat(), _text(span.until),
                )  # fmt: skip

    def _words(self, case: Case) -> None:
        head = case.family.head.name
        shown = ("", "") if case.is_shielded else (head.name, head.kana)
        directory = directory_words(case.number, *shown)
        for word in sorted(directory):
            self._rows.add("household_key", self._office, word, case.id)
        address = case.addresses[-1][1].value
        words: frozenset[str] = frozenset()
        for place in case.family.places:
            person = place.person
            words |= person_words(person.name.name, person.name.kana, person.born, address)
        for word in sorted(beyond(words, directory)):
            self._rows.add("person_key", self._office, word, case.id)

    def _taken_over(self, case: Case, last_met: date | None, policy_on: date | None) -> None:
        day = self.taken_over_on(case) or self._days.taken_over
        spread = case.index * 37 % 300
        rules = {plant.rule for plant in case.plants if not plant.is_near}
        before_income, before_assets = (_LONG_BEFORE * (rule in rules) for rule in ("E02", "E03"))
        due = months_later(policy_on, MONTHS) if policy_on else None
        self._rows.add(
            "take_over", self._ids(), self._office, case.id, day.isoformat(), _text(last_met),
            _text(policy_on), _text(due),
            (day - timedelta(days=10 + before_income + spread % 80)).isoformat(),
            (day - timedelta(days=5 + before_assets + spread)).isoformat(),
        )  # fmt: skip

    def _dated(self, table: str, case: Case, value: str, since: date, until: date | None) -> None:
        self._rows.add(
            table, self._ids(), self._office, case.id, value, since.isoformat(), _text(until)
        )


def _states(case: Case) -> Iterator[tuple[HouseholdState, date, date | None]]:
    began = case.began
    if case.state is HouseholdState.APPLYING:
        yield HouseholdState.APPLYING, began, None
        return
    yield HouseholdState.APPLYING, began - timedelta(days=_APPLICATION_DAYS), began - _DAY
    if case.state is HouseholdState.CLOSED and case.ended:
        yield HouseholdState.RECEIVING, began, case.ended
        yield HouseholdState.CLOSED, case.ended + _DAY, None
    elif case.state is HouseholdState.SUSPENDED and case.changed:
        yield HouseholdState.RECEIVING, began, case.changed - _DAY
        yield HouseholdState.SUSPENDED, case.changed, None
    else:
        yield HouseholdState.RECEIVING, began, None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
