"""担当替えをする: districts to choose for, what would happen, and what is better settled before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from desktop.domain.era import DateStyle, format_date
from desktop.domain.handovers import (
    UNSETTLED_LABELS,
    Candidate,
    HandoverDistrict,
    HandoverPlan,
    HandoverPreview,
    Move,
    MovePreview,
    Unsettled,
    UnsettledKind,
)
from desktop.domain.ids import new_id
from desktop.viewmodels.columns import RIGHT, Column

_NOBODY, _NONE = "（欠員）", "―"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A district of the plan with who is to have it; `to_name` is empty where nobody is chosen."""

    district: HandoverDistrict
    to_id: UUID | None = None
    to_name: str = field(repr=False, default="")


def rows_to_choose(
    districts: Iterable[HandoverDistrict], before: Iterable[Chosen]
) -> tuple[Chosen, ...]:
    """The districts as read now, with what was chosen for them before."""
    chosen = {row.district.district_id: row for row in before}
    return tuple(
        replace(chosen[d.district_id], district=d)
        if d.district_id in chosen
        else Chosen(district=d)
        for d in districts
    )


def plan_of(rows: Iterable[Chosen], day: date) -> HandoverPlan:
    """What is asked for: every district for which somebody was chosen."""
    return HandoverPlan(
        batch_id=new_id(),
        effective_on=day,
        moves=tuple(
            Move(
                handover_id=new_id(),
                district_id=row.district.district_id,
                to_id=row.to_id,
                shown_from_id=row.district.from_id,
            )
            for row in rows
            if row.to_id is not None
        ),
    )


def rotated(
    rows: Sequence[Chosen], places: Collection[int], names: Mapping[str, str]
) -> tuple[Chosen, ...]:
    """Each district at these places gets the caseworker of the next of them, the last one that of the first.

    `names` are those who may have a district: a vacant post and who leaves the office give nobody.
    """
    ring = sorted(places)
    following = dict(zip(ring, (*ring[1:], *ring[:1]), strict=True))
    changed = list(rows)
    for place, after in following.items():
        given, district = rows[after].district.from_id, rows[place].district
        if given is not None and str(given) in names and given != district.from_id:
            changed[place] = Chosen(district=district, to_id=given, to_name=names[str(given)])
    return tuple(changed)


def candidate_label(candidate: Candidate) -> str:
    """A caseworker with the households looked after on the day."""
    return f"{candidate.name}（担当 {candidate.households}世帯）"


def chosen_columns() -> tuple[Column[Chosen], ...]:
    """Columns of the districts."""
    return (
        Column(header="地区", text=lambda r: f"{r.district.code}　{r.district.name}"),
        Column(header="その日の担当", text=lambda r: r.district.caseworker or _NOBODY),
        Column(header="新しい担当者", text=lambda r: r.to_name or _NONE, tone=_chosen_tone),
        Column(
            header="世帯",
            text=lambda r: str(r.district.households),
            sort=lambda r: r.district.households,
            align=RIGHT,
        ),
    )


def preview_columns() -> tuple[Column[MovePreview], ...]:
    """Columns of what would happen, a row a district."""
    return (
        Column(header="地区", text=lambda m: m.district.code),
        Column(header="担当", text=lambda m: f"{m.district.caseworker or _NOBODY} → {m.to_name}"),
        Column(header="世帯", text=lambda m: str(m.district.households), align=RIGHT),
        Column(
            header="世帯類型", text=lambda m: counted(m.types), tooltip=lambda m: counted(m.types)
        ),
        Column(
            header="訪問格付", text=lambda m: counted(m.grades), tooltip=lambda m: counted(m.grades)
        ),
        Column(
            header="安全の注意",
            text=lambda m: counted(m.marks) or _NONE,
            tooltip=lambda m: counted(m.marks),
        ),
        Column(
            header="移るもの",
            text=lambda m: f"やること{m.todos}・書類{m.papers}",
            tooltip=lambda m: (
                f"やること{m.todos}件、書類{m.papers}件、予定の訪問{m.planned_visits}件"
            ),
        ),
    )


def preview_words(preview: HandoverPreview) -> str:
    """Loads before and after, clashes and refusals, in sentences."""
    lines = [
        f"{format_date(preview.effective_on)}から、{preview.households}世帯の担当が替わります。"
    ]
    lines += [f"{m.district.code}：{m.refusal}" for m in preview.moves if m.refusal]
    loads = "、".join(f"{each.name} {each.before}→{each.after}世帯" for each in preview.loads)
    lines += [f"担当世帯数：{loads}"] if loads else []
    lines += [_following(preview.moves)]
    drafts = [f"{m.district.code} {m.drafts}件" for m in preview.moves if m.drafts]
    if drafts:
        lines.append(
            f"前の担当者の書きかけの記録：{'、'.join(drafts)}。本人にしか見えず、本人だけが仕上げられます。"
        )
    return "\n".join(lines)


def unsettled_words(found: Sequence[Unsettled]) -> str:
    """What stands above the list of what is better settled before; "" where there is nothing."""
    counts = Counter(each.kind for each in found)
    parts = []
    if returned := counts[UnsettledKind.RETURNED]:
        parts.append(f"差戻しの記録が{returned}件あります。直せるのは書いた本人だけです。")
    if clashes := counts[UnsettledKind.CLASH]:
        parts.append(f"新しい担当者の予定とぶつかる約束が{clashes}件あります。")
    return f"引き継ぐ日までに：{''.join(parts)}" if parts else ""


def unsettled_columns() -> tuple[Column[Unsettled], ...]:
    """Columns of what is better settled before the day."""
    return (
        Column(header="種類", text=lambda u: UNSETTLED_LABELS[u.kind]),
        Column(header="ケース番号", text=lambda u: u.case_number),
        Column(header="内容", text=lambda u: u.words, tooltip=lambda u: u.words),
        Column(header="日", text=lambda u: format_date(u.day, DateStyle.SHORT)),
        Column(header="だれの", text=lambda u: u.who),
        Column(header="地区", text=lambda u: u.district),
    )


def _following(moves: Sequence[MovePreview]) -> str:
    todos, papers = sum(m.todos for m in moves), sum(m.papers for m in moves)
    visits = sum(m.planned_visits for m in moves)
    return (
        f"やること{todos}件・書類{papers}件が新しい担当者へ移ります。"
        f"予定の訪問{visits}件は、そのまま地区の計画に残ります。"
    )


def counted(pairs: Iterable[tuple[str, int]]) -> str:
    """Labels with how many of each."""
    return "・".join(f"{label}{count}" for label, count in pairs)


def _chosen_tone(row: Chosen) -> str:
    return "" if row.to_id is not None else "muted"
