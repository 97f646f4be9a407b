"""Inquiries of the training office: which agencies were asked about each head, and what came back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from desktop.database.shipped import shipped_rows
from desktop.domain.households import HouseholdState
from desktop.domain.inquiries import InquiryState
from desktop.domain.master_tables import Master
from desktop.domain.papers import fiscal_year
from desktop.domain.roles import Role
from desktop.services.training.cases import Case
from desktop.services.training.days import OpenDays, at_work
from desktop.services.training.ids import IdMaker
from desktop.services.training.plants import Plant, PlantList
from desktop.services.training.rows import Rows
from desktop.services.training.staffing import Officer

_S = InquiryState
#: A household has so many provisional numbers to itself; `number_inquiries` gives the real ones.
_PROVISIONAL = 100
_DUE_DAYS = 30
#: Agency, item, and two answers as they may come. The agencies are those that are shipped.
_ASKED = (
    ("bank_sample", "bank_balance", ("普通預金1口座、残高12,480円。", "該当する口座なし。")),
    (
        "pension_sample",
        "pension_amount",
        ("老齢基礎年金の受給あり、年額612,000円。", "受給権なし。"),
    ),
    (
        "insurer_sample",
        "insurer_contract",
        ("該当する契約なし。", "終身保険1件、解約返戻金は38,200円。"),
    ),
    ("employment_sample", "benefit_paid", ("受給資格なし。", "基本手当の支給は終了している。")),
    ("tax_sample", "tax_property", ("固定資産の所有なし。", "課税の記録なし。")),
    ("welfare_sample", "former_case", ("保護の実施の記録なし。", "平成のころに1年間の実施あり。")),
)
_PURPOSES = (
    "資産の状況を確かめるため。",
    "収入の認定に必要なため。",
    "他の給付の活用を確かめるため。",
)
_CHECKED = "申告の内容と違いがなかった。認定の変更は要らない。"
_FIRST_DAYS = 330
_SENT_LAGS = (1, 2)
_ANSWER_LAG, _CHECK_LAG = 14, 3
_RULE_AGENCY = {"I01": 0, "I02": 1, "I03": 2, "I04": 3}


@dataclass(frozen=True, slots=True)
class _Way:
    """How far an inquiry came, and on which days; `due_on` may be set by what is planted."""

    agency: int
    steps: tuple[tuple[InquiryState, date], ...]
    due_on: date | None = None


class InquiryRows:
    """Writes the inquiries of one household after another."""

    def __init__(
        self,
        rows: Rows,
        ids: IdMaker,
        office_id: str,
        days: OpenDays,
        posts: Mapping[Role, Officer],
        found: PlantList,
    ) -> None:
        self._rows, self._ids, self._office, self._days = rows, ids, office_id, days
        self._head, self._found = posts[Role.SECTION_HEAD], found
        self._items = {row.key: row.value for row in shipped_rows(Master.INQUIRY_ITEMS)}

    def add(self, chance: Random, case: Case, plants: Sequence[Plant]) -> None:
        """All rows of a case's inquiries; planted ones besides the usual."""
        if case.state is not HouseholdState.RECEIVING:
            return
        ways = self._usual(chance, case) if not plants else []
        for plant in plants:
            ways.extend(self._planted(case, plant))
        for place, way in enumerate(ways, start=1):
            self._write(chance, case, way, place)

    def _usual(self, chance: Random, case: Case) -> list[_Way]:
        """Some were asked about long ago; of some households one is under way."""
        ways = []
        today = self._days.today
        if case.index % 4 == 1:
            first = max(case.began, self._days.taken_over, today - timedelta(days=_FIRST_DAYS))
            day = self._days.some(chance, first, today - timedelta(days=60))
            if day is not None:
                ways.append(self._until(case.index % 3, day, _S.CHECKED))
        under_way = {
            3: (_S.SENT, 6),
            9: (_S.DRAFTED, 0),
            15: (_S.ANSWERED, 18),
            21: (_S.APPROVED, 1),
        }
        if case.index % 24 in under_way:
            state, back = under_way[case.index % 24]
            day = self._days.before(self._days.days[-1], back)
            if day >= case.began:
                ways.append(self._until(3 + case.index % 3, day, state))
        return ways

    def _until(self, agency: int, day: date, state: InquiryState) -> _Way:
        """The ordinary way from a day on up to a state, as far as it is past."""
        lags = (
            (_S.DRAFTED, 0),
            (_S.APPROVED, _SENT_LAGS[0]),
            (_S.SENT, _SENT_LAGS[1]),
            (_S.ANSWERED, _ANSWER_LAG),
            (_S.CHECKED, _ANSWER_LAG + _CHECK_LAG),
        )
        steps: list[tuple[InquiryState, date]] = []
        for step, lag in lags:
            later = self._days.later(day, lag)
            if later is None:
                break
            steps.append((step, later))
            if step is state:
                break
        return _Way(agency, tuple(steps))

    def _planted(self, case: Case, plant: Plant) -> list[_Way]:
        """One inquiry, or the two that ask the same."""
        today, agency = self._days.today, _RULE_AGENCY[plant.rule]
        match plant.rule:
            case "I01":
                due = today if plant.is_near else today - timedelta(days=1 + plant.days)
                day = self._days.on_or_before(due - timedelta(days=_DUE_DAYS))
                ways, since = [_Way(agency, self._sent(day), due)], due
            case "I02":
                since = self._day(plant, 14)
                sent = self._sent(self._days.before(since, 12))
                ways = [_Way(agency, (*sent, (_S.ANSWERED, since)))]
            case "I03":
                since = self._day(plant, 7)
                states = (_S.DRAFTED, _S.RETURNED, _S.APPROVED)
                state = states[plant.variant % len(states)]
                before = ((_S.DRAFTED, self._days.before(since, 1)),)
                steps = ((_S.DRAFTED, since),) if state is _S.DRAFTED else (*before, (state, since))
                ways = [_Way(agency, steps)]
            case _:
                since = self._days.before(self._days.days[-1], 3)
                apart = 91 if plant.is_near else 40 + plant.days
                first = self._days.on_or_before(since - timedelta(days=apart))
                ways = [self._until(agency, first, _S.CHECKED), _Way(agency, self._sent(since))]
        name = _ASKED[agency][0]
        self._found.household(plant, case.number, since, f"照会 {name}、{since.isoformat()}")
        return ways

    def _day(self, plant: Plant, limit: int) -> date:
        """The day of the last step: beyond the limit, or of a near miss just within."""
        if plant.is_near:
            wanted = self._days.today - timedelta(days=limit)
            return self._days.on_or_after(wanted) or self._days.days[-1]
        wanted = self._days.today - timedelta(days=limit + 1 + plant.days)
        return self._days.on_or_before(wanted)

    def _sent(self, day: date) -> tuple[tuple[InquiryState, date], ...]:
        return ((_S.DRAFTED, day), (_S.APPROVED, day), (_S.SENT, day))

    def _write(self, chance: Random, case: Case, way: _Way, place: int) -> None:
        asked_on = way.steps[0][1]
        author = case.district_on(asked_on).author_on(asked_on)
        times = sorted(
            at_work(chance, day, 1000 * number // 8) for number, (_, day) in enumerate(way.steps)
        )
        key, approver = self._ids(), self._approver(case, asked_on, author)
        self._inquiry(case, way, place, key, people=(author, approver), times=times)
        self._steps(case, way, key, people=(author, approver), times=times)

    def _approver(self, case: Case, day: date, author: Officer) -> Officer:
        second = case.district_on(day).supervisor
        return second if second is not None and second is not author else self._head

    def _inquiry(
        self,
        case: Case,
        way: _Way,
        place: int,
        key: str,
        *,
        people: tuple[Officer, Officer],
        times: Sequence[str],
    ) -> None:
        agency, item, _ = _ASKED[way.agency]
        at = {state: time for (state, _), time in zip(way.steps, times, strict=True)}
        asked_on, approved = way.steps[0][1], at.get(_S.APPROVED)
        batch = self._batch(at[_S.SENT], people[0]) if _S.SENT in at else None
        answered = next((day for state, day in way.steps if state is _S.ANSWERED), None)
        due = way.due_on or asked_on + timedelta(days=_DUE_DAYS)
        self._rows.add(
            "inquiry", key, self._office, case.id, fiscal_year(asked_on),
            -(case.index * _PROVISIONAL + place), case.family.head.id, agency,
            str(self._items[item]["basis"]), "not_needed" if way.agency % 2 else "on_file",
            way.steps[-1][0].value, len(way.steps), people[0].id, times[0], due.isoformat(),
            people[1].id if approved else None, approved, batch, at.get(_S.SENT), 0, None,
            answered.isoformat() if answered else None, at.get(_S.ANSWERED), None,
            at.get(_S.CHECKED),
        )  # fmt: skip

    def _steps(
        self,
        case: Case,
        way: _Way,
        key: str,
        *,
        people: tuple[Officer, Officer],
        times: Sequence[str],
    ) -> None:
        _, item, answers = _ASKED[way.agency]
        words = {
            _S.RETURNED: "何を知りたいのかを、目的に書いてください。",
            _S.ANSWERED: answers[case.index % 2],
            _S.CHECKED: _CHECKED,
        }
        for number, (state, _) in enumerate(way.steps, start=1):
            by = people[state in {_S.APPROVED, _S.RETURNED}]
            step = (key, number, self._office, case.id)
            self._rows.add("inquiry_step", *step, state.value, by.id, times[number - 1])
            if state in words:
                self._rows.add("inquiry_step_text", *step, words[state])
        self._texts(key, case, item, _PURPOSES[way.agency % len(_PURPOSES)])

    def _texts(self, key: str, case: Case, item: str, purpose: str) -> None:
        step = (key, 1)
        owner = (self._office, case.id)
        value = self._items[item]
        asked = (item, value["label"], value["wording"], value["basis"])
        self._rows.add("inquiry_text", *step, *owner, purpose, "")
        self._rows.add("inquiry_item", *step, 1, *owner, *asked)

    def _batch(self, at: str, author: Officer) -> str:
        """The print run in which the letter left."""
        batch_id = self._ids()
        digest = hashlib.sha256(batch_id.encode()).hexdigest()
        self._rows.add("print_batch", batch_id, self._office, author.id, at, "plain", 2, digest)
        return batch_id
