"""Where the time goes (業務時間・労力): minutes estimated from what is entered anyway, by support group and kind of work (employment-support 9).

Every figure is an estimate (推計) of an office or a team, never of one person: a team in which a figure would be one person's is
shown with the office only. Nothing is measured on purpose, and less support never means nobody looks after somebody: the groups that
get less are shown with their last contact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from desktop.domain.activities import EffortWork

#: The groups of the working group's table.
MAIN_GROUPS = ("G1", "G2", "G3", "G4")
#: Kinds of work that help towards a job, and those for daily and social life.
TOWARDS_WORK = frozenset({EffortWork.JOB_SEARCH, EffortWork.TRAINING})
LIFE = frozenset({EffortWork.DAILY_LIFE})
#: How many months stand beside the baseline.
SHOWN_MONTHS = 6


class StandardKind(StrEnum):
    """What the office has standard minutes for, beside its kinds of acts (`activity_kinds`)."""

    VISIT = "visit"
    TRAVEL = "travel"
    OFFICE = "office"
    TELEPHONE = "telephone"
    LETTER = "letter"
    AGENCY = "agency"
    PAPER = "paper"
    MATTER = "matter"


STANDARD_KIND: Mapping[StandardKind, str] = {
    StandardKind.VISIT: "訪問（時刻の入力がないとき）",
    StandardKind.TRAVEL: "訪問1回の移動",
    StandardKind.OFFICE: "来所の面接（時刻の入力がないとき）",
    StandardKind.TELEPHONE: "電話（時刻の入力がないとき）",
    StandardKind.LETTER: "文書の受取・発送",
    StandardKind.AGENCY: "関係機関との連絡（時刻の入力がないとき）",
    StandardKind.PAPER: "書類1件の受領",
    StandardKind.MATTER: "会議の議題1件（出席者1人あたり）",
}


class Unit(NamedTuple):
    """One piece of time: of a person, or of a household (`person_id` None). A contact is a meeting, call or letter with somebody."""

    day: date
    household_id: UUID
    person_id: UUID | None
    work: EffortWork
    is_direct: bool
    minutes: int
    is_contact: bool


class Wanted(StrEnum):
    """Which way the working group wants it to go."""

    UP = "up"
    DOWN = "down"
    WATCH = "watch"


WANTED: Mapping[Wanted, str] = {
    Wanted.UP: "増やす",
    Wanted.DOWN: "減らす",
    Wanted.WATCH: "見守る",
}


class Indicator(StrEnum):
    """What is reckoned for a group in a month."""

    PERSONS = "persons"
    CONTACTS = "contacts"
    MINUTES = "minutes"
    DIRECT = "direct"
    SHARE = "share"
    ACCOMPANIED = "accompanied"
    ACCOMPANY_RATE = "accompany_rate"
    PLANNED = "planned"
    REFERRALS = "referrals"
    TOWARDS_WORK = "towards_work"
    LIFE = "life"
    JOB_STARTS = "job_starts"
    TO_WITH_HELP = "to_with_help"
    INDIRECT = "indirect"
    PER_RECORD = "per_record"
    WORK = "work"


INDICATOR: Mapping[Indicator, str] = {
    Indicator.PERSONS: "人数（月の平均）",
    Indicator.CONTACTS: "接触（1人あたり）",
    Indicator.MINUTES: "時間",
    Indicator.DIRECT: "うち直接の支援",
    Indicator.SHARE: "時間の割合（G1～G4中）",
    Indicator.ACCOMPANIED: "同行",
    Indicator.ACCOMPANY_RATE: "同行の割合（接触に対して）",
    Indicator.PLANNED: "個別支援計画のある人",
    Indicator.REFERRALS: "ハローワークへの支援要請",
    Indicator.TOWARDS_WORK: "求職・訓練の支援の時間",
    Indicator.LIFE: "日常・社会生活の支援の時間",
    Indicator.JOB_STARTS: "就労開始",
    Indicator.TO_WITH_HELP: "G3からG2に移った人",
    Indicator.INDIRECT: "間接の時間の割合",
    Indicator.PER_RECORD: "記録1件あたりの時間",
    Indicator.WORK: "時間",
}
UNIT_OF: Mapping[Indicator, str] = {
    Indicator.PERSONS: "人",
    Indicator.CONTACTS: "回",
    Indicator.MINUTES: "分",
    Indicator.DIRECT: "分",
    Indicator.SHARE: "％",
    Indicator.ACCOMPANIED: "回",
    Indicator.ACCOMPANY_RATE: "％",
    Indicator.PLANNED: "％",
    Indicator.REFERRALS: "件",
    Indicator.TOWARDS_WORK: "分",
    Indicator.LIFE: "分",
    Indicator.JOB_STARTS: "人",
    Indicator.TO_WITH_HELP: "人",
    Indicator.INDIRECT: "％",
    Indicator.PER_RECORD: "分",
    Indicator.WORK: "分",
}
#: Which way the working group's table points, by group; what is not named is only watched.
DIRECTION: Mapping[tuple[str, Indicator], Wanted] = {
    **{
        (group, indicator): Wanted.UP
        for group in ("G1", "G2")
        for indicator in (Indicator.SHARE, Indicator.CONTACTS)
    },
    ("G1", Indicator.ACCOMPANIED): Wanted.UP,
    ("G1", Indicator.PLANNED): Wanted.UP,
    ("G2", Indicator.REFERRALS): Wanted.UP,
    ("G2", Indicator.TOWARDS_WORK): Wanted.UP,
    ("G3", Indicator.SHARE): Wanted.DOWN,
    ("G4", Indicator.TOWARDS_WORK): Wanted.DOWN,
    ("G4", Indicator.LIFE): Wanted.UP,
    ("", Indicator.INDIRECT): Wanted.DOWN,
    ("", Indicator.PER_RECORD): Wanted.DOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortRow:
    """One line of the table. `values` are those of the months shown, None where nothing can be said (nobody was in the group)."""

    group: str
    indicator: Indicator
    work: EffortWork | None = None
    baseline: float | None
    values: tuple[float | None, ...]

    @property
    def wanted(self) -> Wanted:
        """Which way it is to go."""
        return DIRECTION.get((self.group, self.indicator), Wanted.WATCH)

    @property
    def change(self) -> float | None:
        """The last month less the baseline; None where one of them is not known."""
        last = self.values[-1] if self.values else None
        return None if last is None or self.baseline is None else last - self.baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyRow:
    """Somebody of a group that gets less: when somebody of the office last was in contact, and home visits within a year."""

    person_id: UUID
    household_id: UUID
    group: str
    last_contact_on: date | None
    home_visits: int
    is_silent: bool
    has_few_visits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Whose time is looked at: the districts of a supervisor, or the whole office (`district_ids` None)."""

    key: str
    label: str = field(repr=False)
    district_ids: frozenset[UUID] | None
    caseworkers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortTable:
    """The table of a team. `months` are first days, the last one the month that is looked at."""

    team: Team
    baseline: date
    months: tuple[date, ...]
    rows: tuple[EffortRow, ...]
    safety: tuple[SafetyRow, ...]
    silent_months: int
    home_visits: int
    unconfirmed: tuple[str, ...] = ()


def by_teams(teams: tuple[Team, ...], least: int) -> tuple[Team, ...]:
    """The teams that may be looked at: the office, and teams large enough that no figure is one person's."""
    return tuple(
        team for team in teams if team.district_ids is None or team.caseworkers >= max(2, least)
    )
