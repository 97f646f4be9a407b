"""How estimates and benefit cases read on screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.domain.era import format_date
from desktop.domain.work_estimates import ESTIMATE_KIND, Estimate, EstimateKind, UsedParameter, yen
from desktop.domain.work_estimates_cases import CASE_OUTCOME, BenefitCase, CaseDecision
from desktop.viewmodels.columns import RIGHT, Column

UNCONFIRMED = "未確認"
REFUSED = "試算できません"
_IN_HAND, _AMOUNT = "手元に残る額", "試算額"


def amount_text(estimate: Estimate) -> str:
    """The amount in large letters, or that there is none; never without a word on values nobody confirmed."""
    if estimate.amount is None:
        return REFUSED
    mark = f"（{UNCONFIRMED}の設定値を含む）" if estimate.is_unconfirmed else ""
    what = _IN_HAND if estimate.kind is EstimateKind.EARNED_INCOME else _AMOUNT
    return f"{what}　{yen(estimate.amount)}{mark}"


def lines_text(estimate: Estimate) -> str:
    """Every step with its formula."""
    return "\n".join(
        f"・{line.label}　{'' if line.amount is None else yen(line.amount)}　＝　{line.formula}"
        for line in estimate.lines
    )


def used_text(estimate: Estimate) -> str:
    """Every value that was used: key, value, from-day, source, 未確認."""
    if not estimate.used:
        return ""
    return "\n".join(["使った設定値", *(f"・{_used(each)}" for each in estimate.used)])


def checks_text(estimate: Estimate) -> str:
    """What a person has to look at."""
    return "\n".join(f"・{said}" for said in estimate.cautions)


def _used(each: UsedParameter) -> str:
    mark = "" if each.confirmed else f"【{UNCONFIRMED}】"
    since = format_date(each.valid_from)
    return f"{mark}{each.label}（{each.key}）　{each.value}　{since}から　出典：{each.source}"


def case_columns() -> Sequence[Column[BenefitCase]]:
    """The list of applications."""
    return (
        Column(header="申請日", text=lambda c: format_date(c.asked_on), sort=lambda c: c.asked_on),
        Column(header="種類", text=lambda c: ESTIMATE_KIND[c.kind]),
        Column(header="対象者", text=lambda c: c.person),
        Column(
            header="試算",
            text=lambda c: "—" if c.estimate.amount is None else yen(c.estimate.amount),
            sort=lambda c: c.estimate.amount,
            align=RIGHT,
        ),
        Column(
            header="確認",
            text=lambda c: UNCONFIRMED if c.estimate.is_unconfirmed else "",
            tone=lambda c: "warning" if c.estimate.is_unconfirmed else None,
        ),
        Column(header="決定", text=state_text, tone=_tone),
    )


def state_text(case: BenefitCase) -> str:
    """What was decided last, and how many months wait."""
    newest = case.newest
    if newest is None:
        return "決定待ち" if case.months is None else f"決定待ち（{case.months}か月）"
    said = CASE_OUTCOME[newest.outcome]
    if newest.amount is not None:
        said = f"{said} {yen(newest.amount)}"
    left = len(case.open_months)
    return f"{said}・残り{left}か月" if left else said


def _tone(case: BenefitCase) -> str | None:
    return "warning" if case.newest is None or case.open_months else None


def told(case: BenefitCase) -> str:
    """Everything about a case: the estimate as it was shown, the note, and every decision."""
    head = (
        f"{ESTIMATE_KIND[case.kind]}　{case.person}　申請日 {format_date(case.asked_on)}"
        f"　記録 {case.made_by}"
    )
    shown = f"申請のとき　{amount_text(case.estimate)}（{case.estimate.version}）"
    parts = [head]
    if case.note:
        parts.append(f"申請の理由・内容：{case.note}")
    parts += [decision_text(each) for each in case.decisions]
    parts += [shown, *case.estimate.refusals, lines_text(case.estimate)]
    parts.append(used_text(case.estimate))
    return "\n".join(part for part in parts if part)


def decision_text(decision: CaseDecision) -> str:
    """A decision in one line."""
    month = "" if decision.month is None else f"{month_text(decision.month)}分　"
    amount = "" if decision.amount is None else f"　{yen(decision.amount)}"
    counts = "".join(
        f"　{label}{count}回"
        for label, count in (("面接", decision.interviews), ("応募", decision.applications))
        if count is not None
    )
    reason = f"　{decision.reason}" if decision.reason else ""
    return (
        f"{format_date(decision.decided_on)} {month}{CASE_OUTCOME[decision.outcome]}{amount}"
        f"{counts}{reason}　（記録 {decision.noted_by}）"
    )


def month_text(month: date) -> str:
    """A month as people read it."""
    return f"{month.year}年{month.month}月"
