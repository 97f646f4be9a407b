"""How starts of work read on screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from desktop.domain.employment_spells import (
    CHECK_MONTHS,
    JOB_CONTRACT,
    JOB_END_REASON,
    JOB_ROUTE,
    RETENTION_ANSWER,
    EmploymentSpell,
)
from desktop.domain.era import DateStyle, format_date
from desktop.viewmodels.columns import Column


def spell_columns(today: Callable[[], date]) -> Sequence[Column[EmploymentSpell]]:
    """The list of starts."""
    return (
        Column(
            header="開始日",
            text=lambda s: format_date(s.started_on, DateStyle.SHORT),
            sort=lambda s: s.started_on,
        ),
        Column(header="本人", text=lambda s: s.person),
        Column(header="種類", text=lambda s: s.outcome_label, tone=_tone),
        Column(header="勤め先", text=lambda s: s.employer, tone=_tone),
        Column(header="定着", text=checks_text),
        Column(
            header="状態",
            text=lambda s: state_text(s, today()),
            tone=lambda s: "warning" if s.due_checks(today()) else _tone(s),
        ),
    )


def checks_text(spell: EmploymentSpell) -> str:
    """The newest answer of each month."""
    found = ((months, spell.newest_check(months)) for months in CHECK_MONTHS)
    return "　".join(f"{m}月 {RETENTION_ANSWER[check.answer]}" for m, check in found if check)


def state_text(spell: EmploymentSpell, today: date) -> str:
    """Whether it goes on, ended, or what is to be asked."""
    if spell.end is not None:
        if not spell.counts:
            return "記録の誤り"
        return f"終了 {format_date(spell.end.ended_on, DateStyle.SHORT)}"
    due = spell.due_checks(today)
    return f"{due[0][0]}か月の確認をしてください" if due else "就労中"


def told(spell: EmploymentSpell) -> str:
    """Everything about a start."""
    wage = (
        "" if spell.first_wage_on is None else f"　最初の給料日 {format_date(spell.first_wage_on)}"
    )
    hours = "" if spell.hours is None else f"　週{spell.hours}時間"
    head = (
        f"{spell.person}　{spell.outcome_label}　{format_date(spell.started_on)}から　{spell.employer}"
        f"　{JOB_CONTRACT[spell.contract]}{hours}　経路 {JOB_ROUTE[spell.route]}{wage}"
    )
    money = (
        f"見込みの月収 {_yen(spell.expected_wage)}　収入認定額（月） 前 {_yen(spell.income_before)}"
        f"・後 {_yen(spell.income_after)}"
    )
    parts = [head, f"仕事の内容：{spell.job}" if spell.job else "", money, spell.note]
    parts += [
        f"{check.months}か月 {format_date(check.checked_on)}確認：{RETENTION_ANSWER[check.answer]}"
        f"　（記録 {check.noted_by}）"
        for check in spell.checks
    ]
    if spell.end is not None:
        note = f"　{spell.end.note}" if spell.end.note else ""
        parts.append(
            f"{format_date(spell.end.ended_on)}終了：{JOB_END_REASON[spell.end.reason]}{note}"
            f"　（記録 {spell.end.noted_by}）"
        )
    return "\n".join(part for part in parts if part)


def _yen(amount: int | None) -> str:
    return "未入力" if amount is None else f"{amount:,}円"


def _tone(spell: EmploymentSpell) -> str | None:
    return None if spell.counts else "muted"
