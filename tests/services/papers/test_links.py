"""What a paper hangs together with: entries, the to-do of its decision draft; on both databases, as the people of the office."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from desktop.database.reading import ReadingDoor
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.papers import PaperState
from desktop.domain.todos import TodoOrigin
from desktop.models.office import Office
from desktop.models.papers import PaperLinkRecord, PaperRecord
from desktop.services.todos import TodoService
from tests.support import factories
from tests.support.desk import small_office
from tests.support.papers import a_paper, line_of

S = PaperState


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def paper_id(office, caseworker):
    return caseworker.papers.receive(a_paper(office.household_id)).paper_id


def todos(desk):
    door = ReadingDoor(desk.work, factories.CLOCK, desk.staff)
    return TodoService(desk.work, factories.CLOCK, desk.staff, door)


def an_entry(desk, household_id):
    return desk.records.save(desk.records.blank(household_id, "telephone_in")).entry_id


def draft_of(desk, paper_id):
    """The to-do of the paper's draft as the pool shows it."""
    draft = line_of(desk, paper_id).draft
    assert draft is not None
    return draft


def links(desk, household_id):
    (paper,) = desk.papers.of_household(household_id)
    return paper.links


def test_a_draft_is_a_to_do_of_the_owner_with_a_due_day_and_the_number(
    office, caseworker, paper_id
):
    due_on = office.desk(office.records).papers.draft(paper_id)
    assert due_on == factories.TODAY + timedelta(days=7)
    (todo,) = todos(caseworker).mine()
    assert (todo.origin, todo.due_on, todo.subject_id) == (
        TodoOrigin.DECISION_DRAFT,
        due_on,
        paper_id,
    )
    assert todo.text == "保護変更の起案：給与明細（受領番号 6-0001）"
    assert todo.from_name == office.records.name
    draft = draft_of(caseworker, paper_id)
    assert (draft.due_on, draft.is_done) == (due_on, False)


def test_there_is_one_open_draft_at_a_time(office, caseworker, paper_id):
    caseworker.papers.draft(paper_id)
    with pytest.raises(ConflictError):
        office.desk(office.supervisor).papers.draft(paper_id)
    (todo,) = todos(caseworker).mine()
    todos(caseworker).finish(todo.todo_id)
    assert draft_of(caseworker, paper_id).is_done
    caseworker.papers.draft(paper_id)
    assert not draft_of(caseworker, paper_id).is_done


def test_a_paper_without_owner_has_nobody_to_draft(office, caseworker):
    paper = caseworker.papers.receive(a_paper(office.household_id)).paper_id
    with office.work() as session:
        session.get_one(PaperRecord, paper).owner_id = None
    with pytest.raises(ValidationError) as refused:
        caseworker.papers.draft(paper)
    assert set(refused.value.fields) == {"owner_id"}


def test_the_draft_is_done_when_the_paper_comes_to_it(office, caseworker, paper_id):
    caseworker.papers.draft(paper_id)
    state = S.RECEIVED
    while state is not S.DRAFTED:
        assert len(todos(caseworker).mine()) == 1
        state = caseworker.papers.step(paper_id, state)
    assert todos(caseworker).mine() == ()
    assert draft_of(caseworker, paper_id).is_done
    with pytest.raises(ConflictError):
        caseworker.papers.draft(paper_id)


def test_a_paper_settled_at_once_needs_no_draft(caseworker, paper_id):
    caseworker.papers.draft(paper_id)
    caseworker.papers.settle(paper_id, S.RECEIVED, "変更なし")
    assert todos(caseworker).mine() == ()


def test_the_draft_goes_along_with_the_paper(office, caseworker, paper_id):
    caseworker.papers.draft(paper_id)
    caseworker.papers.hand_over(paper_id, office.caseworker.staff_id, office.supervisor.staff_id)
    assert todos(caseworker).mine() == ()
    (todo,) = todos(office.desk(office.supervisor)).mine()
    assert todo.origin is TodoOrigin.DECISION_DRAFT


def test_another_team_neither_drafts_nor_links(office, caseworker, paper_id):
    entry_id = an_entry(caseworker, office.household_id)
    outsider = office.desk(office.outsider)
    with pytest.raises(NotPermittedError):
        outsider.papers.draft(paper_id)
    with pytest.raises(NotPermittedError):
        outsider.papers.link_entry(entry_id, [paper_id])


def test_an_entry_names_its_papers_and_the_paper_its_entries(office, caseworker, paper_id):
    entry_id = an_entry(caseworker, office.household_id)
    assert [p.paper_id for p in caseworker.papers.unsettled(office.household_id)] == [paper_id]
    caseworker.papers.link_entry(entry_id, [paper_id])
    caseworker.papers.link_entry(entry_id, [paper_id])
    named = caseworker.papers.of_entries(office.household_id)
    assert [p.label for p in named[entry_id]] == ["6-0001　給与明細（受領）"]
    (link,) = links(caseworker, office.household_id)
    assert (link.entry_id, link.entry_on, link.is_struck) == (entry_id, factories.TODAY, False)
    assert link.entry_label


def test_a_paper_is_named_in_its_own_file_only(office, caseworker, paper_id):
    with office.work() as session:
        home = session.get_one(Office, office.caseworker.office_id)
        district = factories.make_district(session, home)
        head = factories.make_person(session, home)
        other = factories.make_household(session, district=district, head=head).id
    elsewhere = office.desk(office.records)
    foreign = elsewhere.papers.receive(a_paper(other)).paper_id
    entry_id = an_entry(caseworker, office.household_id)
    for paper, entry in ((foreign, entry_id), (paper_id, new_id())):
        with pytest.raises(NotPermittedError):
            elsewhere.papers.link_entry(entry, [paper])


def test_a_wrong_link_is_struck_with_a_reason_and_stays_to_be_read(office, caseworker, paper_id):
    entry_id = an_entry(caseworker, office.household_id)
    caseworker.papers.link_entry(entry_id, [paper_id])
    (link,) = links(caseworker, office.household_id)
    with pytest.raises(ValidationError) as refused:
        caseworker.papers.strike(link.link_id, "　")
    assert set(refused.value.fields) == {"reason"}
    caseworker.papers.strike(link.link_id, "別の月の給与明細だった。")
    (link,) = links(caseworker, office.household_id)
    assert (link.is_struck, link.struck_by) == (True, office.caseworker.name)
    assert link.struck_reason == "別の月の給与明細だった。"
    assert caseworker.papers.of_entries(office.household_id) == {}
    with pytest.raises(ConflictError):
        caseworker.papers.strike(link.link_id, "もう一度")
    caseworker.papers.link_entry(entry_id, [paper_id])
    with office.work() as session:
        assert len(session.scalars(select(PaperLinkRecord)).all()) == 2


def test_a_scanned_number_finds_the_paper_settled_or_not(office, caseworker, paper_id):
    assert caseworker.papers.find(2024, 1).paper_id == paper_id
    caseworker.papers.settle(paper_id, S.RECEIVED, "変更なし")
    assert caseworker.papers.find(2024, 1).state is S.SETTLED
    assert caseworker.papers.find(2023, 1) is None
    assert office.desk(office.outsider).papers.find(2024, 1) is None


def test_those_who_handle_papers_today_are_offered(office, caseworker):
    offered = {row.staff_id for row in caseworker.papers.handlers()}
    assert offered >= {office.caseworker.staff_id, office.supervisor.staff_id}
    assert {office.records.staff_id, office.outsider.staff_id} <= offered
    assert office.head.staff_id not in offered
