"""Columns of the lists of 会議・支援区分: meetings, their matters, what waits for one, and the register of groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.domain.conference_boards import MatterRow
from desktop.domain.conferences import CONFERENCE_KIND, ConferenceRow, MatterKind
from desktop.domain.era import DateStyle, format_date, weekday_name
from desktop.domain.support_group_lists import WHY, GroupRegister, OpenProposal, RegisterRow, Why
from desktop.domain.support_groups import DECIDED_BY, SupportGroup
from desktop.viewmodels.columns import CENTER, RIGHT, Column

Labels = Mapping[SupportGroup, str]


def group_words(group: SupportGroup | None, labels: Labels) -> str:
    """G2 稼働能力あり・支援が要る; 「なし」 without one."""
    return "なし" if group is None else f"{group} {labels.get(group, '')}".strip()


def short_day(day: date | None) -> str:
    """R6.10.8."""
    return format_date(day, DateStyle.SHORT) if day else ""


def state_words(row: ConferenceRow) -> str:
    """How far a meeting is."""
    if row.closed_at is not None:
        return "終わりました"
    return "開いています" if row.held_on is not None else "予定"


def members_words(row: ConferenceRow) -> str:
    """Who took part, with the role in brackets."""
    return "、".join(f"{m.name}（{m.role}）" if m.role else m.name for m in row.members)


def conference_words(row: ConferenceRow) -> str:
    """稼働能力判定会議　R6.10.8（火）　第1会議室."""
    day = f"{short_day(row.planned_on)}（{weekday_name(row.planned_on)}）"
    return "　".join(filter(None, (CONFERENCE_KIND[row.kind], day, row.place)))


CONFERENCES: Sequence[Column[ConferenceRow]] = (
    Column(
        header="日",
        text=lambda row: f"{short_day(row.planned_on)}（{weekday_name(row.planned_on)}）",
        sort=lambda row: row.planned_on,
    ),
    Column(header="会議", text=lambda row: CONFERENCE_KIND[row.kind]),
    Column(header="場所", text=lambda row: row.place),
    Column(
        header="状態",
        text=state_words,
        tone=lambda row: "warning" if row.held_on and not row.closed_at else None,
    ),
    Column(header="議題", text=lambda row: f"{row.matters}", align=RIGHT),
    Column(header="決定", text=lambda row: f"{row.decided}", align=RIGHT),
    Column(header="出席者", text=members_words),
)
MATTERS: Sequence[Column[MatterRow]] = (
    Column(header="氏名", text=lambda row: row.name),
    Column(
        header="決定",
        text=lambda row: row.decided or ("未決" if _is_group(row) else ""),
        tone=lambda row: "muted" if row.decided is None else None,
        align=CENTER,
    ),
    Column(
        header="提案",
        text=lambda row: (row.proposed or "") if _is_group(row) else row.label,
        align=CENTER,
    ),
    Column(header="世帯", text=lambda row: row.case_number),
)


def proposal_columns(today: date) -> Sequence[Column[OpenProposal]]:
    """Columns of what is not decided yet."""
    return (
        Column(header="世帯", text=lambda row: row.case_number),
        Column(header="氏名", text=lambda row: row.name),
        Column(header="理由", text=lambda row: WHY[row.why]),
        Column(
            header="いま",
            text=lambda row: row.standing.group if row.standing else "なし",
            align=CENTER,
        ),
        Column(header="提案", text=lambda row: row.proposed, align=CENTER),
        Column(header="規則", text=lambda row: row.rule, align=CENTER),
        Column(header="評価日", text=lambda row: short_day(row.made_on), sort=lambda r: r.made_on),
        Column(
            header="備考",
            text=lambda row: proposal_note(row, today),
            tone=lambda row: "error" if row.is_held else None,
        ),
    )


def proposal_words(row: OpenProposal, labels: Labels) -> str:
    """いまの区分と提案, with what the office calls them: the columns have room for their codes alone."""
    standing = row.standing.group if row.standing else None
    return f"{row.name}　いま {group_words(standing, labels)} → 提案 {group_words(row.proposed, labels)}"


def proposal_note(row: OpenProposal, today: date) -> str:
    """What has to be known before it is put on an agenda or decided."""
    expires = row.standing.expires_on if row.standing else None
    notes = (
        "安全の確認が先" if row.is_held else "",
        "本人の異議" if row.is_disputed and row.why is not Why.DISPUTED else "",
        f"{short_day(row.agenda_on)}の議題" if row.agenda_on else "",
        f"仮の区分は{short_day(expires)}まで（あと{(expires - today).days}日）" if expires else "",
    )
    return "、".join(filter(None, notes))


def register_columns(today: date, labels: Labels) -> Sequence[Column[RegisterRow]]:
    """Columns of the register."""
    return (
        Column(
            header="見直し",
            text=lambda row: short_day(row.due_on),
            sort=lambda row: row.due_on,
            tone=lambda row: "error" if row.is_overdue(today) else None,
        ),
        Column(
            header="あと",
            text=lambda row: days_left(row.due_on, today),
            sort=lambda row: row.due_on,
            tone=lambda row: "error" if row.is_overdue(today) else None,
        ),
        Column(header="世帯", text=lambda row: row.case_number),
        Column(header="氏名", text=lambda row: row.name),
        Column(header="地区", text=lambda row: row.district),
        Column(header="区分", text=lambda row: group_words(row.group, labels)),
        Column(header="決め方", text=lambda row: DECIDED_BY[row.how]),
        Column(
            header="決定日",
            text=lambda row: short_day(row.effective_from),
            sort=lambda row: row.effective_from,
        ),
    )


def days_left(day: date, today: date) -> str:
    """3日過ぎ / 今日 / 12日."""
    left = (day - today).days
    return f"{-left}日過ぎ" if left < 0 else f"{left}日" if left else "今日"


def register_counts(found: GroupRegister) -> str:
    """How many there are of each group, and how many are overdue."""
    if not found.rows:
        return ""
    counts = [(g, sum(row.group is g for row in found.rows)) for g in SupportGroup]
    overdue = sum(row.is_overdue(found.on) for row in found.rows)
    parts = "　".join(f"{group} {count}人" for group, count in counts if count)
    return f"全体 {len(found.rows):,}人　{parts}　見直し日を過ぎた人 {overdue:,}人"


def _is_group(row: MatterRow) -> bool:
    return row.kind is MatterKind.SUPPORT_GROUP
