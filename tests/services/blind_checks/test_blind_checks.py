"""Blind double checks on both databases: chance, who may be asked, what stays hidden, how answers compare."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.domain.blind_checks import BlindItem, WithdrawnWhy, picked
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.reading import Purpose
from desktop.domain.todos import TodoState
from desktop.models.todos import Todo, TodoText
from tests.support.assessments import assessment, by_conference, further_people, held
from tests.support.blind_checks import QUARTER, a_draw, answers, asked, drawn
from tests.support.desk import small_office


@pytest.fixture
def office(engine):
    return small_office(engine)


def several(office, count):
    """As many people with a group decided by a conference."""
    caseworker, supervisor = office.desk(office.caseworker), office.desk(office.supervisor)
    for person in further_people(office, count):
        given = assessment(person)
        caseworker.assessments.save(given)
        matter = held(caseworker, supervisor, given)
        supervisor.groups.decide(
            by_conference(person, given, given_group(caseworker, given), matter.matter_id)
        )


def given_group(desk, given):
    (person,) = desk.groups.of_household(given.household_id).people
    return person.newest.proposal.group


def test_a_draw_is_what_its_seed_chooses_and_tells_of_how_many(office):
    several(office, 4)
    supervisor = office.desk(office.supervisor)
    supervisor.blind_checks.draw(a_draw(wanted=2))
    board = supervisor.blind_checks.board(QUARTER)
    (draw,) = board.draws
    assert (draw.pool, draw.wanted, len(board.rows)) == (4, 2, 2)
    assert draw.drawn_by == office.supervisor.name
    assert 0 <= draw.seed < 2**48


def test_chance_is_the_order_of_hashes():
    ids = [new_id() for _ in range(9)]
    first = picked(7, ids, 3)
    assert first == picked(7, reversed(ids), 3)
    assert {picked(seed, ids, 3) for seed in range(20)} != {first}


def test_a_quarter_is_drawn_again_with_a_reason_and_never_the_same_case(office):
    several(office, 3)
    supervisor = office.desk(office.supervisor)
    supervisor.blind_checks.draw(a_draw(wanted=2))
    with pytest.raises(ValidationError) as refused:
        supervisor.blind_checks.draw(a_draw(wanted=2))
    assert "reason" in refused.value.fields
    supervisor.blind_checks.draw(a_draw(wanted=2, reason="担当の異動で二件しか頼めなかった"))
    board = supervisor.blind_checks.board(QUARTER)
    assert [draw.pool for draw in board.draws] == [3, 1]
    assert len({row.person_id for row in board.rows}) == 3
    with pytest.raises(ValidationError, match="抽出できる決定はありません"):
        supervisor.blind_checks.draw(a_draw(reason="もう一度"))


def test_only_who_decides_draws_and_only_who_supervises_sees(office):
    drawn(office)
    for person in (office.caseworker, office.outsider):
        with pytest.raises(NotPermittedError):
            office.desk(person).blind_checks.draw(a_draw())
        with pytest.raises(NotPermittedError):
            office.desk(person).blind_checks.board(QUARTER)
    assert len(office.desk(office.head).blind_checks.board(QUARTER).rows) == 1


def test_neither_the_first_assessor_nor_who_supervises_is_asked(office):
    row = drawn(office)
    supervisor = office.desk(office.supervisor)
    (second,) = supervisor.blind_checks.seconds(row.check_id)
    assert second.staff_id == office.outsider.staff_id
    for other in (office.caseworker, office.head, office.supervisor):
        with pytest.raises(ValidationError):
            supervisor.blind_checks.ask(new_id(), row.check_id, other.staff_id)


def test_the_first_answers_are_hidden_until_the_second_are_in(office):
    assignment_id = asked(office)
    second = office.desk(office.outsider)
    (check,) = second.blind_checks.asked_of_me()
    assert (check.assignment_id, check.name) == (assignment_id, "架空 花子")
    form = second.blind_checks.begin(assignment_id)
    assert (form.name, form.tables.label("A1") != "A1") == ("架空 花子", True)
    (person,) = second.groups.of_household(office.household_id).people
    assert (person.newest, person.groups) == (None, ())
    second.blind_checks.answer(answers(office, assignment_id))
    (person,) = second.groups.of_household(office.household_id).people
    assert person.newest is not None
    assert person.present is not None
    assert second.blind_checks.asked_of_me() == ()


def test_who_was_not_asked_goes_on_seeing_everything(office):
    asked(office)
    for person in (office.caseworker, office.supervisor):
        (found,) = office.desk(person).groups.of_household(office.household_id).people
        assert found.present is not None


def test_agreement_item_by_item_and_both_answers_for_who_supervises(office):
    assignment_id = asked(office)
    supervisor = office.desk(office.supervisor)
    (row,) = supervisor.blind_checks.board(QUARTER).rows
    assert (row.is_open, row.same, row.second) == (True, None, office.outsider.name)
    with pytest.raises(NotPermittedError, match="そろって"):
        supervisor.blind_checks.both(row.check_id)
    office.desk(office.outsider).blind_checks.begin(assignment_id)
    office.desk(office.outsider).blind_checks.answer(answers(office, assignment_id))
    board = supervisor.blind_checks.board(QUARTER)
    assert board.rows[0].differs == (BlindItem.DRIVE,)
    assert [(a.count, a.alike, a.is_few) for a in board.agreement] == [
        *([(1, 1, True)] * 3),
        (1, 0, True),
    ]
    assert board.agreement_so_far == board.agreement
    both = supervisor.blind_checks.both(row.check_id)
    (drive,) = (each for each in both.answers if each[0] is BlindItem.DRIVE)
    assert drive[1].startswith("E2 ")
    assert drive[2].startswith("E9 ")
    assert both.first_by == office.caseworker.name
    assert "応募" in both.words


def test_answers_come_once_and_from_who_was_asked(office):
    assignment_id = asked(office)
    with pytest.raises(NotPermittedError):
        office.desk(office.caseworker).blind_checks.answer(answers(office, assignment_id))
    second = office.desk(office.outsider)
    second.blind_checks.answer(answers(office, assignment_id))
    with pytest.raises(ConflictError):
        second.blind_checks.answer(answers(office, assignment_id))


def test_a_request_taken_back_opens_the_file_and_lets_another_be_asked(office):
    assignment_id = asked(office)
    supervisor, second = office.desk(office.supervisor), office.desk(office.outsider)
    (row,) = supervisor.blind_checks.board(QUARTER).rows
    with pytest.raises(ConflictError):
        supervisor.blind_checks.ask(new_id(), row.check_id, office.outsider.staff_id)
    supervisor.blind_checks.withdraw(assignment_id, WithdrawnWhy.ABSENT)
    assert second.blind_checks.asked_of_me() == ()
    with pytest.raises(ConflictError):
        second.blind_checks.answer(answers(office, assignment_id))
    second.groups.reading.open(Purpose.FILE, [office.household_id], reason="応援")
    (person,) = second.groups.of_household(office.household_id).people
    assert person.newest is not None
    supervisor.blind_checks.ask(new_id(), row.check_id, office.outsider.staff_id)


def test_the_to_do_of_a_request_names_nobody_and_is_done_with_the_answers(office):
    assignment_id = asked(office)
    second = office.desk(office.outsider)
    second.blind_checks.answer(answers(office, assignment_id))
    with office.work() as session:
        todo = session.scalars(select(Todo).where(Todo.origin_id == assignment_id)).one()
        text = session.get_one(TodoText, todo.id).text
    assert (todo.household_id, todo.state) == (None, TodoState.DONE)
    assert "架空" not in text
