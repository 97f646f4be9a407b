"""Trips and incidents as the screen 持出 shows them, and what may be done with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.carry_out_forms import said_at
from desktop.domain.carry_outs import (
    CARRY_OUT_APPROVAL,
    CARRY_OUT_REASON,
    CARRY_OUT_STATE,
    ENDED,
    PRINTABLE,
    CarryCandidate,
    CarryItem,
    CarryOutApproval,
    CarryOutLine,
    CarryOutState,
)
from desktop.domain.era import DateStyle, format_date
from desktop.domain.kana import fold
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.leaks import Incident
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.viewmodels.columns import CENTER, RIGHT, Column

_S = CarryOutState
_LATE = "未返却"
_CORRECTED = frozenset({_S.OUT, _S.BACK, _S.CLOSED, _S.LOST})


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOutActs:
    """What the signed-in person may do with a trip. The database judges again."""

    approve: bool = False
    print: bool = False
    leave: bool = False
    give_back: bool = False
    lose: bool = False
    find: bool = False
    correct: bool = False
    withdraw: bool = False
    let_pass: bool = False
    write_pack: bool = False
    destroy_pack: bool = False
    report: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenHousehold:
    """A household that was put on a new sheet, with what it is visited for."""

    place: int
    candidate: CarryCandidate
    item: CarryItem


def acts_for(line: CarryOutLine | None, staff: SignedInStaff) -> CarryOutActs:
    """The acts that are offered."""
    if line is None:
        return CarryOutActs()
    is_ready = line.state is _S.APPROVED or (
        line.state is _S.MADE and line.approval is CarryOutApproval.NONE
    )
    goes = line.is_own and is_ready
    leads = staff.may(Permission.DECIDE_APPROVALS) and not line.is_own
    with_carrier = line.is_own or leads
    return CarryOutActs(
        approve=line.state is _S.MADE and line.may_approve,
        print=goes and line.households > 0 and line.pack is None,
        write_pack=goes and line.pack is not None,
        destroy_pack=line.is_own and line.pack is not None and line.state is _S.OUT,
        leave=goes and line.households == 0,
        give_back=line.state is _S.OUT or (line.state is _S.BACK and not line.is_own),
        lose=line.state in {_S.OUT, _S.BACK} and with_carrier,
        find=line.state is _S.LOST and with_carrier and line.incident_id is not None,
        correct=line.state in _CORRECTED and with_carrier,
        withdraw=line.state in PRINTABLE and with_carrier,
        let_pass=line.state is _S.OUT and leads,
        report=line.state is _S.LOST and (line.is_own or staff.may(Permission.SEE_SUPERVISION)),
    )


def state_text(line: CarryOutLine) -> str:
    """Where it stands; what should be back says so, what waits for a word says whose."""
    if line.is_late:
        return f"▲ {_LATE}"
    if line.state is _S.MADE and line.approval is not CarryOutApproval.NONE:
        return "承認待ち"
    return CARRY_OUT_STATE[line.state]


def list_columns() -> tuple[Column[CarryOutLine], ...]:
    """Columns of the register on screen."""
    order = tuple(CarryOutState)
    return (
        Column(header="番号", text=lambda t: t.label, sort=lambda t: (t.fiscal_year, t.number)),
        Column(
            header="状態",
            text=state_text,
            sort=lambda t: (not t.is_late, order.index(t.state)),
            tone=_tone,
        ),
        Column(header="持出者", text=lambda t: t.staff),
        Column(header="目的", text=lambda t: CARRY_OUT_REASON[t.reason]),
        Column(header="行先", text=lambda t: t.area),
        Column(
            header="世帯",
            text=lambda t: f"{t.households:,}",
            sort=lambda t: t.households,
            align=RIGHT,
        ),
        Column(header="枚数", text=lambda t: f"{t.sheets:,}", sort=lambda t: t.sheets, align=RIGHT),
        _at_column("持出", lambda t: t.left_at or t.leaving_at),
        _at_column("返却", lambda t: t.back_at),
        Column(header="確認者", text=lambda t: t.closed_by),
    )


def chosen_columns(purposes: dict[str, str]) -> tuple[Column[ChosenHousehold], ...]:
    """Columns of the households of a new sheet."""
    return (
        Column(header="順", text=lambda c: str(c.place), sort=lambda c: c.place, align=CENTER),
        Column(header="ケース番号", text=lambda c: c.candidate.case_number),
        Column(header="世帯主", text=lambda c: c.candidate.head_name or SHIELDED_NAME),
        Column(header="町名・号室", text=place_text),
        Column(
            header="目的",
            text=lambda c: "、".join(purposes.get(code, code) for code in c.item.purposes),
        ),
    )


def place_text(chosen: ChosenHousehold) -> str:
    """What the sheet tells of the place."""
    if chosen.candidate.is_shielded:
        return "印刷しない"
    return chosen.candidate.town if chosen.item.with_place else "印刷しない"


def candidate_text(candidate: CarryCandidate) -> str:
    """A household as it is found in the list to choose from."""
    name = candidate.head_name or SHIELDED_NAME
    return "　".join(filter(None, (candidate.case_number, name, candidate.town)))


def incident_columns(today: date) -> tuple[Column[Incident], ...]:
    """Columns of the incidents."""
    return (
        Column(
            header="発覚日",
            text=lambda i: format_date(i.found_on, DateStyle.SHORT),
            sort=lambda i: i.found_on,
            align=CENTER,
        ),
        Column(
            header="次の報告",
            text=lambda i: waiting_text(i, today),
            sort=lambda i: i.waits_for[1] if i.waits_for else date.max,
            tone=lambda i: _incident_tone(i, today),
        ),
        Column(header="持出しの番号", text=lambda i: i.carry_label),
        Column(header="概要", text=lambda i: i.given.summary.replace("\n", " ")),
        Column(
            header="人数",
            text=lambda i: f"{i.given.persons:,}",
            sort=lambda i: i.given.persons,
            align=RIGHT,
        ),
        Column(header="報告者", text=lambda i: i.reported_by),
    )


def waiting_text(incident: Incident, today: date) -> str:
    """The next report and its day; what is over says so."""
    waits = incident.waits_for
    if waits is None:
        return "済" if incident.given.is_reportable else "報告不要"
    name, due = waits
    late = "▲ 期限経過　" if due < today else ""
    return f"{late}{name} {format_date(due, DateStyle.SHORT)}まで"


def matching(lines: Sequence[CarryOutLine], text: str) -> tuple[CarryOutLine, ...]:
    """The trips that a filter leaves: every word is part of number, state, carrier, purpose, place or kinds."""
    words = [fold(word) for word in text.split()]

    def said(line: CarryOutLine) -> str:
        parts = (
            *(line.label, state_text(line), line.staff, CARRY_OUT_REASON[line.reason]),
            *(line.area, *line.kinds, line.closed_by),
        )
        return "\n".join(fold(part) for part in parts)

    return tuple(line for line in lines if all(word in said(line) for word in words))


def summary(lines: Sequence[CarryOutLine]) -> str:
    """How many there are, and what waits for whom."""
    counts = [
        (CARRY_OUT_STATE[state], sum(line.state is state for line in lines))
        for state in CarryOutState
        if state not in ENDED
    ]
    waiting = "　".join(f"{label} {count:,}件" for label, count in counts if count)
    late = sum(line.is_late for line in lines)
    past = f"（{_LATE} {late:,}件）" if late else ""
    return f"{len(lines):,}件　{waiting}{past}".rstrip()


def told(line: CarryOutLine) -> str:
    """What the row does not show: protection, way home, approval, what was odd."""
    needs = CARRY_OUT_APPROVAL[line.approval]
    approved = f"承認 {line.approved_by}（{_at(line.approved_at)}）" if line.approved_by else needs
    ended = "廃棄" if line.destroyed else "返却"
    counted = "件" if line.pack else "枚"
    parts = [
        f"持ち出すもの：{'、'.join(line.kinds)}",
        f"保護措置：{line.protection}" if line.protection else "",
        "直行直帰あり" if line.goes_home else "",
        f"閲覧パックの期限：{said_at(line.pack.expires_at)}" if line.pack else "",
        approved,
        f"{ended} {line.sheets_back:,}{counted}" if line.sheets_back is not None else "",
        f"備考：{line.remark}" if line.remark else "",
    ]
    return "　".join(filter(None, parts))


def _at_column(
    header: str, when: Callable[[CarryOutLine], datetime | None]
) -> Column[CarryOutLine]:
    return Column(header=header, text=lambda t: _at(when(t)), sort=when, align=CENTER)


def _at(at: datetime | None) -> str:
    return said_at(at) if at is not None else ""


def _tone(line: CarryOutLine) -> str | None:
    if line.is_late or line.state is _S.LOST:
        return "warning"
    return "muted" if line.state in ENDED else None


def _incident_tone(incident: Incident, today: date) -> str | None:
    waits = incident.waits_for
    if waits is None:
        return "muted"
    return "warning" if waits[1] < today else None
