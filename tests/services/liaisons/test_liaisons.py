"""Liaisons on both databases: versions, who must not be rung, what a version may not look like."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.errors import (
    ConflictError,
    NotPermittedError,
    ReasonNeededError,
    ValidationError,
)
from desktop.domain.ids import new_id
from desktop.domain.liaisons import BarReason, LiaisonKind
from tests.support.desk import small_office
from tests.support.factories import TODAY, days_ago
from tests.support.liaisons import a_liaison, further

LATER = TODAY + timedelta(days=30)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


def kept(office, desk):
    return desk.liaisons.of_household(office.household_id).liaisons


def test_somebody_is_kept_once_with_a_number_in_half_width(office, caseworker):
    given = a_liaison(
        office.household_id, name="　見本不動産 ", telephone="０７２１（００）０００１"
    )
    caseworker.liaisons.keep(given)
    caseworker.liaisons.keep(given)
    (found,) = kept(office, caseworker)
    assert (found.name, found.telephone) == ("見本不動産", "0721-00-0001")
    assert (found.version, found.made_by) == (1, office.caseworker.name)


def test_the_newest_version_counts_and_the_earlier_stay(office, caseworker):
    given = a_liaison(office.household_id)
    caseworker.liaisons.keep(given)
    second = further(given, telephone="0721-00-0002", whom="管理課 架空")
    caseworker.liaisons.keep(second)
    shown = caseworker.liaisons.of_household(office.household_id)
    (found,) = shown.liaisons
    assert (found.liaison_id, found.version, found.telephone) == (
        given.liaison_id,
        2,
        "0721-00-0002",
    )
    assert [each.telephone for each in shown.earlier[given.liaison_id]] == ["0721-00-0001"]
    with pytest.raises(ConflictError):
        caseworker.liaisons.keep(further(given, name="別の名"))


def test_one_that_is_over_stands_last_and_the_barred_first(office, caseworker):
    for changes in (
        {"name": "見本病院", "kind": LiaisonKind.DOCTOR},
        {"name": "架空 次郎", "kind": LiaisonKind.KIN, "bar": BarReason.VIOLENCE},
        {"name": "前の家主", "valid_to": days_ago(1)},
        {"name": "架空 長女", "kind": LiaisonKind.EMERGENCY},
    ):
        caseworker.liaisons.keep(a_liaison(office.household_id, **changes))
    names = [each.name for each in kept(office, caseworker)]
    assert names == ["架空 次郎", "架空 長女", "見本病院", "前の家主"]


@pytest.mark.parametrize(
    "changes",
    [{"bar": None}, {"valid_to": TODAY}, {"valid_to": days_ago(9)}, {"valid_from": TODAY}],
    ids=range(4),
)
def test_a_bar_is_lifted_or_shortened_with_a_reason_only(office, caseworker, changes):
    given = a_liaison(office.household_id, bar=BarReason.WISH, valid_to=LATER)
    caseworker.liaisons.keep(given)
    with pytest.raises(ValidationError) as refused:
        caseworker.liaisons.keep(further(given, **changes))
    assert set(refused.value.fields) == {"reason"}
    said = further(given, reason="本人が連絡してよいと話した。", **changes)
    caseworker.liaisons.keep(said)
    (found,) = kept(office, caseworker)
    assert found.version == 2


def test_a_bar_gets_other_words_and_a_longer_time_without_a_reason(office, caseworker):
    given = a_liaison(office.household_id, bar=BarReason.WISH, valid_to=TODAY)
    caseworker.liaisons.keep(given)
    second = further(given, bar=BarReason.VIOLENCE, valid_to=None, valid_from=days_ago(60))
    caseworker.liaisons.keep(second)
    caseworker.liaisons.keep(further(second, note="警察にも相談している。"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "　"}, "name"),
        ({"name": "あ" * 41}, "name"),
        ({"whom": "あ" * 61}, "whom"),
        ({"hours": "あ" * 61}, "hours"),
        ({"telephone": "12345"}, "telephone"),
        ({"telephone": "でんわ"}, "telephone"),
        ({"valid_to": days_ago(31)}, "valid_to"),
        ({"bar": BarReason.OTHER}, "note"),
        ({"note": "あ" * 10_001}, "note"),
        ({"person_id": new_id()}, "person_id"),
    ],
    ids=range(10),
)
def test_what_a_liaison_may_not_look_like(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as refused:
        caseworker.liaisons.keep(a_liaison(office.household_id, **changes))
    assert set(refused.value.fields) == {field}
    assert kept(office, caseworker) == ()


def test_a_version_belongs_to_somebody_of_the_household(office, caseworker):
    given = a_liaison(office.household_id)
    with pytest.raises(NotPermittedError):
        caseworker.liaisons.keep(further(given))
    caseworker.liaisons.keep(given)
    with pytest.raises(NotPermittedError):
        caseworker.liaisons.keep(replace(further(given), liaison_id=new_id()))


def test_who_writes_no_records_only_reads_and_who_has_no_duty_says_why(office, caseworker):
    caseworker.liaisons.keep(a_liaison(office.household_id, person_id=office.person_id))
    desk = office.desk(office.records)
    shown = desk.liaisons.of_household(office.household_id)
    assert not shown.may_write
    assert [each.person for each in shown.liaisons] == ["架空 花子"]
    with pytest.raises(NotPermittedError):
        desk.liaisons.keep(a_liaison(office.household_id))
    with pytest.raises(ReasonNeededError):
        office.desk(office.outsider).liaisons.of_household(office.household_id)
