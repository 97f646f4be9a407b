"""The caseworker's own plans of visits on the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.visit_plan_notices import PlanNotice, PlanNoticeKind
from desktop.domain.visit_plans import PLAN_KIND
from desktop.viewmodels.columns import Column
from desktop.viewmodels.visit_plans_words import title_of

_WORDS: Mapping[PlanNoticeKind, str] = {
    PlanNoticeKind.RETURNED: "▲ 差戻し",
    PlanNoticeKind.MISSING: "● 未作成",
    PlanNoticeKind.DRAFT: "下書き（未提出）",
}
_TONES = {PlanNoticeKind.RETURNED: "error", PlanNoticeKind.MISSING: "warning"}


def plan_notice_columns() -> tuple[Column[PlanNotice], ...]:
    """What it is about, which plan, of which district."""
    return (
        Column(header="状態", text=lambda n: _WORDS[n.notice], tone=lambda n: _TONES.get(n.notice)),
        Column(header="計画", text=plan_name),
        Column(header="地区", text=lambda n: f"{n.district_code}　{n.district_name}"),
    )


def plan_name(notice: PlanNotice) -> str:
    """月間訪問計画 令和6年11月."""
    return f"{PLAN_KIND[notice.kind]}　{title_of(notice.kind, notice.first_on)}"


def plan_notice_summary(notices: Sequence[PlanNotice]) -> str:
    """How many came back and how many are missing."""
    counted = ((kind, sum(notice.notice is kind for notice in notices)) for kind in PlanNoticeKind)
    words = ("差戻し", "未作成", "下書き")
    return "　".join(
        f"{word} {count}件" for word, (_, count) in zip(words, counted, strict=True) if count
    )


def plan_notice_words(notice: PlanNotice | None) -> str:
    """The words of the return, for beneath the table."""
    if notice is None or notice.notice is not PlanNoticeKind.RETURNED:
        return ""
    return f"差戻しの理由（{notice.by}）：{notice.words}"
