"""People and requests as the screen 職員と権限 shows them, and what may be done with a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.accounts import (
    ASSIGNMENT_LABELS,
    CHANGE_LABELS,
    ChangeRow,
    DistrictSpan,
    PasswordNotice,
    PersonRow,
    RoleSpan,
)
from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import ROLE_LABELS, Permission
from desktop.viewmodels.columns import CENTER, Column


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeActs:
    """What this person may do with a request; `note` says why not."""

    may_decide: bool
    may_withdraw: bool
    note: str


def acts_for(change: ChangeRow | None, staff: SignedInStaff) -> ChangeActs:
    """What the signed-in person may do. The database judges again."""
    if change is None:
        return ChangeActs(may_decide=False, may_withdraw=False, note="")
    if change.requested_by_id == staff.staff_id:
        return ChangeActs(
            may_decide=False,
            may_withdraw=staff.may(Permission.MANAGE_ACCOUNTS),
            note="自分の申請です。別の職員が承認します。",
        )
    if staff.staff_id in change.concerned_ids:
        return ChangeActs(
            may_decide=False,
            may_withdraw=False,
            note="自分のことについての申請です。別の職員が承認します。",
        )
    return ChangeActs(may_decide=True, may_withdraw=False, note="")


def people_columns(today: date) -> tuple[Column[PersonRow], ...]:
    """The columns of the people."""
    return (
        Column(header="氏名", text=lambda p: p.name, sort=lambda p: p.kana),
        Column(header="利用者名", text=lambda p: p.login),
        Column(
            header="状態",
            text=lambda p: "利用中" if p.is_active else "利用停止",
            align=CENTER,
            tone=lambda p: None if p.is_active else "muted",
        ),
        Column(
            header="職務",
            text=lambda p: "、".join(role_text(span, today) for span in p.roles),
            tooltip=lambda p: "\n".join(role_text(span, today) for span in p.roles),
        ),
        Column(
            header="担当地区",
            text=lambda p: "、".join(district_text(span, today) for span in p.districts),
            tooltip=lambda p: "\n".join(district_text(span, today) for span in p.districts),
        ),
    )


def waiting_columns() -> tuple[Column[ChangeRow], ...]:
    """The columns of the requests that wait."""
    return (
        Column(header="申請", text=lambda c: CHANGE_LABELS[c.kind]),
        Column(header="職員", text=lambda c: f"{c.person}（{c.concerns}）"),
        Column(header="内容", text=lambda c: c.what, tooltip=lambda c: c.what),
        Column(header="申請した人", text=lambda c: c.requested_by),
        Column(
            header="申請日",
            text=lambda c: format_date(japan_day(c.requested_at), DateStyle.SHORT),
            sort=lambda c: c.requested_at,
        ),
    )


def role_text(span: RoleSpan, today: date) -> str:
    """A role with its days where they matter."""
    return ROLE_LABELS[span.role] + _days(span, today)


def district_text(span: DistrictSpan, today: date) -> str:
    """A district with its kind and its days where they matter."""
    return f"{span.district} {ASSIGNMENT_LABELS[span.kind]}{_days(span, today)}"


def news_sentence(news: tuple[PasswordNotice, ...]) -> str:
    """What a person is told of passwords given anew; "" when there is nothing."""
    parts = []
    for notice in news:
        when = f"{format_date(notice.at.astimezone(JAPAN).date(), DateStyle.SHORT)} {notice.at.astimezone(JAPAN):%H:%M}"
        whose = "あなた" if notice.is_own else f"{notice.person}さん"
        parts.append(f"{when} に{notice.by}さんが{whose}のパスワードを再発行しました。")
    if not parts:
        return ""
    return "".join(parts) + "心当たりがなければ、すぐに課長とシステム管理者に知らせてください。"


def _days(span: RoleSpan | DistrictSpan, today: date) -> str:
    begins = format_date(span.valid_from, DateStyle.SHORT) if span.valid_from > today else ""
    ends = format_date(span.valid_to, DateStyle.SHORT) if span.valid_to else ""
    return f"（{begins}〜{ends}）" if begins or ends else ""
