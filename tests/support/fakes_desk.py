"""Answers for the desk, from memory. All people are invented."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from desktop.domain.approvals import ApprovalState, Move, MoveRow, QueueRow
from desktop.domain.errors import NotPermittedError, UserError
from desktop.domain.handovers import HandoverRow
from desktop.domain.instructions import InstructionGiven
from desktop.domain.masters import MasterRow, MasterTable
from desktop.domain.policy_duties import ResultInput
from desktop.domain.printing import PrintLogRow, ReadyToPrint
from desktop.domain.records import DraftRow, EntryState
from desktop.domain.roles import Role
from desktop.domain.supervision import Finding, RuleInfo
from desktop.domain.todos import InformationInput, TodoOrigin, TodoRow
from desktop.domain.visit_plan_notices import PlanNotice
from desktop.domain.visit_plan_views import TodayVisits
from desktop.views.desk.sources import DeskSources
from tests.support.fakes import CLOCK, TODAY, FakeHouseholds, FakeOffice, fake_id

SUPERVISOR = {
    "roles": frozenset({Role.SUPERVISOR}),
    "district_ids": frozenset(),
    "supervised_district_ids": frozenset(fake_id(f"district {n:02}") for n in range(1, 8)),
    "name": "指導 見本人",
}
RECORDS_STAFF = {"roles": frozenset({Role.RECORDS_STAFF}), "district_ids": frozenset()}
ADMINISTRATOR = {"roles": frozenset({Role.ADMINISTRATOR}), "district_ids": frozenset()}
REASON = (
    "訪問の目的と、長男の就職先の確認方法が書かれていません。確認した資料を書き足してください。"
)


def make_draft(number: int, **changes: Any) -> DraftRow:
    """An own entry; the first two came back."""
    fields: dict[str, Any] = {
        "entry_id": fake_id(f"entry {number}"),
        "household_id": fake_id(f"household {number}"),
        "case_number": f"{number:05}",
        "head_name": "架空　太郎",
        "kind_label": "定期訪問" if number % 2 else "電話",
        "event_on": TODAY - timedelta(days=number),
        "state": EntryState.RETURNED if number <= 2 else EntryState.DRAFT,
        "saved_at": CLOCK.now(),
    }
    return DraftRow(**fields | changes)


def make_todo(number: int, **changes: Any) -> TodoRow:
    """A to-do due some days before or after today."""
    origin = (TodoOrigin.INSTRUCTION, TodoOrigin.PROMISE, TodoOrigin.ASSIGNED)[number % 3]
    given = origin is not TodoOrigin.PROMISE
    fields: dict[str, Any] = {
        "todo_id": fake_id(f"todo {number}") if given else None,
        "origin": origin,
        "household_id": fake_id(f"household {number}"),
        "case_number": f"{number:05}",
        "head_name": "見本　花子",
        "text": "通院先の主治医に病状を照会し、結果を記録してください。",
        "due_on": TODAY + timedelta(days=number * 2 - 5),
        "from_name": "指導 見本人" if given else "",
        "subject_id": fake_id(f"subject {number}"),
        "needs_reply": origin is TodoOrigin.INSTRUCTION,
    }
    return TodoRow(**fields | changes)


def make_queue_row(number: int, **changes: Any) -> QueueRow:
    """A submission that waits, older the smaller the number."""
    fields: dict[str, Any] = {
        "approval_id": fake_id(f"approval {number}"),
        "subject_kind": "entry",
        "subject_id": fake_id(f"entry {number}"),
        "household_id": fake_id(f"household {number}"),
        "case_number": f"{number:05}",
        "head_name": "例示　一郎",
        "kind_label": "定期訪問" if number % 3 else "電話（受）",
        "event_on": TODAY - timedelta(days=20 - number),
        "author": f"担当 見本{number % 3 + 1}",
        "submitted_at": CLOCK.now() - timedelta(days=15 - number),
        "age_days": max(15 - number, 0),
        "state": ApprovalState.HELD if number == 4 else ApprovalState.WAITING,
        "root_version": 1,
        "content_hash": "0" * 64,
        "position": Role.SUPERVISOR,
        "round": 2 if number == 2 else 1,
    }
    return QueueRow(**fields | changes)


RULES = (
    RuleInfo(
        rule="R01",
        name="記録が途絶えている世帯",
        severity=2,
        basis="格付ごとの日数（しきい値 R01）を超えて記録がない受給中の世帯",
    ),
    RuleInfo(
        rule="R06",
        name="他の世帯・月と同じ本文",
        severity=3,
        basis="本文の90％以上が一致する記録（点検期間内）",
    ),
    RuleInfo(rule="R04", name="遡って書かれた記録", severity=1, basis="7日を超えて記録されたもの"),
    RuleInfo(rule="O01", name="担当世帯数の超過", severity=2, basis="主担当が80世帯を超える担当者"),
)


def make_finding(number: int, **changes: Any) -> Finding:
    """A finding, worst first by number."""
    rule = RULES[(1, 0, 2, 3)[number % 4]]
    about_staff = rule.rule == "O01"
    fields: dict[str, Any] = {
        "rule": rule.rule,
        "severity": rule.severity,
        "household_id": None if about_staff else fake_id(f"household {number}"),
        "staff_id": fake_id("staff") if about_staff else None,
        "case_number": "" if about_staff else f"{number:05}",
        "head_name": "" if about_staff else "髙﨑　試子",
        "caseworker": f"担当 見本{number % 3 + 1}",
        "reason": {
            "R06": "8月5日と9月3日の記録の本文がほぼ同じです。訪問した日の様子が書かれていますか。",
            "R01": "132日のあいだ記録がありません（格付B・75日まで）。状況を把握できていますか。",
            "R04": "9月2日の記録が12日後に書かれています。遅れた事情はありますか。",
            "O01": "96世帯を担当しています（80世帯まで）。応援や割当の見直しは必要ですか。",
        }[rule.rule],
        "since": TODAY - timedelta(days=132 - number),
        "days": 132 - number,
        "entry_id": fake_id(f"entry {number}") if rule.rule in {"R06", "R04"} else None,
    }
    return Finding(**fields | changes)


def make_print_row(number: int, **changes: Any) -> ReadyToPrint:
    """An approved entry that was never printed."""
    fields: dict[str, Any] = {
        "form_code": "K-04",
        "subject_id": fake_id(f"entry {number}"),
        "household_id": fake_id(f"household {number // 2}"),
        "case_number": f"{number // 2:05}",
        "head_name": "架空　花子",
        "district_code": f"{number % 3 + 1:02}",
        "label": "定期訪問" if number % 2 else "電話（受）",
        "on": TODAY - timedelta(days=number),
        "author": f"担当 見本{number % 3 + 1}",
        "since": CLOCK.now() - timedelta(days=number % 4),
    }
    return ReadyToPrint(**fields | changes)


class _Notes:
    """As much of an entry as the desk reads: its notes."""

    notes = (
        MoveRow(move=Move.RETURN, by="指導 見本人", at=CLOCK.now(), root_version=1, text=REASON),
    )


class FakeRecords:
    """Own entries; remembers kept promises."""

    def __init__(self, drafts: tuple[DraftRow, ...] = ()) -> None:
        self.rows = drafts
        self.kept: list[tuple[UUID, date]] = []
        self.closed: set[UUID] = set()

    def drafts(self) -> tuple[DraftRow, ...]:
        """All of them."""
        return self.rows

    def entry(self, entry_id: UUID) -> Any:
        """The notes of an entry; not of a closed file."""
        if entry_id in self.closed:
            raise NotPermittedError("担当外の世帯です。")
        return _Notes

    def keep_promise(self, promise_id: UUID, on: date) -> None:
        """Remember it."""
        self.kept.append((promise_id, on))


class FakeTodos:
    """To-dos that go away when finished."""

    def __init__(self, rows: tuple[TodoRow, ...] = ()) -> None:
        self.rows = rows
        self.finished: list[tuple[UUID, str]] = []
        self.told: list[InformationInput] = []
        self.consulted: list[tuple[UUID, str]] = []
        self.refusal: UserError | None = None

    def mine(self) -> tuple[TodoRow, ...]:
        """What is open."""
        return self.rows

    def finish(self, todo_id: UUID, reply: str = "") -> None:
        """Close one."""
        self._refuse()
        self.finished.append((todo_id, reply))
        self.rows = tuple(row for row in self.rows if row.todo_id != todo_id)

    def take_information(self, given: InformationInput) -> UUID:
        """Remember what was told."""
        self._refuse()
        self.told.append(given)
        return fake_id("information")

    def consult(self, household_id: UUID, text: str = "") -> UUID:
        """Remember what was asked."""
        self._refuse()
        self.consulted.append((household_id, text))
        return fake_id("consultation")

    def _refuse(self) -> None:
        if self.refusal is not None:
            raise self.refusal


class FakeMemos:
    """Remembers what became of calls."""

    def __init__(self, refusal: UserError | None = None) -> None:
        self.answered: list[tuple[UUID, str]] = []
        self.refusal = refusal

    def answer(self, memo_id: UUID, words: str = "") -> None:
        """Remember it, or refuse."""
        if self.refusal is not None:
            raise self.refusal
        self.answered.append((memo_id, words))


class FakeInstructions:
    """Remembers what was asked for once more."""

    def __init__(self) -> None:
        self.asked: list[tuple[UUID, str]] = []

    def ask_again(self, answer_id: UUID, text: str, due_on: date | None = None) -> InstructionGiven:
        """Remember it."""
        self.asked.append((answer_id, text))
        return InstructionGiven(to="担当 見本1", due_on=due_on or TODAY)


class FakeHandovers:
    """Handovers as they were given."""

    def __init__(self, *rows: HandoverRow) -> None:
        self.rows = rows

    def handovers(self) -> tuple[HandoverRow, ...]:
        """All of them."""
        return self.rows


class FakeDuties:
    """Remembers the results noted."""

    def __init__(self, refusal: UserError | None = None) -> None:
        self.noted: list[ResultInput] = []
        self.tried: list[ResultInput] = []
        self.refusal = refusal

    def note(self, given: ResultInput) -> None:
        """Remember it, or refuse."""
        self.tried.append(given)
        if self.refusal is not None:
            raise self.refusal
        self.noted.append(given)


class FakePlans:
    """The person's own plans of visits."""

    def __init__(
        self, found: tuple[PlanNotice, ...] = (), visits: TodayVisits | None = None
    ) -> None:
        self.found = found
        self.visits = visits or TodayVisits()

    def today(self) -> TodayVisits:
        """What is to be made today."""
        return self.visits

    def notices(self) -> tuple[PlanNotice, ...]:
        """All of them."""
        return self.found


