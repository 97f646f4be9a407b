"""Visit grades as the section of a file and the review card show them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.domain.era import DateStyle, format_date
from desktop.domain.policy_events import ReviewEvent
from desktop.domain.visit_grades import (
    GRADE_STATE,
    LIVING_PLACE,
    FloorException,
    GradeRow,
    GradesOfFile,
    GradeState,
    GradeTables,
    LivingPlace,
    ProposedGrade,
    VisitGrade,
    may_be_called,
    visit_words,
)
from desktop.viewmodels.columns import CENTER, Column
from desktop.viewmodels.records_text import instant_text

_LEDGER = "台帳"
_NO_GRADE = (
    "訪問格付は決まっていません。居宅の世帯には格付が要ります。Nを押すと、格付を提案できます。"
)
_SOON_DAYS = 14


def history_columns() -> tuple[Column[GradeRow], ...]:
    """Columns of the history; what is no decision is quiet."""
    return (
        Column(header="格付", text=lambda r: r.grade, tone=_tone),
        Column(header="年間回数", text=lambda r: visit_words(None, r.visits_per_year or None)),
        Column(header="適用する日", text=lambda r: _day(r.effective_from), align=CENTER),
        Column(header="状態", text=state_text, tone=_tone),
        Column(header="理由", text=lambda r: r.reason_label),
        Column(header="提案", text=lambda r: r.proposed_by),
        Column(header="承認", text=lambda r: r.approved_by),
        Column(header="承認日", text=_approved_on, align=CENTER),
    )


def event_columns() -> tuple[Column[ReviewEvent], ...]:
    """Columns of what asks for a review."""
    return (
        Column(header="期限", text=lambda e: _day(e.due_on), align=CENTER),
        Column(header="きっかけ", text=lambda e: e.label),
        Column(header="あった日", text=lambda e: _day(e.happened_on), align=CENTER),
        Column(header="だれ", text=lambda e: e.who),
    )


def state_text(row: GradeRow) -> str:
    """What the row is: in force, a step of a proposal, or a period of the ledger."""
    if row.is_present:
        return "◎ 今の格付" if row.state else f"◎ 今の格付（{_LEDGER}）"
    return GRADE_STATE[row.state] if row.state else _LEDGER


def present_sentence(found: GradesOfFile, today: date) -> tuple[str, str]:
    """The present grade with its visits, interval and next day, and the tone in which it is said."""
    if not found.present_code:
        return (_NO_GRADE, "warning") if found.is_receiving else ("訪問格付はありません。", "info")
    if found.present is None:
        return f"今の格付は「{found.present_code}」です（いまの設定値にない格付です）。", "warning"
    grade, floor = found.present, found.tables.floor(found.place)
    said = [f"今の格付は「{grade.label}」です。{_rhythm(grade)}"]
    last = format_date(found.last_visit_on) if found.last_visit_on else ""
    said.append(f"最後に会えた訪問は{last}です。" if last else "会えた訪問の記録がありません。")
    tone = "info"
    if found.next_due_on is not None:
        left = (found.next_due_on - today).days
        when = f"あと{left}日" if left > 0 else "今日" if left == 0 else f"{-left}日超過"
        said.append(f"次の訪問は{format_date(found.next_due_on)}まで（{when}）。")
        tone = "error" if left < 0 else "warning" if left <= _SOON_DAYS else "info"
    said.append(f"この世帯（{LIVING_PLACE[found.place]}）の法定の下限は年{floor}回です。")
    return "".join(said), tone


def told(row: GradeRow) -> str:
    """Everything that was said about a row."""
    if row.state is None:
        until = f"から{_day(row.until)}まで" if row.until else "から"
        return f"台帳の格付「{row.label}」（{_day(row.effective_from)}{until}）。この事務所の決定があれば、決定が優先します。"
    return "\n".join(_lines(row))


def event_sentence(events: tuple[ReviewEvent, ...], today: date) -> str:
    """How many events ask, and how many are past their term."""
    if not events:
        return ""
    late = sum(event.due_on < today for event in events)
    said = f"格付の見直しを確かめるきっかけが{len(events)}件あります。"
    return said + (f"うち{late}件は期限を過ぎています。" if late else "")


def places_for(found: LivingPlace) -> tuple[tuple[LivingPlace, str], ...]:
    """The places that a proposal may name."""
    return tuple((p, said) for p, said in LIVING_PLACE.items() if may_be_called(found, p))


def grade_label(grade: VisitGrade) -> str:
    """How a grade is offered."""
    visits = f"年{grade.visits_per_year}回" if grade.visits_per_year else "回数は定めない"
    return f"{grade.label}　{visits}"


def exception_label(exception: FloorException) -> str:
    """How an exception is offered."""
    return (
        f"{exception.label}（年{exception.fewest}回以上）" if exception.fewest else exception.label
    )


def criteria(grade: VisitGrade | None) -> str:
    """Who belongs to a grade, and how often it is visited."""
    if grade is None:
        return "格付を選ぶと、対象の目安がここに出ます。"
    return f"対象の目安：{grade.who or '（設定値に目安がありません）'}\n{_rhythm(grade)}"


def floor_hint(tables: GradeTables, grade: VisitGrade | None, place: LivingPlace) -> str:
    """What is said while the grade lies under the floor of the place; "" where it does not."""
    floor = tables.floors[place]
    if grade is None or grade.visits_per_year >= floor.visits_per_year:
        return ""
    return (
        f"「{grade.label}」は、{LIVING_PLACE[place]}の法定の下限（年{floor.visits_per_year}回、{floor.basis}）を"
        "下回ります。下限の例外と理由がなければ提案できません。"
    )


def card_lines(proposed: ProposedGrade) -> Iterator[tuple[str, str]]:
    """Label and words of a proposal, in the order in which it is judged."""
    row, before = proposed.row, proposed.before
    yield "今の格付", before.label if before else proposed.before_code or "（決まっていません）"
    yield "提案する格付", f"{row.label}　{visit_words(None, row.visits_per_year or None)}".strip()
    yield "適用する日", format_date(row.effective_from)
    yield "理由", f"{row.reason_label}\n{row.reason}"
    if row.place is not None:
        yield "法定の下限", f"{LIVING_PLACE[row.place]}　年{row.floor}回"
    if row.exception_label:
        yield "下限の例外", f"{row.exception_label}\n{row.exception_reason}"
    visits = "\n".join(f"{format_date(day)}　{result}" for day, result in proposed.visits)
    yield "最近の訪問（新しい順）", visits or "訪問の記録はありません。"


def _lines(row: GradeRow) -> Iterator[str]:
    yield f"{row.label}　理由：{row.reason_label}"
    if row.reason:
        yield row.reason
    if row.place is not None:
        yield f"法定の下限：{LIVING_PLACE[row.place]}　年{row.floor}回"
    if row.exception_label:
        yield f"下限の例外：{row.exception_label}　{row.exception_reason}"
    if row.proposed_at is not None:
        yield f"提案：{row.proposed_by}　{instant_text(row.proposed_at)}"
    if row.approved_at is not None:
        yield f"承認：{row.approved_by}　{instant_text(row.approved_at)}"
    if row.returned_words:
        yield f"差戻しの理由：{row.returned_words}"


def _rhythm(grade: VisitGrade) -> str:
    if not grade.visits_per_year:
        return "訪問の回数は、その都度決めます。"
    interval = f"、間隔は{grade.interval_months}か月まで" if grade.interval_months else ""
    return f"訪問は年{grade.visits_per_year}回{interval}です。"


def _tone(row: GradeRow) -> str:
    if row.state is GradeState.SUBMITTED:
        return "warning"
    if row.state is GradeState.RETURNED and row.is_own:
        return "error"
    return "" if row.is_present else "muted"


def _approved_on(row: GradeRow) -> str:
    return instant_text(row.approved_at).split(" ")[0] if row.approved_at else ""


def _day(day: date | None) -> str:
    return format_date(day, DateStyle.SHORT) if day else ""
