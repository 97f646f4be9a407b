"""Reviews of programmes and figures about groups at psql: other names, own approvals, changes, and what a function tells."""

from __future__ import annotations

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, refused
from tests.support.effort import a_line, a_review, decided

_REVIEW = (
    "INSERT INTO programme_review (id, office_id, programme, fiscal_year, verdict, persons, minutes, outcomes, reason, remarks,"
    " made_by, made_at) VALUES (%(id)s, %(office)s, %(programme)s, 2024, 'keep', 1, 1, '', %(reason)s, '',"
    " coalesce(%(by)s, app.me()), now())"
)
_APPROVAL = (
    "INSERT INTO programme_review_approval (review_id, office_id, approved_by, approved_at)"
    " VALUES (%(id)s, %(office)s, coalesce(%(by)s, app.me()), now())"
)
_LINE = (
    "INSERT INTO promotion_plan (id, office_id, fiscal_year, item, target, remarks, made_by, made_at)"
    " VALUES (%(id)s, %(office)s, 2024, 'able', 1, '', coalesce(%(by)s, app.me()), now())"
)
_FACTS = "SELECT decision_id, evidence FROM app.judged_facts(%s, 6, 12)"


def row(place, /, **changes):
    office_id = place.office.caseworker.office_id
    given = {"id": new_id(), "office": office_id, "programme": "employment", "reason": "理由"}
    return {**given, "by": None, **changes}


def test_caseworkers_write_none_of_it(place):
    connection = place.connect(place.office.caseworker)
    for statement in (_REVIEW, _LINE):
        assert refused(connection, statement, row(place)) in DENIED


def test_a_supervisor_writes_in_the_own_name_with_a_reason_and_in_the_own_office(place):
    connection = place.connect(place.office.supervisor)
    other = place.office.head.staff_id
    for statement in (_REVIEW, _LINE):
        assert refused(connection, statement, row(place, by=other)) in DENIED
        assert refused(connection, statement, row(place, office=new_id())) in DENIED
    assert refused(connection, _REVIEW, row(place, reason="　")) == "BS422"
    assert refused(connection, _REVIEW, row(place, programme="xx")) == "BS422"


def test_nobody_approves_the_own_sheet_or_in_another_name_or_an_older_one(place):
    supervisor = place.desk(place.office.supervisor)
    old, new = a_review(), a_review()
    supervisor.programme_reviews.write(old)
    supervisor.programme_reviews.write(new)
    own = place.connect(place.office.supervisor)
    assert refused(own, _APPROVAL, row(place, id=new.review_id)) in DENIED
    head = place.connect(place.office.head)
    other = place.office.supervisor.staff_id
    assert refused(head, _APPROVAL, row(place, id=new.review_id, by=other)) in DENIED
    assert refused(head, _APPROVAL, row(place, id=old.review_id)) == "BS409"
    head.execute(_APPROVAL, row(place, id=new.review_id))


@pytest.mark.parametrize(
    "table", ["programme_review", "programme_review_approval", "promotion_plan"]
)
@pytest.mark.parametrize("change", ["UPDATE {} SET office_id = office_id", "DELETE FROM {}"])
def test_what_was_added_stays(place, table, change):
    desk = place.desk(place.office.supervisor)
    review = a_review()
    desk.programme_reviews.write(review)
    desk.programme_reviews.set_line(a_line())
    place.desk(place.office.head).programme_reviews.approve(review.review_id)
    connection = place.connect(place.office.head)
    assert refused(connection, change.format(table)) in DENIED


def test_what_figures_may_know_is_for_those_who_supervise_and_of_their_households(place):
    decided(place.office)
    office_id = place.office.caseworker.office_id
    assert refused(place.connect(place.office.caseworker), _FACTS, (office_id,)) in DENIED
    connection = place.connect(place.office.supervisor)
    (found,) = connection.execute(_FACTS, (office_id,)).fetchall()
    assert found[1] == "fresh"
    assert connection.execute(_FACTS, (new_id(),)).fetchall() == []
