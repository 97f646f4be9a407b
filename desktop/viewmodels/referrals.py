"""How requests to Hello Work read on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from desktop.domain.era import DateStyle, format_date
from desktop.domain.referrals import REFERRAL_MOVE, REFERRAL_RESULT, Referral, ReferralStep
from desktop.viewmodels.columns import Column

_WORDS = (
    ("history", "職歴"),
    ("qualifications", "資格"),
    ("wishes", "希望"),
    ("health_limits", "健康上の配慮"),
    ("barriers", "配慮が要る事情"),
    ("so_far", "これまでの支援"),
    ("request", "お願いする内容"),
)


def referral_columns(
    partners: Mapping[str, str], today: Callable[[], date]
) -> Sequence[Column[Referral]]:
    """The list of requests. `partners` may be filled later."""
    return (
        Column(
            header="要請日",
            text=lambda r: format_date(r.asked_on, DateStyle.SHORT),
            sort=lambda r: r.asked_on,
        ),
        Column(header="番号", text=lambda r: r.number),
        Column(header="本人", text=lambda r: r.person),
        Column(header="ハローワーク", text=lambda r: partners.get(r.partner, r.partner)),
        Column(
            header="状態",
            text=lambda r: state_text(r, today()),
            tone=lambda r: "warning" if r.is_unanswered(today()) else None,
        ),
    )


def state_text(referral: Referral, today: date) -> str:
    """What came back last, or until when an answer is asked for."""
    if referral.state is not None:
        return REFERRAL_MOVE[referral.state]
    until = format_date(referral.reply_by, DateStyle.SHORT)
    late = "（期限を過ぎています）" if referral.is_unanswered(today) else ""
    return f"回答待ち　{until}まで{late}"


def told(referral: Referral) -> str:
    """Everything about a request: what was asked with which consents, and every step, the newest first."""
    health = referral.health_consent_on
    head = (
        f"{referral.person}　情報を伝える同意 {format_date(referral.consent_on)}　健康上の配慮を伝える同意 "
        f"{'なし（支援要請書には印刷しません）' if health is None else format_date(health)}　記録 {referral.made_by}"
    )
    words = (f"{label}：{getattr(referral.words, name)}" for name, label in _WORDS)
    said = [line for line in words if not line.endswith("：")]
    return "\n".join([head, *(step_text(step) for step in referral.steps), *said])


def step_text(step: ReferralStep) -> str:
    """One thing that came back."""
    until = "" if step.until is None else f"　{format_date(step.until)}まで"
    result = "" if step.result is None else f"　{REFERRAL_RESULT[step.result]}"
    navigator = f"　担当 {step.navigator}" if step.navigator else ""
    note = f"　{step.note}" if step.note else ""
    return (
        f"{format_date(step.on_day)} {REFERRAL_MOVE[step.move]}{until}{result}{navigator}{note}"
        f"　（記録 {step.noted_by}）"
    )
