"""Yearly reviews on both databases: the sheet with its figures, approval by a second person, the promotion plan."""

from __future__ import annotations

import pytest

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.programme_reviews import PromotionItem
from tests.support.desk import small_office
from tests.support.effort import a_line, a_review, helped


@pytest.fixture
def office(engine):
    return small_office(engine)


def line_of(desk, programme="employment"):
    (line,) = (
        each for each in desk.programme_reviews.year(2024).lines if each.year.programme == programme
    )
    return line


def test_a_sheet_keeps_the_figures_and_waits_for_somebody_else(office):
    helped(office)
    supervisor, head = office.desk(office.supervisor), office.desk(office.head)
    assert (line_of(head).year.persons, line_of(head).year.minutes) == (1, 60)
    given = a_review(reason=" 続ける理由 ")
    supervisor.programme_reviews.write(given)
    supervisor.programme_reviews.write(given)
    assert not line_of(supervisor).may_approve
    line = line_of(head)
    assert line.may_approve
    assert line.review is not None
    assert (line.review.given.reason, line.review.persons, line.review.minutes) == (
        "続ける理由",
        1,
        60,
    )
    with pytest.raises(NotPermittedError):
        supervisor.programme_reviews.approve(given.review_id)
    head.programme_reviews.approve(given.review_id)
    head.programme_reviews.approve(given.review_id)
    line = line_of(supervisor)
    assert line.review is not None
    assert line.review.approved_at is not None


def test_a_newer_sheet_stands_for_the_older_one(office):
    supervisor, head = office.desk(office.supervisor), office.desk(office.head)
    old, new = a_review(), a_review(reason="書き直した。")
    supervisor.programme_reviews.write(old)
    supervisor.programme_reviews.write(new)
    with pytest.raises(ConflictError):
        head.programme_reviews.approve(old.review_id)
    review = line_of(head).review
    assert review is not None
    assert review.given.review_id == new.review_id


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"programme": "xx"}, "programme"),
        ({"fiscal_year": 1999}, "fiscal_year"),
        ({"cost": -1}, "cost"),
        ({"reason": "　"}, "reason"),
    ],
    ids=range(4),
)
def test_what_cannot_be_is_named_by_field(office, changes, field):
    with pytest.raises(ValidationError) as refused:
        office.desk(office.supervisor).programme_reviews.write(a_review(**changes))
    assert set(refused.value.fields) == {field}


def test_the_promotion_plan_stands_beside_what_is_counted(office):
    helped(office)
    head = office.desk(office.head)
    head.programme_reviews.set_line(a_line())
    head.programme_reviews.set_line(a_line(target=35, result=12))
    plan = {line.item: line for line in head.programme_reviews.year(2024).plan}
    given = plan[PromotionItem.JOB_STARTS].given
    assert given is not None
    assert (given.target, given.result) == (35, 12)
    assert plan[PromotionItem.PARTICIPANTS].counted == 1
    with pytest.raises(NotPermittedError):
        office.desk(office.caseworker).programme_reviews.set_line(a_line())