class FakeQueue:
    """What waits for a decision."""

    def __init__(self, rows: tuple[QueueRow, ...] = ()) -> None:
        self.rows = rows
        self.asked = 0

    def queue(self) -> tuple[QueueRow, ...]:
        """All of it."""
        self.asked += 1
        return self.rows


class FakeRadar:
    """What the radar found."""

    def __init__(self, found: tuple[Finding, ...] = ()) -> None:
        self.found = found

    def rules(self) -> tuple[RuleInfo, ...]:
        """Four rules."""
        return RULES

    def findings(self) -> tuple[Finding, ...]:
        """All findings."""
        return self.found


class FakePrintQueue:
    """What waits for paper, and the log."""

    def __init__(
        self, rows: tuple[ReadyToPrint, ...] = (), runs: tuple[PrintLogRow, ...] = ()
    ) -> None:
        self.rows = rows
        self.log = runs

    def waiting(self, district_ids: Collection[UUID] = ()) -> tuple[ReadyToPrint, ...]:
        """All of it."""
        return self.rows

    def runs(self, limit: int = 100) -> tuple[PrintLogRow, ...]:
        """The log."""
        return self.log[:limit]

    def entries_of(self, batch_id: UUID) -> tuple[UUID, ...]:
        """Two entries a run."""
        return (fake_id("entry 1"), fake_id("entry 2"))


