"""A support policy from the first word to its review a year later, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from desktop.domain.approvals import ApprovalState, Decision, Move, Shown
from desktop.domain.clock import FixedClock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.review import PolicyCard
from desktop.domain.support_policies import PolicyKind, PolicyState, Standing
from tests.support import factories
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.policies import issue, written


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


def approve(person: Desk, move: Move = Move.APPROVE) -> ApprovalState:
    """Read the oldest policy in the queue and decide it."""
    row = next(r for r in person.approvals.queue() if r.subject_kind == "support_policy")
    card = person.approvals.card(row.approval_id)
    assert isinstance(card.subject, PolicyCard)
    return person.approvals.decide(
        Decision(
            approval_id=row.approval_id,
            move=move,
            root_version=row.root_version,
            content_hash=row.content_hash,
            shown=Shown.READ,
            text="理由を書きました。" if move is Move.RETURN else "",
        )
    )


def submitted(desk: Desk, office: SmallOffice, *issues) -> None:
    saved = desk.policies.save(written(desk, office.household_id, *issues))
    desk.policies.submit(saved.policy_id, saved.version)


def in_force(office: SmallOffice, desk: Desk, *issues) -> None:
    """A first policy, approved by supervisor and head of section."""
    submitted(desk, office, *issues)
    assert approve(office.desk(office.supervisor)) is ApprovalState.WAITING
    assert approve(office.desk(office.head)) is ApprovalState.APPROVED


def test_what_was_written_comes_back_word_for_word(office, caseworker):
    given = written(
        caseworker, office.household_id, issue("一"), issue("二", person_id=office.person_id)
    )
    saved = caseworker.policies.save(given)
    assert (saved.version, saved.state) == (1, PolicyState.DRAFT)
    assert caseworker.policies.draft(saved.policy_id) == replace(given, shown_version=1)


def test_the_same_again_changes_nothing_and_another_word_is_a_version(office, caseworker):
    given = written(caseworker, office.household_id)
    first = caseworker.policies.save(given)
    assert caseworker.policies.save(given).version == first.version
    second = caseworker.policies.save(replace(given, shown_version=1, situation="転居した。"))
    assert second.version == 2
    with pytest.raises(ConflictError):
        caseworker.policies.save(replace(given, shown_version=1, situation="別の画面の文"))
    assert caseworker.policies.policy(given.policy_id, 1).situation == "単身で暮らしている。"


def test_lines_without_words_are_not_kept(office, caseworker):
    empty = replace(issue(" "), fact="", cause="", wish="", strength="", goals=(), actions=())
    saved = caseworker.policies.save(written(caseworker, office.household_id, issue(), empty))
    assert len(caseworker.policies.draft(saved.policy_id).issues) == 1


def test_a_new_policy_goes_to_supervisor_and_head_and_is_due_in_a_year(office, caseworker):
    in_force(office, caseworker)
    found = caseworker.policies.in_force(office.household_id)
    assert found is not None
    assert (found.state, found.kind) == (PolicyState.APPROVED, PolicyKind.NEW)
    assert found.review_due_on == factories.TODAY.replace(year=factories.TODAY.year + 1)
    assert [stamp.name for stamp in found.stamps] == [office.supervisor.name, office.head.name]


def test_the_review_carries_over_line_by_line(office, caseworker):
    done, open_one = issue("家賃の滞納"), issue()
    in_force(office, caseworker, done, open_one)
    later = FixedClock(factories.CLOCK.now() + timedelta(days=350))
    desk = office.desk(office.caseworker, later)
    blank = desk.policies.blank(office.household_id)
    assert blank.kind is PolicyKind.YEARLY
    assert [i.standing for i in blank.issues] == [Standing.CONTINUED] * 2
    assert [i.issue_id for i in blank.issues] == [done.issue_id, open_one.issue_id]
    ended = replace(blank.issues[0], standing=Standing.ENDED, result="完済した。")
    goes_on = replace(blank.issues[1], result="残薬は減った。")
    saved = desk.policies.save(replace(blank, evaluation="前進した。", issues=(ended, goes_on)))
    desk.policies.submit(saved.policy_id, saved.version)
    supervisor = office.desk(office.supervisor, later)
    card = supervisor.approvals.card(supervisor.approvals.queue()[0].approval_id).subject
    assert isinstance(card, PolicyCard)
    assert card.previous is not None
    assert card.previous.issues[0].text == "家賃の滞納"
    assert approve(supervisor) is ApprovalState.APPROVED  # 定期は査察指導員まで
    assert [i.issue_id for i in desk.policies.blank(office.household_id).issues] == [
        open_one.issue_id
    ]
    assert [line.kind for line in desk.policies.lines(office.household_id)] == [
        PolicyKind.YEARLY,
        PolicyKind.NEW,
    ]


def test_returned_it_is_written_on_and_handed_in_again(office, caseworker):
    submitted(caseworker, office)
    assert approve(office.desk(office.supervisor), Move.RETURN) is ApprovalState.RETURNED
    line = caseworker.policies.lines(office.household_id)[0]
    assert line.state is PolicyState.RETURNED
    again = caseworker.policies.draft(line.policy_id)
    saved = caseworker.policies.save(replace(again, situation="書き足した。"))
    caseworker.policies.submit(saved.policy_id, saved.version)
    assert caseworker.policies.policy(line.policy_id).notes[-1].text == "理由を書きました。"


def test_withdrawn_before_the_first_stamp(office, caseworker):
    saved = caseworker.policies.save(written(caseworker, office.household_id))
    caseworker.policies.submit(saved.policy_id, saved.version)
    with pytest.raises(NotPermittedError):
        caseworker.policies.save(
            replace(caseworker.policies.draft(saved.policy_id), situation="決裁待ちなのに")
        )
    assert caseworker.policies.withdraw(saved.policy_id).state is PolicyState.DRAFT


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"issues": ()}, "issues"),
        ({"issues": (issue(""),)}, "issues"),
        ({"issues": (issue(standing=Standing.ENDED),)}, "issues"),
    ],
)
def test_what_would_come_back_at_once_is_not_handed_in(office, caseworker, change, field):
    saved = caseworker.policies.save(replace(written(caseworker, office.household_id), **change))
    with pytest.raises(ValidationError) as refused:
        caseworker.policies.submit(saved.policy_id, saved.version)
    assert field in refused.value.fields


def test_a_day_to_come_is_refused(office, caseworker):
    given = written(caseworker, office.household_id)
    with pytest.raises(ValidationError) as refused:
        caseworker.policies.save(replace(given, made_on=factories.TODAY + timedelta(days=1)))
    assert "made_on" in refused.value.fields


def test_anothers_draft_is_nobodys_business(office, caseworker):
    saved = caseworker.policies.save(written(caseworker, office.household_id))
    supervisor = office.desk(office.supervisor)
    assert supervisor.policies.lines(office.household_id) == ()
    with pytest.raises(NotPermittedError):
        supervisor.policies.policy(saved.policy_id)


def test_an_approved_policy_is_frozen(office, caseworker):
    in_force(office, caseworker)
    found = caseworker.policies.in_force(office.household_id)
    assert found is not None
    with pytest.raises(NotPermittedError):
        caseworker.policies.save(
            replace(caseworker.policies.draft(found.policy_id), situation="あとから")
        )


def test_the_self_check_answers_about_words_that_are_not_stored(office, caseworker):
    in_force(office, caseworker, issue("服薬"))
    blank = caseworker.policies.blank(office.household_id)
    said = [check.sentence for check in caseworker.policies.checks(blank)]
    assert "前の援助方針の評価が書かれていません。" in said
    changed = replace(blank, evaluation="服薬が続くようになった。")
    assert "前の援助方針の評価が書かれていません。" not in [
        check.sentence for check in caseworker.policies.checks(changed)
    ]
    assert len(caseworker.policies.lines(office.household_id)) == 1


def test_the_self_check_is_for_whoever_may_write_in_the_file(office, caseworker):
    blank = caseworker.policies.blank(office.household_id)
    with pytest.raises(NotPermittedError):
        office.desk(office.head).policies.checks(blank)
    with pytest.raises(NotPermittedError):
        office.desk(office.outsider).policies.checks(blank)
