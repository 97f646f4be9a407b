"""From a written entry to an approved one, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from desktop.domain.approvals import ApprovalState, Decision, Move, QueueRow, Shown
from desktop.domain.errors import (
    ConflictError,
    NotPermittedError,
    ValidationError,
)
from desktop.domain.ids import new_id
from desktop.domain.policy_events import Impact
from desktop.domain.records import (
    ContactMethod,
    EntryInput,
    EntryState,
    MetPerson,
    Place,
    SegmentKind,
)
from desktop.domain.roles import Role
from desktop.models.imports import Ticket
from desktop.models.records import Contact, EntryRecord
from desktop.models.todos import Todo
from tests.support.desk import (
    Desk,
    SmallOffice,
    also_supervises,
    desk,
    read_and_decide,
    small_office,
)

TEXT = "居室で世帯主と面接した。朝食をとり、薬をのんだことを本人から聞いた。居室は片付いていた。"


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office: SmallOffice) -> Desk:
    return office.desk(office.supervisor)


def written(office: SmallOffice, by: Desk, text: str = TEXT, **changes: Any) -> EntryInput:
    """A home visit with its facts, as the editor would hand it in."""
    given = by.records.blank(office.household_id, "home_visit")
    segments = tuple(
        replace(s, text=text if s.kind is SegmentKind.FACTS else s.text) for s in given.segments
    )
    plain: dict[str, Any] = {
        "segments": segments,
        "result_code": "11",
        "started_at": 480,
        "ended_at": 520,
        "met": (MetPerson(label="架空 花子", person_id=office.person_id),),
    }
    return replace(given, **{**plain, **changes})


def submitted(office: SmallOffice, by: Desk, **changes: Any) -> EntryInput:
    given = written(office, by, **changes)
    saved = by.records.save(given)
    by.records.submit(saved.entry_id, saved.version, Impact.NONE)
    return replace(given, shown_version=saved.version)


def decision(row: QueueRow, move: Move = Move.APPROVE, **changes: Any) -> Decision:
    plain: dict[str, Any] = {
        "approval_id": row.approval_id,
        "move": move,
        "root_version": row.root_version,
        "content_hash": row.content_hash,
    }
    return Decision(**{**plain, **changes})


def test_a_visit_is_written_submitted_and_approved(office, caseworker, supervisor):
    given = submitted(office, caseworker)
    row = supervisor.approvals.queue()[0]
    card = supervisor.approvals.card(row.approval_id)
    assert card.subject.entry.text(SegmentKind.FACTS) == TEXT
    assert Move.APPROVE in card.allowed
    assert read_and_decide(supervisor, decision(row)) is ApprovalState.APPROVED
    entry = caseworker.records.chronicle(office.household_id)[-1]
    assert (entry.entry_id, entry.state, entry.approved_version) == (
        given.entry_id,
        EntryState.APPROVED,
        entry.version,
    )
    assert [stamp.position for stamp in entry.stamps] == [Role.SUPERVISOR]
    assert supervisor.approvals.queue() == ()


def test_a_look_in_the_review_pane_is_a_reading_of_its_own_though_the_file_is_open(
    office, caseworker, supervisor
):
    supervisor.records.chronicle(office.household_id)
    submitted(
        office, caseworker
    )  # after the reading: a stamp on the strength of that one is refused
    row = supervisor.approvals.queue()[0]
    before = tickets(office, supervisor)
    supervisor.approvals.card(row.approval_id)
    assert tickets(office, supervisor) == before + 1


def tickets(office: SmallOffice, by: Desk) -> int:
    with office.work() as session:
        found = select(func.count()).where(Ticket.staff_id == by.staff.staff_id)
        return session.scalar(found) or 0


def test_a_returned_entry_is_changed_and_comes_back_with_its_difference(
    office, caseworker, supervisor
):
    given = submitted(office, caseworker)
    row = supervisor.approvals.queue()[0]
    read_and_decide(supervisor, decision(row, Move.RETURN, text="収入の確認を書いてください。"))
    entry = caseworker.records.entry(given.entry_id)
    assert entry.state is EntryState.RETURNED
    assert [note.text for note in entry.notes] == ["収入の確認を書いてください。"]
    again = replace(
        given,
        segments=tuple(
            replace(s, text=s.text + "年金の振込通知を確認した。")
            if s.kind is SegmentKind.FACTS
            else s
            for s in given.segments
        ),
    )
    saved = caseworker.records.save(again)
    caseworker.records.submit(saved.entry_id, saved.version, Impact.NONE)
    card = supervisor.approvals.card(supervisor.approvals.queue()[0].approval_id)
    assert card.subject.previous is not None
    assert card.subject.previous.text(SegmentKind.FACTS) == TEXT
    assert card.subject.entry.text(SegmentKind.FACTS).endswith("確認した。")
    assert card.row.round == 2


def test_approving_with_an_instruction_gives_the_author_a_todo(office, caseworker, supervisor):
    submitted(office, caseworker)
    row = supervisor.approvals.queue()[0]
    read_and_decide(
        supervisor,
        decision(row, Move.APPROVE_WITH_INSTRUCTION, text="次回は主治医の話も聞くこと。"),
    )
    with office.work() as session:
        todo = session.scalars(select(Todo)).one()
        assert todo.owner_id == office.caseworker.staff_id
        assert todo.due_on == date(2024, 10, 15)


@pytest.mark.parametrize(
    "move", [Move.RETURN, Move.HOLD, Move.APPROVE_WITH_INSTRUCTION, Move.SEND_HIGHER]
)
def test_moves_that_need_words_are_refused_without(office, caseworker, supervisor, move):
    submitted(office, caseworker)
    with pytest.raises(ValidationError) as refused:
        read_and_decide(supervisor, decision(supervisor.approvals.queue()[0], move, text="  "))
    assert "text" in refused.value.fields


def test_nobody_approves_what_he_wrote_even_with_a_second_role(office, caseworker):
    submitted(office, caseworker)
    both = desk(office.work, also_supervises(office.work, office.caseworker, office.household_id))
    assert both.approvals.queue() == ()
    with office.work() as session:
        entry = session.scalars(select(EntryRecord)).one()
        approval = caseworker.records.entry(entry.id).approval_id
    card = office.desk(office.supervisor).approvals.card(approval)
    with pytest.raises(NotPermittedError):
        read_and_decide(both, decision(card.row))


def test_a_supervisor_who_covers_a_district_is_approved_by_the_head(office):
    covering = desk(
        office.work, also_supervises(office.work, office.caseworker, office.household_id)
    )
    submitted(office, covering)
    assert office.desk(office.supervisor).approvals.queue() == ()
    head = office.desk(office.head)
    assert read_and_decide(head, decision(head.approvals.queue()[0])) is ApprovalState.APPROVED


def test_approval_of_content_that_was_not_displayed_is_refused(office, caseworker, supervisor):
    given = submitted(office, caseworker)
    shown = supervisor.approvals.queue()[0]
    caseworker.records.withdraw(given.entry_id)
    changed = replace(given, result_code="13", place=Place.DOOR)
    saved = caseworker.records.save(changed)
    caseworker.records.submit(saved.entry_id, saved.version, Impact.NONE)
    with pytest.raises(ConflictError):
        read_and_decide(supervisor, decision(shown))
    fresh = supervisor.approvals.queue()[0]
    with pytest.raises(ConflictError):
        read_and_decide(supervisor, decision(fresh, content_hash=shown.content_hash))


def test_a_decision_is_made_once(office, caseworker, supervisor):
    submitted(office, caseworker)
    row = supervisor.approvals.queue()[0]
    read_and_decide(supervisor, decision(row))
    with pytest.raises(ConflictError):
        read_and_decide(supervisor, decision(row))


def test_only_the_author_withdraws_and_only_before_the_first_stamp(office, caseworker, supervisor):
    given = submitted(office, caseworker)
    with pytest.raises(NotPermittedError):
        supervisor.records.withdraw(given.entry_id)
    read_and_decide(
        supervisor,
        decision(supervisor.approvals.queue()[0], Move.SEND_HIGHER, text="争いのある案件のため。"),
    )
    with pytest.raises(NotPermittedError):
        caseworker.records.withdraw(given.entry_id)
    head = office.desk(office.head)
    assert read_and_decide(head, decision(head.approvals.queue()[0])) is ApprovalState.APPROVED


def test_approving_for_an_absent_supervisor_waits_for_his_inspection(
    office, caseworker, supervisor
):
    given = submitted(office, caseworker)
    approval_id = caseworker.records.entry(given.entry_id).approval_id
    head = office.desk(office.head)
    card = head.approvals.card(approval_id)
    read_and_decide(head, decision(card.row, Move.APPROVE_FOR, text="査察指導員が出張のため。"))
    row = supervisor.approvals.queue()[0]
    assert row.needs_inspection
    assert Move.INSPECT_LATER in supervisor.approvals.card(row.approval_id).allowed
    read_and_decide(supervisor, decision(row, Move.INSPECT_LATER))
    assert supervisor.approvals.queue() == ()


def test_a_submitted_or_approved_entry_is_frozen(office, caseworker, supervisor):
    given = submitted(office, caseworker)
    longer = written(office, caseworker, TEXT + "あとから書き足した。")
    changed = replace(longer, entry_id=given.entry_id, shown_version=given.shown_version)
    with pytest.raises(NotPermittedError):
        caseworker.records.save(changed)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    with pytest.raises(NotPermittedError):
        caseworker.records.save(changed)


def test_saving_the_same_again_is_one_version_and_a_stale_save_is_refused(office, caseworker):
    given = written(office, caseworker)
    first = caseworker.records.save(given)
    assert caseworker.records.save(given) == first
    second = caseworker.records.save(replace(given, shown_version=1, started_at=490))
    assert second.version == 2
    with pytest.raises(ConflictError):
        caseworker.records.save(replace(given, shown_version=1, started_at=500))
    assert [v.version for v in caseworker.records.versions(given.entry_id)] == [2, 1]


def test_questions_of_the_template_that_were_left_open_are_not_recorded(office, caseworker):
    given = caseworker.records.blank(office.household_id, "home_visit")
    asked = next(s for s in given.segments if s.kind is SegmentKind.WORDS)
    assert asked.text == "困りごと："
    facts = "同居：\n収入の変化：内職を始めた。\n次のとおり：\n一、二、三。"
    segments = tuple(
        replace(s, text=facts) if s.kind is SegmentKind.FACTS else s for s in given.segments
    )
    caseworker.records.save(replace(given, segments=segments))
    entry = caseworker.records.chronicle(office.household_id)[0]
    assert entry.text(SegmentKind.FACTS).splitlines()[-3:] == [
        "収入の変化：内職を始めた。",
        "次のとおり：",
        "一、二、三。",
    ]
    assert SegmentKind.WORDS not in {s.kind for s in entry.segments}


def test_a_draft_is_seen_by_its_author_only(office, caseworker, supervisor):
    caseworker.records.save(written(office, caseworker))
    assert len(caseworker.records.chronicle(office.household_id)) == 1
    assert supervisor.records.chronicle(office.household_id) == ()


def test_a_correction_keeps_the_approved_text_until_it_is_approved(office, caseworker, supervisor):
    given = submitted(office, caseworker)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    begun = caseworker.records.start_correction(given.entry_id, "面接した人を書き間違えたため。")
    fixed = replace(
        given,
        shown_version=begun.version,
        segments=tuple(
            replace(s, text="玄関先で長女と面接した。") if s.kind is SegmentKind.FACTS else s
            for s in given.segments
        ),
    )
    saved = caseworker.records.save(fixed)
    caseworker.records.submit(saved.entry_id, saved.version, Impact.NONE)
    assert supervisor.records.chronicle(office.household_id)[0].text(SegmentKind.FACTS) == TEXT
    row = supervisor.approvals.queue()[0]
    assert row.kind_label.startswith("【訂正】")
    assert row.round == 1
    read_and_decide(supervisor, decision(row))
    now = supervisor.records.chronicle(office.household_id)[0]
    assert now.text(SegmentKind.FACTS) == "玄関先で長女と面接した。"
    assert now.text(SegmentKind.REASON) == "面接した人を書き間違えたため。"
    assert [(s.kind, s.text) for s in now.replaced] == [(SegmentKind.FACTS, TEXT)]
    assert supervisor.records.at_version(given.entry_id, 1).text(SegmentKind.FACTS) == TEXT


def test_a_correction_needs_a_reason(office, caseworker, supervisor):
    given = submitted(office, caseworker)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    with pytest.raises(ValidationError):
        caseworker.records.start_correction(given.entry_id, " ")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"result_code": ""}, "result_code"),
        ({"met": ()}, "met"),
        ({"met": (MetPerson(label="大家"),)}, "met"),
        ({"place": Place.OFFICE}, "place"),
        ({"segments": ()}, "facts"),
    ],
)
def test_what_a_supervisor_would_return_at_once_is_refused_beside_its_field(
    office, caseworker, changes, field
):
    saved = caseworker.records.save(written(office, caseworker, **changes))
    with pytest.raises(ValidationError) as refused:
        caseworker.records.submit(saved.entry_id, saved.version, Impact.NONE)
    assert field in refused.value.fields


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"result_code": "21", "met": ()}, False),
        ({"method": ContactMethod.TELEPHONE_OUT}, False),
        ({"place": Place.OFFICE}, False),
        ({"met": (MetPerson(label="大家"),)}, False),
    ],
)
def test_only_a_real_visit_counts_as_one(office, caseworker, changes, counts):
    caseworker.records.save(written(office, caseworker, **changes))
    with office.work() as session:
        assert session.scalars(select(Contact.is_home_visit)).one() is counts


def test_records_staff_may_not_write(office):
    with pytest.raises(NotPermittedError):
        office.desk(office.records).records.blank(office.household_id, "home_visit")


def test_bulk_approval_takes_only_kinds_the_office_marked(office, caseworker, supervisor):
    submitted(office, caseworker)
    row = supervisor.approvals.queue()[0]
    refused = supervisor.approvals.approve_listed([decision(row, shown=Shown.LIST)])
    assert [approval_id for approval_id, _ in refused] == [row.approval_id]


def test_versions_of_an_unknown_entry_are_refused_plainly(office, caseworker):
    with pytest.raises(NotPermittedError):
        caseworker.records.versions(new_id())
