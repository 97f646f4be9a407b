"""Columns and filters of the radar's findings, and the load of the team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from desktop.domain.approvals import QueueRow
from desktop.domain.era import format_date
from desktop.domain.office import DistrictRow
from desktop.domain.supervision import Finding, RuleInfo
from desktop.viewmodels.columns import RIGHT, Column
from desktop.viewmodels.desk import household_text

#: Shape and word of each severity: colour is never the only sign.
SEVERITY: Mapping[int, str] = {3: "■ 重大", 2: "▲ 注意", 1: "○ 確認"}
_TONES: Mapping[int, str] = {3: "error", 2: "warning"}
_VACANT = "（欠員）"


def finding_columns(rules: Mapping[str, RuleInfo]) -> tuple[Column[Finding], ...]:
    """The columns of findings; `rules` may be filled later."""
    return (
        Column(
            header="点検",
            text=lambda f: f"{SEVERITY[f.severity][0]} {f.rule}",
            tooltip=lambda f: f"{SEVERITY[f.severity]}　{rule_text(rules.get(f.rule))}",
            tone=lambda f: _TONES.get(f.severity),
        ),
        Column(header="世帯", text=lambda f: household_text(f.case_number, f.head_name)),
        Column(header="点検の内容", text=lambda f: f.reason, tooltip=lambda f: f.reason),
        Column(header="担当", text=lambda f: f.caseworker or _VACANT),
        Column(header="日数", text=lambda f: f"{f.days}日" if f.days else "―", align=RIGHT),
    )


def finding_key(finding: Finding) -> tuple[object, ...]:
    """What makes a finding the same one after a reload."""
    subject_id = finding.entry_id or finding.policy_id
    return (finding.rule, finding.household_id, finding.staff_id, subject_id)


def finding_text(finding: Finding) -> str:
    """The whole sentence of a finding with its day."""
    since = f"（{format_date(finding.since)}から）" if finding.since else ""
    return f"{finding.reason}{since}"


def rule_text(rule: RuleInfo | None) -> str:
    """What a rule asks about."""
    return f"{rule.rule} {rule.name}：{rule.basis}" if rule else ""


def filtered(findings: Sequence[Finding], rule: str, caseworker: str | None) -> tuple[Finding, ...]:
    """The findings of a rule ("" for all) and of a caseworker (None for all)."""
    return tuple(
        f
        for f in findings
        if (not rule or f.rule == rule) and (caseworker is None or f.caseworker == caseworker)
    )


def finding_summary(shown: Sequence[Finding], total: int) -> str:
    """How many by severity, worst first."""
    if not total:
        return ""
    counts = Counter(f.severity for f in shown)
    parts = [f"{SEVERITY[s]} {counts[s]}件" for s in sorted(SEVERITY, reverse=True) if counts[s]]
    of_all = f"（全{total}件のうち）" if len(shown) < total else ""
    return "　".join(parts) + of_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one district's caseworker has before him; by district, never ranked."""

    district: DistrictRow
    households: int
    waiting: int
    findings: int

    @property
    def caseworker(self) -> str:
        """Who holds the district."""
        return self.district.caseworker or _VACANT


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFigures:
    """What was counted for the team: districts in reach, and households by district."""

    districts: tuple[DistrictRow, ...] = field(repr=False)
    households: Mapping[UUID, int]


def team_load(
    figures: TeamFigures, queue: Sequence[QueueRow], findings: Sequence[Finding]
) -> tuple[Load, ...]:
    """One line a district in the order of the codes; waiting and found count for the caseworker by name."""
    waiting = Counter(row.author for row in queue)
    found = Counter(f.caseworker for f in findings)
    return tuple(
        Load(
            district=d,
            households=figures.households.get(d.district_id, 0),
            waiting=waiting[d.caseworker] if d.caseworker else 0,
            findings=found[d.caseworker],
        )
        for d in figures.districts
    )


def load_columns() -> tuple[Column[Load], ...]:
    """The columns of the team's load."""
    return (
        Column(header="地区", text=lambda r: f"{r.district.code}　{r.district.name}"),
        Column(header="担当", text=lambda r: r.caseworker),
        Column(header="世帯数", text=lambda r: f"{r.households:,}", align=RIGHT),
        Column(header="決裁待ち", text=lambda r: f"{r.waiting}件", align=RIGHT),
        Column(header="見落とし", text=lambda r: f"{r.findings}件", align=RIGHT),
    )
