"""Services that answer from memory, for tests of screens. All people are invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from PySide6.QtWidgets import QApplication
from typing_extensions import override

from desktop.domain.accounts import PasswordNotice, PasswordRule
from desktop.domain.clock import FixedClock
from desktop.domain.errors import ReasonNeededError, UnavailableError, UserError
from desktop.domain.households import (
    CaseFile,
    DatedFact,
    HouseholdFilter,
    HouseholdRow,
    HouseholdState,
    HouseholdType,
    Identity,
    Member,
    Relation,
    ResidenceKind,
    SafetyMark,
    SafetyMarkKind,
    Sex,
)
from desktop.domain.kana import fold
from desktop.domain.office import DistrictRow, Period, SignedInStaff
from desktop.domain.roles import Role
from desktop.domain.tick import TickAge
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.reports.office_fonts import OfficeFonts
from desktop.services.desk import LockRules, Services
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.workplace import Workplace
from tests.support.qt import InlineRunner
from tests.support.rule_changes import NoNewChanges

TODAY = date(2024, 10, 1)
CLOCK = FixedClock(datetime(2024, 10, 1, 1, 0, tzinfo=UTC))
SPACE = UUID(int=7)
_SURNAMES = (
    ("架空", "カクウ"),
    ("見本", "ミホン"),
    ("髙﨑", "タカサキ"),
    ("例示", "レイジ"),
    ("𠮷試", "ヨシシ"),
)
_GIVEN = (("太郎", "タロウ"), ("花子", "ハナコ"), ("一郎", "イチロウ"), ("試子", "タメシコ"))


def fake_id(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(SPACE, name)


def make_staff(**changes: Any) -> SignedInStaff:
    """A caseworker of the training office with district 01."""
    given: dict[str, Any] = {
        "staff_id": fake_id("staff"),
        "office_id": fake_id("office"),
        "office_name": "架空市福祉事務所",
        "name": "担当 見本子",
        "login": "worker1",
        "roles": frozenset({Role.CASEWORKER}),
        "district_ids": frozenset({fake_id("district 01")}),
        "is_training": True,
    }
    return SignedInStaff(**given | changes)


def make_household_row(number: int, **changes: Any) -> HouseholdRow:
    """A household of the list; every 17th is shielded, every 11th closed."""
    surname, surname_kana = _SURNAMES[number % len(_SURNAMES)]
    given, given_kana = _GIVEN[number % len(_GIVEN)]
    shielded = number % 17 == 16
    fields: dict[str, Any] = {
        "household_id": fake_id(f"household {number}"),
        "case_number": f"{number:05}",
        "head_name": "" if shielded else f"{surname}　{given}",
        "head_kana": "" if shielded else f"{surname_kana}　{given_kana}",
        "district_code": f"{number % 12 + 1:02}",
        "caseworker": "" if number % 12 == 7 else f"担当 見本{number % 12 + 1}",
        "household_type": list(HouseholdType)[number % 5],
        "state": HouseholdState.CLOSED if number % 11 == 10 else HouseholdState.RECEIVING,
        "member_count": number % 4 + 1,
        "is_shielded": shielded,
    }
    return HouseholdRow(**fields | changes)


def make_identity(row: HouseholdRow, **changes: Any) -> Identity:
    """The identity bar of a row."""
    fields: dict[str, Any] = {
        "household_id": row.household_id,
        "case_number": row.case_number,
        "head_name": row.head_name or "秘匿 見本",
        "head_kana": row.head_kana or "ヒトク ミホン",
        "district_code": row.district_code,
        "district_name": "架空町第一",
        "caseworker": row.caseworker,
        "state": row.state,
        "marks": (SafetyMarkKind.VISIT_IN_PAIRS, SafetyMarkKind.DOG),
    }
    return Identity(**fields | changes)


def make_member(name: str, **changes: Any) -> Member:
    """A member of a household."""
    fields: dict[str, Any] = {
        "member_id": fake_id(f"member {name}"),
        "person_id": fake_id(f"person {name}"),
        "person_number": "0000001",
        "name": name,
        "kana": "カクウ　タロウ",
        "birth_date": date(1955, 4, 1),
        "sex": Sex.MALE,
        "relation": Relation.HEAD,
        "is_head": True,
        "period": Period(valid_from=date(2019, 5, 1)),
    }
    return Member(**fields | changes)


def make_case_file(row: HouseholdRow, as_of: date, **changes: Any) -> CaseFile:
    """A file with two members, one former member and some facts."""
    since = Period(valid_from=date(2019, 5, 1))
    before = Period(valid_from=date(2018, 1, 10), valid_to=date(2019, 4, 30))
    fields: dict[str, Any] = {
        "identity": make_identity(row),
        "as_of": as_of,
        "members": (
            make_member(row.head_name or "秘匿 見本"),
            make_member(
                "架空　花子",
                relation=Relation.SPOUSE,
                sex=Sex.FEMALE,
                is_head=False,
                residence=ResidenceKind.HOSPITAL,
                residence_place="見本総合病院",
                birth_date=date(1958, 12, 3),
                other_cases=("00988",),
            ),
        ),
        "former_members": (
            make_member(
                "架空　一郎",
                relation=Relation.CHILD,
                is_head=False,
                period=before,
                birth_date=date(1985, 7, 7),
            ),
        ),
        "facts": (
            DatedFact(label="住所", value="架空県見本市例示町一丁目2番3号 見本荘101", period=since),
            DatedFact(label="世帯類型", value="高齢者", period=Period(valid_from=date(2020, 4, 1))),
            DatedFact(label="世帯類型", value="傷病者", period=before),
            DatedFact(label="訪問格付", value="B（年4回）", period=since),
        ),
        "marks": (SafetyMark(kind=SafetyMarkKind.VISIT_IN_PAIRS, period=since),),
        "household_type": HouseholdType.ELDERLY,
        "address": "架空県見本市例示町一丁目2番3号 見本荘101",
        "postal_code": "000-0000",
        "started_on": date(2019, 5, 1),
        "visit_grade": "B（年4回）",
        "last_met_on": date(2024, 7, 12),
        "last_entry_on": date(2024, 9, 20),
        "absences_in_series": 2,
        "takeover_note": "令和4年4月1日に台帳から引き継ぎました。それ以前の経過は引継日から数えています。",
    }
    return CaseFile(**fields | changes)


class FakeHouseholds:
    """A list of any length; remembers what it was asked."""

    def __init__(self, rows: tuple[HouseholdRow, ...] = ()) -> None:
        self.rows = rows or tuple(make_household_row(number) for number in range(1, 41))
        self.asked: list[HouseholdFilter] = []
        self.offsets: list[int] = []
        self.opened: list[tuple[UUID, date | None, str]] = []
        self.outside: set[UUID] = set()
        self.is_reachable = True

    def count(self, given: HouseholdFilter) -> int:
        """How many match."""
        if not self.is_reachable:
            raise UnavailableError("データベースに接続できません。")
        return len(self._found(given))

    def page(
        self, given: HouseholdFilter, offset: int, limit: int = 200
    ) -> tuple[HouseholdRow, ...]:
        """A stretch of those that match."""
        if not self.is_reachable:
            raise UnavailableError("データベースに接続できません。")
        if offset == 0:
            self.asked.append(given)
        self.offsets.append(offset)
        return self._found(given)[offset : offset + limit]

    def find(self, text: str, limit: int = 20) -> tuple[HouseholdRow, ...]:
        """The first that match."""
        return self._found(HouseholdFilter(text=text, states=tuple(HouseholdState)))[:limit]

    def open_file(
        self, household_id: UUID, *, as_of: date | None = None, reason: str = ""
    ) -> CaseFile:
        """A file; outside the duty only with a reason."""
        self.opened.append((household_id, as_of, reason))
        if household_id in self.outside and not reason:
            raise ReasonNeededError("担当地区の外の世帯です。開く理由を選んでください。")
        row = next(row for row in self.rows if row.household_id == household_id)
        return make_case_file(row, as_of or TODAY)

    def _found(self, given: HouseholdFilter) -> tuple[HouseholdRow, ...]:
        codes = {fake_id(f"district {n:02}"): f"{n:02}" for n in range(1, 13)}
        wanted = {codes[i] for i in given.district_ids}
        words = [fold(word) for word in given.text.split()]
        return tuple(
            row
            for row in self.rows
            if (not wanted or row.district_code in wanted)
            and (not given.household_types or row.household_type in given.household_types)
            and row.state in given.states
            and all(w in fold(f"{row.case_number} {row.head_name} {row.head_kana}") for w in words)
        )


class FakeOffice:
    """Twelve districts."""

    def districts(self) -> tuple[DistrictRow, ...]:
        """All of them."""
        return tuple(
            DistrictRow(
                district_id=fake_id(f"district {n:02}"),
                code=f"{n:02}",
                name=f"例示町第{n}",
                caseworker="" if n == 8 else f"担当 見本{n}",
            )
            for n in range(1, 13)
        )


class FakeMasters:
    """The list of reasons for reading."""

    def in_force(self, table: str, on: date) -> Mapping[str, Mapping[str, object]]:
        """The rows in force."""
        return {
            "phone": {"label": "電話当番"},
            "counter": {"label": "窓口での相談"},
            "handover": {"label": "引継"},
        }


class FakeDialogs(Dialogs):
    """Answers every question as the test says, and remembers it."""

    def __init__(self, *, answer: bool = True) -> None:
        self.answer = answer
        self.asked: list[str] = []

    @override
    def confirm(self, parent: Any, sentence: str, act: str, on_yes: Any) -> None:
        """Answer at once."""
        self.asked.append(sentence)
        if self.answer:
            on_yes()

    @override
    def ask_unsaved(
        self, parent: Any, sentence: str, end: str, *, on_save: Any, on_discard: Any
    ) -> None:
        """Save when the answer is yes, go back when it is no."""
        self.asked.append(sentence)
        if self.answer:
            on_save()


class FakeOwnPassword:
    """What is told at sign-in; a password of twelve characters that is not the old one is taken."""

    def __init__(self, *news: PasswordNotice, rule: PasswordRule | None = None) -> None:
        self._news = news
        self._rule = rule or PasswordRule(least=12)
        self.changed: list[str] = []
        self.refusal: UserError | None = None

    def rule(self) -> PasswordRule:
        return self._rule

    def change(self, password: str, again: str, *, old: str | None = None) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.changed.append(password)

    def news(self) -> tuple[PasswordNotice, ...]:
        return self._news


class FakeWatch:
    """A server whose scheduled work is done."""

    def __init__(self, age: TickAge = TickAge(seconds=30, is_expected=True)) -> None:  # noqa: B008 - frozen
        self._age = age

    def age(self) -> TickAge:
        return self._age


def make_workplace(
    app: QApplication,
    *,
    staff: SignedInStaff | None = None,
    runner: JobRunner | None = None,
    look: Look | None = None,
    dialogs: Dialogs | None = None,
    **services: Any,
) -> Workplace:
    """A desk over fakes; further services by name."""
    nothing: dict[str, Any] = dict.fromkeys(field.name for field in fields(Services))
    fakes: dict[str, Any] = {
        **nothing,
        "staff": staff or make_staff(),
        "clock": CLOCK,
        "office": FakeOffice(),
        "households": FakeHouseholds(),
        "masters": FakeMasters(),
        "lock": LockRules(idle_minutes=0),
        "watch": FakeWatch(),
        "rule_changes": NoNewChanges(),
        "own_password": FakeOwnPassword(),
    }
    return Workplace(
        services=Services(**fakes | services),
        runner=runner or InlineRunner(),
        changes=ChangeBus(),
        look=look or Look(app),
        dialogs=dialogs or FakeDialogs(),
        fonts=OfficeFonts(),
    )