class NoOfficeData:
    """Nothing waits for a second person."""

    def tables(self) -> tuple[MasterTable, ...]:
        """No table."""
        return ()

    def rows(self, table: str) -> tuple[MasterRow, ...]:
        """No row."""
        return ()


def make_sources(**changes: Any) -> DeskSources:
    """An empty desk but for what is given."""
    fields: dict[str, Any] = {
        "records": FakeRecords(),
        "todos": FakeTodos(),
        "memos": FakeMemos(),
        "instructions": FakeInstructions(),
        "handovers": FakeHandovers(),
        "duties": FakeDuties(),
        "plans": FakePlans(),
        "approvals": FakeQueue(),
        "supervision": FakeRadar(),
        "printing": FakePrintQueue(),
        "masters": NoOfficeData(),
        "office": FakeOffice(),
        "households": FakeHouseholds(),
    }
    return DeskSources(**fields | changes)


def full_sources() -> DeskSources:
    """A busy desk."""
    return make_sources(
        records=FakeRecords(tuple(make_draft(n) for n in range(1, 6))),
        todos=FakeTodos(tuple(make_todo(n) for n in range(1, 8))),
        approvals=FakeQueue(tuple(make_queue_row(n) for n in range(1, 13))),
        supervision=FakeRadar(tuple(make_finding(n) for n in range(1, 23))),
        printing=FakePrintQueue(tuple(make_print_row(n) for n in range(1, 40))),
    )
