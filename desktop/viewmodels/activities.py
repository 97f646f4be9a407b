"""How acts of support read on screen, and what the entry line proposes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from desktop.domain.activities import (
    ACTIVITY_RESULT,
    Activity,
    CaseloadAct,
    CaseloadMonth,
    FileActivities,
)
from desktop.domain.era import DateStyle, format_date
from desktop.domain.labels import PLACE
from desktop.domain.records import Place
from desktop.viewmodels.columns import RIGHT, Column

VOID, OLD = "取消", "訂正前"


class ActivityLabels:
    """Code → label of kinds and partners; a code that is no longer in force is shown as it is."""

    def __init__(self) -> None:
        self.kinds: Mapping[str, str] = {}
        self.partners: Mapping[str, str] = {}

    def learn(self, found: FileActivities) -> None:
        """Take those of a household's section."""
        self.kinds = {kind.code: kind.label for kind in found.kinds}
        self.partners = {partner.code: partner.label for partner in found.partners}

    def kind(self, activity: Activity) -> str:
        """The kind as people call it."""
        return self.kinds.get(activity.kind, activity.kind)

    def partner(self, activity: Activity) -> str:
        """The partner as people call it."""
        return self.partners.get(activity.partner, activity.partner)


def activity_columns(labels: ActivityLabels) -> Sequence[Column[Activity]]:
    """The list of acts."""
    return (
        Column(
            header="活動日",
            text=lambda a: format_date(a.done_on, DateStyle.SHORT),
            sort=lambda a: a.done_on,
        ),
        Column(header="本人", text=lambda a: a.person),
        Column(header="種類", text=labels.kind, tone=_tone),
        Column(header="分", text=lambda a: str(a.minutes), sort=lambda a: a.minutes, align=RIGHT),
        Column(header="連携先", text=labels.partner),
        Column(header="結果", text=state_text, tone=_tone),
        Column(header="メモ", text=lambda a: a.memo, tone=_tone),
        Column(
            header="次の期限",
            text=lambda a: (
                "" if a.next_due_on is None else format_date(a.next_due_on, DateStyle.SHORT)
            ),
            sort=lambda a: a.next_due_on,
        ),
        Column(header="活動した人", text=lambda a: a.staff),
    )


def state_text(activity: Activity) -> str:
    """What came of it, or that another row stands for it."""
    if activity.is_void:
        return VOID
    return OLD if activity.is_old else ACTIVITY_RESULT[activity.result]


def told(activity: Activity, labels: ActivityLabels, steps: Mapping[UUID, str]) -> str:
    """Everything about an act."""
    time = "" if activity.starts_at is None else f" {activity.starts_at:%H:%M}から"
    place = "" if activity.place is Place.NONE else f"　場所 {PLACE[activity.place]}"
    partner = labels.partner(activity)
    head = (
        f"{format_date(activity.done_on)}{time} {activity.minutes}分　{labels.kind(activity)}　{activity.person}"
        f"　{state_text(activity)}{place}{f'　連携先 {partner}' if partner else ''}"
    )
    parts = [head, activity.memo]
    if activity.step_id is not None:
        parts.append(f"計画の取組：{steps.get(activity.step_id, '（前の版の取組）')}")
    if activity.next_due_on is not None:
        parts.append(
            f"次にすること：{activity.next_step}（{format_date(activity.next_due_on)}まで）"
        )
    if activity.reason:
        parts.append(f"訂正・取消の理由：{activity.reason}")
    parts.append(f"活動した人 {activity.staff}　記録 {activity.made_by}")
    return "\n".join(part for part in parts if part)


def usual_partner(found: FileActivities, person_id: UUID | None, kind: str) -> str:
    """The partner of the person's last act of this kind; "" where there was none or it is no longer in force."""
    known = {partner.code for partner in found.partners}
    return next(
        (
            act.partner
            for act in found.activities
            if act.counts
            and act.person_id == person_id
            and act.kind == kind
            and act.partner in known
        ),
        "",
    )


def _tone(activity: Activity) -> str | None:
    return None if activity.counts else "muted"


def caseload_columns(kinds: Mapping[str, str]) -> Sequence[Column[CaseloadAct]]:
    """The list of a month's acts. `kinds` may be filled later."""
    return (
        Column(
            header="活動日",
            text=lambda a: format_date(a.done_on, DateStyle.SHORT),
            sort=lambda a: a.done_on,
        ),
        Column(header="ケース番号", text=lambda a: a.case_number),
        Column(header="本人", text=lambda a: a.person),
        Column(header="種類", text=lambda a: kinds.get(a.kind, a.kind)),
        Column(header="分", text=lambda a: str(a.minutes), sort=lambda a: a.minutes, align=RIGHT),
        Column(header="結果", text=lambda a: ACTIVITY_RESULT[a.result]),
        Column(
            header="次の期限",
            text=lambda a: (
                "" if a.next_due_on is None else format_date(a.next_due_on, DateStyle.SHORT)
            ),
            sort=lambda a: a.next_due_on,
        ),
        Column(header="活動した人", text=lambda a: a.staff),
    )


def caseload_words(found: CaseloadMonth) -> str:
    """The month in one line; minutes are an estimate."""
    if not found.acts:
        return ""
    people = len({act.person_id for act in found.acts})
    minutes = sum(act.minutes for act in found.acts)
    return f"{people}人に{len(found.acts)}回の支援活動、あわせて{minutes:,}分（推計）"
