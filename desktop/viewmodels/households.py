"""Columns of the household list and of the tables in a case file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from desktop.domain.era import DateStyle, age_on, format_date
from desktop.domain.households import DatedFact, HouseholdRow, HouseholdState, Member, ResidenceKind
from desktop.domain.labels import HOUSEHOLD_STATE, HOUSEHOLD_TYPE, RELATION, RESIDENCE, SEX
from desktop.domain.office import Period
from desktop.viewmodels.columns import CENTER, RIGHT, Column

SHIELDED = "（支援措置）"


def household_columns() -> tuple[Column[HouseholdRow], ...]:
    """The columns of the household list."""
    return (
        Column(header="ケース番号", text=lambda row: row.case_number),
        Column(header="世帯主", text=_head, tone=_shielded_tone),
        Column(header="フリガナ", text=lambda row: row.head_kana),
        Column(header="地区", text=lambda row: row.district_code, align=CENTER),
        Column(header="担当", text=lambda row: row.caseworker or "（欠員）"),
        Column(header="類型", text=_type, align=CENTER),
        Column(
            header="状態",
            text=lambda row: HOUSEHOLD_STATE[row.state],
            tone=_state_tone,
            align=CENTER,
        ),
        Column(header="人数", text=lambda row: f"{row.member_count}人", align=RIGHT),
    )


def short_member_columns(as_of: Callable[[], date]) -> tuple[Column[Member], ...]:
    """The columns that fit beside other things: without period and other cases."""
    return member_columns(as_of)[:8]


def member_columns(as_of: Callable[[], date]) -> tuple[Column[Member], ...]:
    """The columns of the members' table; ages are those of the day `as_of` answers."""
    return (
        Column(header="続柄", text=lambda m: RELATION[m.relation]),
        Column(header="氏名", text=lambda m: m.name),
        Column(header="フリガナ", text=lambda m: m.kana),
        Column(header="性別", text=lambda m: SEX[m.sex], align=CENTER),
        Column(header="生年月日", text=_birth),
        Column(header="年齢", text=lambda m: _age(m, as_of()), align=RIGHT),
        Column(header="居所", text=_residence, tone=_residence_tone, tooltip=_residence),
        Column(header="就労", text=lambda m: m.work),
        Column(header="期間", text=lambda m: period_text(m.period)),
        Column(header="ほかのケース", text=lambda m: "、".join(m.other_cases)),
    )


def fact_columns() -> tuple[Column[DatedFact], ...]:
    """The columns of dated facts."""
    return (
        Column(header="項目", text=lambda fact: fact.label),
        Column(header="内容", text=lambda fact: fact.value),
        Column(
            header="から", text=lambda fact: format_date(fact.period.valid_from, DateStyle.SHORT)
        ),
        Column(header="まで", text=_until),
    )


def facts_on(facts: Sequence[DatedFact], day: date) -> tuple[DatedFact, ...]:
    """Those facts that hold on a day."""
    return tuple(fact for fact in facts if fact.period.covers(day))


def period_text(period: Period) -> str:
    """A period as tables show it."""
    start = format_date(period.valid_from, DateStyle.SHORT)
    return f"{start}～{format_date(period.valid_to, DateStyle.SHORT) if period.valid_to else ''}"


def _head(row: HouseholdRow) -> str:
    return SHIELDED if row.is_shielded and not row.head_name else row.head_name


def _shielded_tone(row: HouseholdRow) -> str | None:
    return "warning" if row.is_shielded else None


def _type(row: HouseholdRow) -> str:
    return HOUSEHOLD_TYPE[row.household_type] if row.household_type else "―"


def _state_tone(row: HouseholdRow) -> str | None:
    return "muted" if row.state is HouseholdState.CLOSED else None


def _birth(member: Member) -> str:
    return format_date(member.birth_date) if member.birth_date else "不詳"


def _age(member: Member, as_of: date) -> str:
    if member.died_on is not None and member.died_on <= as_of:
        return f"{format_date(member.died_on, DateStyle.SHORT)} 死亡"
    return f"{age_on(member.birth_date, as_of)}歳" if member.birth_date else "―"


def _residence(member: Member) -> str:
    return f"{RESIDENCE[member.residence]}　{member.residence_place}".rstrip("　")


def _residence_tone(member: Member) -> str | None:
    return "warning" if member.residence is not ResidenceKind.HOME else None


def _until(fact: DatedFact) -> str:
    return format_date(fact.period.valid_to, DateStyle.SHORT) if fact.period.valid_to else "継続中"
