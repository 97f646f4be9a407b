"""Orders to be examined on both databases: every gate, in its order, and nothing that follows by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.assessments import HealthSource
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.medical_orders import OrderStep
from tests.support.assessments import assessment
from tests.support.desk import also_supervises, later, small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.issued_forms import issue_row
from tests.support.medical import a_step, an_opinion, an_order

S = OrderStep


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office):
    return office.desk(office.supervisor)


def orders(desk, office):
    (found,) = desk.opinions.of_household(office.household_id).people
    return found.orders


def written(office, desk, **changes):
    order = an_order(office, **changes)
    desk.orders.write(order)
    return order


def delivered(office, caseworker, supervisor):
    order = written(office, caseworker)
    supervisor.orders.judge(a_step(order, S.APPROVED))
    issue_row(office, caseworker, "K-18", order.order_id)
    caseworker.orders.go_on(a_step(order, S.DELIVERED, words="窓口で本人に手渡した。"))
    return order


def test_an_order_goes_step_by_step_to_its_result(office, caseworker, supervisor):
    order = written(office, caseworker)
    caseworker.orders.write(order)
    (kept,) = orders(caseworker, office)
    assert (kept.given, kept.is_own, kept.is_open) == (order, True, True)
    assert kept.next_steps(TODAY) == (S.APPROVED, S.RETURNED, S.WITHDRAWN)
    supervisor.orders.judge(a_step(order, S.APPROVED))
    issue_row(office, caseworker, "K-18", order.order_id)
    caseworker.orders.go_on(a_step(order, S.DELIVERED, words="窓口で本人に手渡した。"))
    (kept,) = orders(caseworker, office)
    assert [each.step for each in kept.steps] == [S.APPROVED, S.DELIVERED]
    assert kept.next_steps(TODAY) == (S.WITHDRAWN,)
    result = an_opinion(
        office, source=HealthSource.EXAMINED, given_on=TODAY, order_id=order.order_id
    )
    caseworker.opinions.note_opinion(result)
    (kept,) = orders(caseworker, office)
    assert (kept.result_on, kept.is_open, kept.next_steps(TODAY)) == (TODAY, False, ())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "疑わしいから。"}, "reason"),
        ({"elsewhere": "　"}, "elsewhere"),
        ({"institution": ""}, "institution"),
        ({"due_on": TODAY}, "due_on"),
    ],
)
def test_an_order_says_why_and_why_it_cannot_be_cleared_otherwise(
    office, caseworker, changes, field
):
    with pytest.raises(ValidationError) as refused:
        written(office, caseworker, **changes)
    assert set(refused.value.fields) == {field}


def test_the_author_never_approves_even_as_supervisor(office):
    staff = also_supervises(office.work, office.caseworker, office.household_id)
    both = office.desk(staff)
    order = written(office, both)
    with pytest.raises(NotPermittedError, match="書いた本人ではない"):
        both.orders.judge(a_step(order, S.APPROVED))


def test_approving_is_no_step_of_the_writer_and_delivering_none_of_the_judge(
    office, caseworker, supervisor
):
    order = written(office, caseworker)
    with pytest.raises(NotPermittedError):
        caseworker.orders.go_on(a_step(order, S.APPROVED))
    with pytest.raises(NotPermittedError):
        supervisor.orders.judge(a_step(order, S.DELIVERED))
    with pytest.raises(NotPermittedError):
        office.desk(office.records).orders.write(an_order(office))


def test_no_step_without_the_one_before(office, caseworker, supervisor):
    order = written(office, caseworker)
    for step in (S.DELIVERED, S.NOT_OBEYED):
        with pytest.raises(ConflictError, match="前の段階"):
            caseworker.orders.go_on(a_step(order, step))
    result = an_opinion(office, source=HealthSource.EXAMINED, order_id=order.order_id)
    with pytest.raises(ConflictError, match="交付した検診命令"):
        caseworker.opinions.note_opinion(result)
    supervisor.orders.judge(a_step(order, S.RETURNED, words="主治医にもう一度聞いてください。"))
    with pytest.raises(ConflictError, match="前の段階"):
        caseworker.orders.go_on(a_step(order, S.DELIVERED))


def test_steps_have_words_and_days(office, caseworker, supervisor):
    order = written(office, caseworker)
    with pytest.raises(ValidationError) as refused:
        supervisor.orders.judge(a_step(order, S.APPROVED, words=" "))
    assert set(refused.value.fields) == {"words"}
    for day in (days_ago(1), TODAY + timedelta(days=1)):
        with pytest.raises(ValidationError) as refused:
            supervisor.orders.judge(a_step(order, S.APPROVED, done_on=day))
        assert set(refused.value.fields) == {"done_on"}


def test_not_obeying_is_noted_after_the_day_and_leads_nowhere(office, caseworker, supervisor):
    order = delivered(office, caseworker, supervisor)
    with pytest.raises(ConflictError):
        caseworker.orders.go_on(a_step(order, S.NOT_OBEYED))
    clock = later(CLOCK, days=15)
    afterwards = office.desk(office.caseworker, clock)
    step = a_step(order, S.NOT_OBEYED, done_on=clock.today(), words="体調が悪く行けなかった。")
    afterwards.orders.go_on(step)
    afterwards.orders.go_on(step)
    (kept,) = orders(afterwards, office)
    assert kept.steps[-1].words == "体調が悪く行けなかった。"
    assert not kept.is_open
    with pytest.raises(ConflictError):
        afterwards.orders.go_on(a_step(order, S.WITHDRAWN, done_on=clock.today()))


def test_while_safety_comes_first_nothing_goes_on_but_ending_it(office, caseworker, supervisor):
    order = written(office, caseworker)
    caseworker.assessments.save(assessment(office, safety="死にたいと話した"))
    (found,) = caseworker.opinions.of_household(office.household_id).people
    assert found.is_held
    with pytest.raises(ConflictError, match="安全の確認が先"):
        written(office, caseworker)
    with pytest.raises(ConflictError, match="安全の確認が先"):
        supervisor.orders.judge(a_step(order, S.APPROVED))
    caseworker.orders.go_on(a_step(order, S.WITHDRAWN))
    assert not orders(caseworker, office)[0].is_open
