"""Exercises over the training office: what they find is what was planted, and the key comes after one's own answer."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import FixedClock
from desktop.domain.errors import NotPermittedError, UserError, ValidationError
from desktop.domain.households import HouseholdState, ResidenceKind
from desktop.domain.practice import Finder
from desktop.models.households import Household, Member
from desktop.models.ledger import ResidencePeriod
from desktop.models.practice import PracticeAnswer
from desktop.services import training
from desktop.services.help_cards import shipped_cards
from desktop.services.practice import PracticeService, shipped_exercises
from desktop.services.sign_in import SignIn
from desktop.services.supervision.service import RULES
from tests.services.training.conftest import TODAY
from tests.support.desk import small_office
from tests.support.factories import CLOCK, at

EXERCISES = shipped_exercises()
EVERY_EXERCISE = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.key)
OWN = "0001003です。最後に会ったのは春でした。"
#: As many as the first start of the program makes.
HOUSEHOLDS = 240


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The training office that the first start makes, and what was planted in it."""
    folder = tmp_path_factory.mktemp("practice")
    url, planted = f"sqlite:///{folder / 'office.sqlite'}", folder / "planted.json"
    training.create(url, households=HOUSEHOLDS, seed=1, today=TODAY, planted=planted)
    engine = make_engine(url)
    yield UnitOfWork(engine), json.loads(planted.read_text(encoding="utf-8"))
    engine.dispose()


@pytest.fixture
def practice(made):
    work, _ = made
    clock = FixedClock(at(TODAY))
    login = next(a.login for a in SignIn(work, clock).accounts() if "地区担当員" in a.role_label)
    return PracticeService(work, clock, SignIn(work, clock).sign_in(login))


def test_there_are_exercises_in_their_order():
    assert len(EXERCISES) >= 6
    assert [each.order for each in EXERCISES] == list(range(1, len(EXERCISES) + 1))
    assert {each.finder for each in EXERCISES} == set(Finder)


@EVERY_EXERCISE
def test_rules_and_cards_are_there_and_no_household_stands_in_a_text(exercise):
    assert set(exercise.rules) <= {rule.info.rule for rule in RULES}
    assert exercise.card in {card.key for card in shipped_cards()}
    assert len(exercise.hints) >= 2
    assert not re.search(r"\d{7}|<\w|!\[|://", exercise.text + exercise.answer)


@EVERY_EXERCISE
def test_what_is_found_is_what_was_planted(exercise, practice, made):
    _, listed = made
    practice.begin_anew(exercise.key)
    sheet = practice.answer(exercise.key, OWN)
    assert sheet.households
    planted = {(line["rule"], line.get("case_number")) for line in listed["planted"]}
    told = [(each.rule, each.case_number) for each in sheet.households if each.rule]
    assert sorted(rule for rule, _ in told) == sorted(exercise.rules)
    assert set(told) <= planted
    assert all(each.fact for each in sheet.households if each.rule)
    for each in sheet.households:
        if not each.rule:
            assert not {(rule, each.case_number) for rule in exercise.rules} & planted
    numbers = [each.case_number for each in sheet.households]
    assert numbers == sorted(set(numbers))


def test_the_others_are_as_many_as_the_task_says(practice):
    (exercise,) = (each for each in EXERCISES if each.finder is Finder.AMONG)
    assert f"{exercise.others + 1}世帯" in exercise.text
    assert len(practice.sheet(exercise.key).households) == exercise.others + 1
    (each,) = (each for each in EXERCISES if each.finder is Finder.EACH)
    assert f"{len(each.rules)}世帯" in each.text


def test_somebody_of_the_household_is_in_hospital(practice, made):
    work, _ = made
    (exercise,) = (each for each in EXERCISES if each.finder is Finder.HOSPITAL)
    (found,) = practice.sheet(exercise.key).households
    with work() as session:
        kinds = session.scalars(
            select(ResidencePeriod.kind)
            .join(Member, Member.person_id == ResidencePeriod.person_id)
            .where(Member.household_id == found.household_id, ResidencePeriod.valid_to.is_(None))
        ).all()
        household = session.get_one(Household, found.household_id)
    assert ResidenceKind.HOSPITAL in kinds
    assert household.state is HouseholdState.RECEIVING


def test_the_key_and_the_facts_are_told_after_an_own_answer_alone(practice):
    key = "refund-or-collect"
    practice.begin_anew(key)
    before = practice.sheet(key)
    assert (before.answer, before.exercise.answer, before.is_answered) == ("", "", False)
    assert all(not each.fact and not each.rule for each in before.households)
    assert all(not exercise.answer for exercise, _ in practice.exercises())
    after = practice.answer(key, f"　{OWN}　")
    assert after.written == OWN
    assert after.answer.startswith("いまの記録のままでは")
    assert practice.sheet(key) == after
    assert (key, True) in {(each.key, is_done) for each, is_done in practice.exercises()}


def test_it_can_be_begun_anew(practice):
    practice.answer("overlooked", OWN)
    anew = practice.begin_anew("overlooked")
    assert (anew.written, anew.answer) == ("", "")
    assert practice.answer("overlooked", f"{OWN}二度目").written.endswith("二度目")


def test_an_answer_is_one_s_own(practice, made):
    work, _ = made
    practice.answer("thin-record", OWN)
    head = PracticeService(work, practice.clock, SignIn(work, practice.clock).sign_in("kacho"))
    assert head.sheet("thin-record").written == ""


@pytest.mark.parametrize("text", ["", "わからない", "長" * 4001])
def test_an_answer_has_a_length(practice, text):
    with pytest.raises(ValidationError) as refused:
        practice.answer("overlooked", text)
    assert set(refused.value.fields) == {"answer"}


def test_an_exercise_that_is_gone_is_said(practice):
    with pytest.raises(UserError, match="もうありません"):
        practice.sheet("gone-away")


def test_outside_a_training_office_there_is_none(engine):
    office = small_office(engine)
    service = PracticeService(office.work, CLOCK, replace(office.caseworker, is_training=False))
    for call in (
        service.exercises,
        lambda: service.sheet("overlooked"),
        lambda: service.answer("overlooked", OWN),
        lambda: service.begin_anew("overlooked"),
    ):
        with pytest.raises(NotPermittedError, match="研修用"):
            call()
    with office.work() as session:
        assert session.scalars(select(PracticeAnswer)).all() == []


def test_an_office_without_such_households_shows_none(engine):
    office = small_office(engine)
    service = PracticeService(office.work, CLOCK, replace(office.caseworker, is_training=True))
    assert service.sheet("overlooked").households == ()
    assert len(service.sheet("telephone-record").households) == 1
