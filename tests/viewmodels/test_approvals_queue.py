from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.approvals import ApprovalState, Move, Shown
from desktop.domain.review import EntryCard
from desktop.viewmodels.approvals_moves import (
    card_differences,
    card_text,
    decision_on,
    question_of,
)
from desktop.viewmodels.approvals_queue import QueueModel
from tests.support.fake_reviews import card_of, row
from tests.support.fakes_records import entry


@pytest.fixture
def model(qapp):
    found = QueueModel()
    tester = QAbstractItemModelTester(found)
    found.set_rows((row("a"), row("b", in_bulk=True), row("c", in_bulk=True)))
    yield found
    tester.deleteLater()


def shown(model, place):
    return model.index(place).data(Qt.ItemDataRole.DisplayRole)


def test_a_line_says_age_kind_file_author_and_marks(qapp):
    model = QueueModel()
    model.set_rows((row("a", round=2, state=ApprovalState.HELD, needs_inspection=True),))
    text = shown(model, 0)
    assert text == "3日　家庭訪問［再提出］［保留］［後閲］ 01-a　試験 太郎　R6.10.1　試験 担当"


def test_only_marked_kinds_can_be_ticked(model):
    assert not model.toggle(model.index(0))
    assert model.toggle(model.index(1))
    assert [r.case_number for r in model.ticked()] == ["01-b"]
    decision = model.bulk_decisions()[0]
    assert (decision.move, decision.shown, decision.content_hash) == (
        Move.APPROVE,
        Shown.LIST,
        "hash-b",
    )


def test_a_tick_is_lost_when_the_content_changed(model):
    model.tick_all()
    model.set_rows((row("b", in_bulk=True, content_hash="other"), row("c", in_bulk=True)))
    assert [r.case_number for r in model.ticked()] == ["01-c"]


def test_the_next_row_goes_around_the_end(model):
    a, b, c = model.rows()
    assert model.after(a.approval_id) == b
    assert model.after(c.approval_id) == a
    model.drop(b.approval_id)
    assert model.after(a.approval_id) == c


def test_a_decision_names_what_the_card_displays():
    decision = decision_on(card_of(row("a", root_version=3)), Move.APPROVE)
    assert (decision.root_version, decision.content_hash) == (3, "hash-a")


def test_only_plain_moves_need_no_question():
    plain = {move for move in Move if question_of(move).is_plain}
    assert {Move.APPROVE, Move.INSPECT_LATER, Move.MARK_READ} <= plain
    assert not plain & {Move.RETURN, Move.HOLD, Move.CIRCULATE, Move.APPROVE_FOR}


def test_changed_facts_become_parts_of_the_card():
    submitted = entry("a")
    card = EntryCard(entry=submitted, previous=entry("x", started_at=600), recent=(), checks=())
    changes = card_differences(card)
    assert [part.label for part in changes] == ["時刻"]
    assert card_text(card, changes).parts[0].label == "変更：時刻"
    first = EntryCard(entry=submitted, previous=None, recent=(), checks=())
    assert card_differences(first) == ()
