"""Who opened a household's file (閲覧履歴): its columns, and what the list is narrowed by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop.domain.audit import Access
from desktop.domain.clock import japan_day
from desktop.viewmodels.columns import CENTER, Column
from desktop.viewmodels.records_text import instant_text

#: Days back from today, by label; None is everything.
PERIODS: tuple[tuple[str, int | None], ...] = (
    ("この1か月", 31),
    ("この3か月", 92),
    ("この1年", 365),
    ("すべての期間", None),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessFilter:
    """The last `days` days, today included (None: all), and one person by name ("": everybody)."""

    days: int | None = None
    who: str = field(default="", repr=False)


def access_columns() -> tuple[Column[Access], ...]:
    """The columns of the list."""
    return (
        Column(header="日時", text=lambda a: instant_text(a.at)),
        Column(header="だれが", text=lambda a: a.who or "（職員でない接続）"),
        Column(header="目的", text=lambda a: a.purpose_label),
        Column(
            header="担当外",
            text=lambda a: "▲ 担当外" if a.outside_duty else "",
            align=CENTER,
            tone=lambda a: "warning" if a.outside_duty else None,
        ),
        Column(header="理由", text=lambda a: a.why, tooltip=lambda a: a.why),
        Column(header="端末", text=lambda a: a.client or "―"),
    )


def narrowed(accesses: Iterable[Access], given: AccessFilter, today: date) -> tuple[Access, ...]:
    """Those of the period and the person, in the order given."""
    since = None if given.days is None else today - timedelta(days=given.days - 1)
    return tuple(
        access
        for access in accesses
        if (since is None or japan_day(access.at) >= since)
        and (not given.who or access.who == given.who)
    )


def people_in(accesses: Sequence[Access]) -> tuple[str, ...]:
    """Everybody who occurs, by name."""
    return tuple(sorted({access.who for access in accesses if access.who}))


def count_sentence(shown: Sequence[Access], total: int) -> str:
    """How many lines there are, and how many of them lie outside the duty."""
    outside = sum(access.outside_duty for access in shown)
    count = f"{len(shown):,}件" if len(shown) == total else f"{len(shown):,}／{total:,}件"
    return f"{count}（担当外 {outside:,}件）" if outside else count
