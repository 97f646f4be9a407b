"""How legal findings on use of ability read on screen. No support group stands here."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.era import format_date
from desktop.domain.work_findings import (
    ELEMENT,
    ELEMENT_STATE,
    FINDING_OUTCOME,
    FOUND_BY,
    WorkFinding,
)
from desktop.viewmodels.columns import Column


def finding_columns() -> Sequence[Column[WorkFinding]]:
    """The list of findings."""
    return (
        Column(
            header="判断案の日", text=lambda f: format_date(f.found_on), sort=lambda f: f.found_on
        ),
        Column(header="対象者", text=lambda f: f.person),
        Column(header="判断", text=outcome_words),
        Column(header="書いた人", text=lambda f: f.author),
    )


def outcome_words(finding: WorkFinding) -> str:
    """What was decided, or that nothing is yet."""
    decided = finding.decision
    return FINDING_OUTCOME[decided.outcome] if decided else "案（まだ判断されていません）"


def finding_words(finding: WorkFinding) -> str:
    """The three elements with their evidence, and the decision."""
    lines = list[str]()
    for each in finding.elements:
        lines += [
            f"{ELEMENT[each.element]}：{ELEMENT_STATE[each.state]}",
            f"　事実　{each.facts}",
            f"　根拠　{each.evidence}（{format_date(each.as_of)}）",
        ]
    decided = finding.decision
    if decided is not None:
        by = f"{FOUND_BY[decided.how]}・{decided.decided_by}"
        lines += [f"判断：{FINDING_OUTCOME[decided.outcome]}（{by}）", f"　理由　{decided.reason}"]
    return "\n".join(lines)
