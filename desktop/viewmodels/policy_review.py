"""The list of policies to review: its columns, its spans, its counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from desktop.domain.dates import age_on
from desktop.domain.era import DateStyle, fiscal_year, format_date
from desktop.domain.policy_review import REVIEW_STAGE, DuePolicy, ReviewStage
from desktop.viewmodels.columns import Column
from desktop.viewmodels.policy_events import event_text

#: The review should lie ready so many days ahead (rule P03).
SOON_DAYS = 60
_MARCH_31 = (3, 31)
_YEARLY, _MISSING = "年1回", "方針なし"
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
    lines: Sequence[DuePolicy],
    span: Span,
    today: date,
    *,
    with_waiting: bool = False,
    only_same: bool = False,
) -> tuple[DuePolicy, ...]:
    """The lines of a span; what waits for a decision only where it is asked for, or only what says the same for long."""
    last = until(span, today)
    return tuple(
        line
        for line in lines
        if line.due_on <= last
        and (with_waiting or line.stage is not ReviewStage.SUBMITTED)
        and (not only_same or line.same_since is not None)
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
    """Due day, how long that is, whose file with how far the review has come, and why it is due."""
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
        Column(
            header="理由",
            text=lambda line: reason_word(line, today()),
            sort=lambda line: reason_word(line, today()),
            tooltip=lambda line: reason_text(line, today()),
            tone=lambda line: "warning" if line.same_since or line.is_missing else None,
        ),
    )


def reason_word(line: DuePolicy, today: date) -> str:
    """3年同じ・年1回: why it is due in a word or two, the sameness before it."""
    own = _MISSING if line.is_missing else _YEARLY
    why = line.event.label if line.event is not None else own
    same = same_text(line, today)
    return f"{same}・{why}" if same else why


def reason_text(line: DuePolicy, today: date) -> str:
    """Why it is due, with its days, what else happened, and since when the words are the same."""
    said = [_why(line)]
    said += [f"ほかのきっかけ {event_text(e)}" for e in line.events if e != line.event]
    if line.same_since is not None:
        since = format_date(line.same_since, DateStyle.SHORT)
        said.append(f"{same_text(line, today)}（{since}から文面が変わっていません）")
    return "　".join(said)


def same_text(line: DuePolicy, today: date) -> str:
    """3年同じ; 前と同じ while that is not a year old; "" where the words are new."""
    if line.same_since is None:
        return ""
    years = age_on(line.same_since, today)
    return f"{years}年同じ" if years else "前と同じ"


def _why(line: DuePolicy) -> str:
    if line.event is not None:
        return f"きっかけ {event_text(line.event)}"
    if not line.is_missing:
        if line.approved_on is None:
            return "年1回の見直し（台帳の期日）"
        return f"年1回の見直し（{format_date(line.approved_on, DateStyle.SHORT)}決裁）"
    if line.protected_since is None:
        return "決裁された援助方針がなく、開始日も分かりません"
    since = format_date(line.protected_since, DateStyle.SHORT)
    return f"決裁された援助方針がありません（{since}から）"


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


def empty_sentence(
    lines: Sequence[DuePolicy], span: Span, today: date, *, only_same: bool = False
) -> str:
    """What to say where the span has nothing to do."""
    if lines and only_same:
        return "この期間に、長く同じ文面の援助方針はありません。絞り込みを外すと、見直すものがすべて並びます。"
    if not lines:
        return (
            "担当地区に受給中の世帯がありません。"
            "世帯が加わると、援助方針を策定する日、見直す日の順にここへ並びます。"
        )
    waiting = counts_of(lines, span, today).waiting
    what = f"決裁待ちの{waiting}件は「決裁待ちも表示」で見られます。" if waiting else ""
    coming = [line for line in lines if line.due_on > until(span, today)]
    if coming:
        day = format_date(coming[0].due_on)
        return f"この期間に見直す援助方針はありません。{what}次の期日は{day}です。期間を広げると先に進められます。"
    return f"この期間に見直す援助方針はありません。{what}"
