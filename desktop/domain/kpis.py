"""Key figures (KPI) of employment support: numerator, denominator, the list behind each, and the office's targets (employment-support 7).

They are about an office or a team, never a target of one person, and no figure says how much money was saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.support_groups import SupportGroup


class Kpi(StrEnum):
    """The figures, in the order in which they are shown."""

    PARTICIPATION = "participation"
    JOB_OR_RAISE = "job_or_raise"
    OTHER_HOUSEHOLDS = "other_households"
    LIFE = "life"
    RETAINED_3 = "retained_3"
    RETAINED_6 = "retained_6"
    EXIT = "exit"
    MEETING = "meeting"
    PLANNED = "planned"
    PLAN_REVIEWS = "plan_reviews"
    OVERDUE = "overdue"
    EVIDENCE = "evidence"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiWords:
    """What a figure is called and of what it is made."""

    label: str
    counted: str
    whole: str


KPI: Mapping[Kpi, KpiWords] = {
    Kpi.PARTICIPATION: KpiWords(
        label="就労支援事業等の事業参加率",
        counted="参加率に数える事業に1日でも参加した人",
        whole="対象の区分に決まったことがある人（参加しないまま稼働能力を失った人・保護が終わった人を除く）",
    ),
    Kpi.JOB_OR_RAISE: KpiWords(
        label="就労・増収率",
        counted="就労開始・増収の記録がある人と、支援の開始前3か月より直近3か月の収入の平均が増えた人（1人1回）",
        whole="参加率に数える事業に参加した人",
    ),
    Kpi.OTHER_HOUSEHOLDS: KpiWords(
        label="「その他の世帯」の就労率",
        counted="月末に働いている人がいる世帯",
        whole="世帯類型が「その他」の受給中の世帯（月末）",
    ),
    Kpi.LIFE: KpiWords(
        label="日常生活の課題がある人の状態像の改善",
        counted="状態像の改善で終わった人",
        whole="日常生活・社会生活の事業に参加した人",
    ),
    Kpi.RETAINED_3: KpiWords(
        label="就労の定着（3か月）",
        counted="3か月目以降の確認で働いていた人",
        whole="期間中に就労開始から3か月たった就労",
    ),
    Kpi.RETAINED_6: KpiWords(
        label="就労の定着（6か月）",
        counted="6か月目以降の確認で働いていた人",
        whole="期間中に就労開始から6か月たった就労",
    ),
    Kpi.EXIT: KpiWords(
        label="就労による保護の廃止・停止",
        counted="結果が保護の廃止・停止（就労）の人",
        whole="参加率に数える事業に参加した人",
    ),
    Kpi.MEETING: KpiWords(
        label="区分の決定から最初の面接まで",
        counted="決定のあと期限までに接触した人",
        whole="期間中にG1・G2に決まった人（期限がまだの人を除く）",
    ),
    Kpi.PLANNED: KpiWords(
        label="個別支援計画のある人",
        counted="有効な計画がある人（期間の末日）",
        whole="G1・G2の人（期間の末日）",
    ),
    Kpi.PLAN_REVIEWS: KpiWords(
        label="計画の見直しが期限内",
        counted="見直しの期限を過ぎていない計画",
        whole="有効な計画（期間の末日）",
    ),
    Kpi.OVERDUE: KpiWords(
        label="再評価の期限切れ",
        counted="見直し日・仮の区分の期限を過ぎた人",
        whole="区分のある人（期間の末日）",
    ),
    Kpi.EVIDENCE: KpiWords(
        label="新しい医学的根拠がある決定",
        counted="決定の日に医学的な意見が古くない決定",
        whole="期間中の決定（対象外・活用中を除く）",
    ),
    Kpi.OVERRIDDEN: KpiWords(
        label="提案と違う区分の決定",
        counted="判定表の提案と違う区分に決めたもの",
        whole="期間中の決定（仮の区分を除く）",
    ),
}


class Eligibility(StrEnum):
    """Whether persons of a group can take part, for the denominator of the rate of participation."""

    COUNTS = "counts"
    DOES_NOT = "does_not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The office's target of a fiscal year in percent, with its source."""

    percent: int
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person, household or decision behind a figure; `counts` says whether it is in the numerator, `words` why."""

    household_id: UUID
    person_id: UUID | None
    counts: bool
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. `value` is in percent; without anybody there is none."""

    kpi: Kpi
    cases: tuple[Case, ...]
    note: str = ""
    target: Target | None = None
    few: int = 10

    @property
    def numerator(self) -> int:
        """How many count."""
        return sum(1 for case in self.cases if case.counts)

    @property
    def denominator(self) -> int:
        """Of how many."""
        return len(self.cases)

    @property
    def percent(self) -> float | None:
        """The share; None of nobody."""
        return 100 * self.numerator / self.denominator if self.cases else None

    @property
    def is_few(self) -> bool:
        """Whether it is of so few that it only gives an idea (参考値)."""
        return self.denominator < self.few


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days that figures are about, both inclusive."""

    first: date
    last: date

    def has(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last

    def meets(self, begins: date, ends: date | None) -> bool:
        """Whether something that lasted from a day to a day (None: still) was there in it."""
        return begins <= self.last and (ends is None or ends >= self.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """All figures of a period, with the groups that can take part as the office has it."""

    label: str = field(repr=False)
    period: Period
    figures: tuple[Figure, ...]
    eligible: tuple[SupportGroup, ...]
    unconfirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A line of the list behind a figure. The name is that of the person, or of the head for a household."""

    household_id: UUID
    person_id: UUID | None
    case_number: str
    name: str = field(repr=False)
    district: str
    counts: bool
    words: str
