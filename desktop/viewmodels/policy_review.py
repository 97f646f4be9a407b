"""The list of policies to review: its columns, its spans, its counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from desktop.domain.era import DateStyle, fiscal_year, format_date
from desktop.domain.policy_review import REVIEW_STAGE, DuePolicy, ReviewStage
from desktop.viewmodels.columns import Column

#: The review should lie ready so many days ahead (rule P03).
SOON_DAYS = 60
_MARCH_31 = (3, 31)
_TONES = {
    ReviewStage.RETURNED: "error",
    ReviewStage.DRAFT: "warning",
    ReviewStage.SUBMITTED: "muted",
}
#: One sign each, so that the name beside it can be read.
_MARKS = {
    ReviewStage.DRAFT: "［書］",
    ReviewStage.RETURNED: "［戻］",
    ReviewStage.SUBMITTED: "［待］",
}


class Span(Enum):
    """How far the list looks ahead."""

    OVERDUE = "期限を過ぎたもの"
    SOON = f"{SOON_DAYS}日以内と期限を過ぎたもの"
    YEAR = "年度末までのもの"
    EVERY = "すべて"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many lines of the span stand where."""

    overdue: int
    to_do: int
    waiting: int

    @property
    def sentence(self) -> str:
        """見直す 8件（うち期限超過 3件）　決裁待ち 2件."""
        late = f"（うち期限超過 {self.overdue}件）" if self.overdue else ""
        waiting = f"　決裁待ち {self.waiting}件" if self.waiting else ""
        return f"見直す {self.to_do}件{late}{waiting}"


def until(span: Span, today: date) -> date:
    """The last day of a span."""
    match span:
        case Span.OVERDUE:
            return today - timedelta(days=1)
        case Span.SOON:
            return today + timedelta(days=SOON_DAYS)
        case Span.YEAR:
            return date(fiscal_year(today) + 1, *_MARCH_31)
        case Span.EVERY:
            return date.max


def within(
    lines: Sequence[DuePolicy], span: Span, today: date, *, with_waiting: bool = False
) -> tuple[DuePolicy, ...]:
    """The lines of a span; what waits for a decision only where it is asked for."""
    last = until(span, today)
    return tuple(
        line
        for line in lines
        if line.due_on <= last and (with_waiting or line.stage is not ReviewStage.SUBMITTED)
    )


def counts_of(lines: Sequence[DuePolicy], span: Span, today: date) -> Counts:
    """Count the lines of a span."""
    shown = within(lines, span, today, with_waiting=True)
    to_do = [line for line in shown if line.stage is not ReviewStage.SUBMITTED]
    return Counts(
        overdue=sum(line.due_on < today for line in to_do),
        to_do=len(to_do),
        waiting=len(shown) - len(to_do),
    )


def due_columns(today: Callable[[], date]) -> tuple[Column[DuePolicy], ...]:
    """Due day, how long that is, and whose file with how far the review has come."""
    return (
        Column(
            header="期日",
            text=lambda line: format_date(line.due_on, DateStyle.SHORT),
            sort=lambda line: line.urgency,
        ),
        Column(
            header="残り",
            text=lambda line: left_text(line, today()),
            sort=lambda line: line.urgency,
            tone=lambda line: "error" if line.left(today()) < 0 else None,
        ),
        Column(
            header="世帯",
            text=lambda line: f"{_mark(line)}{household_of(line)}",
            sort=lambda line: line.case_number,
            tooltip=lambda line: f"{household_of(line)}　{REVIEW_STAGE[line.stage]}",
            tone=lambda line: _TONES.get(line.stage),
        ),
    )


def household_of(line: DuePolicy) -> str:
    """Case number and head."""
    return f"{line.case_number}　{line.head_name}".rstrip()


def _mark(line: DuePolicy) -> str:
    """［書］ where the review was begun; the whole word stands in the tooltip."""
    return _MARKS.get(line.stage, "")


def left_text(line: DuePolicy, today: date) -> str:
    """12日超過, 今日, あと30日."""
    left = line.left(today)
    if left < 0:
        return f"{-left}日超過"
    return f"あと{left}日" if left else "今日"


def empty_sentence(lines: Sequence[DuePolicy], span: Span, today: date) -> str:
    """What to say where the span has nothing to do."""
    if not lines:
        return (
            "見直し期日のある援助方針は、担当地区にまだありません。"
            "世帯のファイルの「援助方針」で策定し、決裁されると、期日の順にここへ並びます。"
        )
    waiting = counts_of(lines, span, today).waiting
    what = f"決裁待ちの{waiting}件は「決裁待ちも表示」で見られます。" if waiting else ""
    coming = [line for line in lines if line.due_on > until(span, today)]
    if coming:
        day = format_date(coming[0].due_on)
        return f"この期間に見直す援助方針はありません。{what}次の期日は{day}です。期間を広げると先に進められます。"
    return f"この期間に見直す援助方針はありません。{what}"
