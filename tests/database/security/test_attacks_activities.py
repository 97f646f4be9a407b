"""Acts of support, requests to Hello Work and starts of work at psql: other people's names, closed files, missing words, changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, open_file, refused
from tests.support.factories import TODAY, days_ago
from tests.support.grades import decided
from tests.support.support_acts import a_check, a_job, a_reply, a_request, an_act, an_end
from tests.support.support_plans import ending, plan

_TABLES = (
    *("activity", "activity_text"),
    *("referral", "referral_text", "referral_step", "referral_step_text"),
    *("employment_spell", "employment_spell_text", "employment_check"),
    *("employment_end", "employment_end_text"),
)
_CONTENT = tuple(table for table in _TABLES if table.endswith("_text"))
_TOMORROW = TODAY + timedelta(days=1)
_ACT = (
    "INSERT INTO activity (id, office_id, household_id, person_id, done_on, minutes, kind, place, partner, step_id, result,"
    " next_due_on, replaces_id, is_void, staff_id, made_by, made_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(person)s, %(day)s, 10, %(kind)s, 'none', %(partner)s, %(step)s, 'done',"
    " %(due)s, %(replaces)s, %(void)s, coalesce(%(staff)s, app.me()), coalesce(%(by)s, app.me()), now())"
)
_ACT_TEXT = (
    "INSERT INTO activity_text (activity_id, office_id, household_id, memo, next_step, reason)"
    " VALUES (%s, %s, %s, '電話', %s, %s)"
)
_REQUEST = (
    "INSERT INTO referral (id, office_id, household_id, person_id, number, partner, asked_on, reply_by, consent_on,"
    " health_consent_on, made_by, made_at) VALUES (%(id)s, %(office)s, %(household)s, %(person)s, %(number)s, %(partner)s,"
    " %(day)s, %(reply)s, %(consent)s, %(health)s, coalesce(%(by)s, app.me()), now())"
)
_STEP = (
    "INSERT INTO referral_step (id, office_id, household_id, referral_id, move, on_day, until, result, noted_by, noted_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(of)s, %(move)s, %(day)s, %(until)s, NULL, coalesce(%(by)s, app.me()), now())"
)
_JOB = (
    "INSERT INTO employment_spell (id, office_id, household_id, person_id, outcome, started_on, contract, route, made_by, made_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(person)s, 'O02', %(day)s, 'part_time', 'alone',"
    " coalesce(%(by)s, app.me()), now())"
)
_CHECK = (
    "INSERT INTO employment_check (id, office_id, household_id, spell_id, months, checked_on, answer, noted_by, noted_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(of)s, %(months)s, %(day)s, 'working', coalesce(%(by)s, app.me()), now())"
)
_END = (
    "INSERT INTO employment_end (id, office_id, household_id, spell_id, ended_on, reason, noted_by, noted_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(of)s, %(day)s, 'term_over', coalesce(%(by)s, app.me()), now())"
)


@pytest.fixture
def writer(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


def row(place, /, **changes):
    office = place.office
    return {
        "id": new_id(),
        "office": office.caseworker.office_id,
        "household": office.household_id,
        "person": office.person_id,
        "day": TODAY,
        "by": None,
        **changes,
    }


def act_row(place, /, **changes):
    nothing = dict.fromkeys(("step", "due", "replaces", "staff"))
    return row(place, **{"kind": "13", "partner": "", "void": False, **nothing, **changes})


def request_row(place, /, **changes):
    given = {"number": "", "partner": "hw1", "reply": TODAY, "consent": TODAY, "health": None}
    return row(place, **{**given, **changes})


def kept(place, given):
    """Let the caseworker keep something by the program."""
    desk = place.desk(place.office.caseworker)
    household, person = place.office.household_id, place.office.person_id
    match given:
        case "act":
            act = an_act(household, person)
            desk.activities.add(act)
            return act
        case "request":
            request = a_request(household, person)
            desk.referrals.ask(request)
            return request
        case _:
            job = a_job(household, person)
            desk.spells.begin(job)
            return job


def everything(place):
    """One row in each table."""
    desk = place.desk(place.office.caseworker)
    kept(place, "act")
    desk.referrals.note_step(a_reply(kept(place, "request")))
    job = kept(place, "job")
    desk.spells.answer(a_check(job))
    desk.spells.end(an_end(job))


@pytest.mark.parametrize(
    ("statement", "made"),
    [(_ACT, act_row), (_REQUEST, request_row), (_JOB, row)],
    ids=("act", "request", "job"),
)
def test_rows_are_one_s_own_of_an_open_file_and_of_its_people(place, writer, statement, made):
    assert refused(writer, statement, made(place, by=place.office.supervisor.staff_id)) in DENIED
    assert refused(writer, statement, made(place, household=place.far_id)) in DENIED
    assert refused(writer, statement, made(place, person=place.foreign_person_id)) == "BS422"
    assert refused(writer, statement, made(place, day=_TOMORROW)) == "BS422"
    # Without its words none of them is anything.
    assert refused(writer, statement, made(place)) == "BS422"
    records = place.connect(place.office.records)
    open_file(records, place.office.household_id)
    assert refused(records, statement, made(place)) in DENIED


def test_an_act_uses_the_office_s_codes_and_the_person_s_steps(place, writer):
    for changes in ({"kind": "xx"}, {"partner": "xx"}):
        assert refused(writer, _ACT, act_row(place, **changes)) == "BS422"
    assert refused(writer, _ACT, act_row(place, step=new_id())) == "BS422"
    assert refused(writer, _ACT, act_row(place, due=days_ago(1))) == "23514"
    assert refused(writer, _ACT, act_row(place, void=True)) == "23514"


def test_an_act_is_one_s_own_and_a_correction_keeps_whose_it_was(place, writer):
    other = place.office.supervisor.staff_id
    assert refused(writer, _ACT, act_row(place, staff=other)) in DENIED
    known = kept(place, "act")
    wrong = act_row(place, replaces=known.activity_id, staff=other)
    assert refused(writer, _ACT, wrong) in DENIED
    assert refused(writer, _ACT, act_row(place, replaces=new_id())) in DENIED


def test_only_steps_of_the_plan_in_force_are_taken(place, writer):
    office = place.office
    author, leader = place.desk(office.caseworker), place.desk(office.supervisor)
    given = plan(office)
    step_id = given.steps[0].step_id

    def tried() -> str:
        writer.execute("BEGIN")
        found = refused(writer, _ACT, act_row(place, step=step_id))
        writer.execute("ROLLBACK")
        return found

    author.support_plans.save(given)
    assert tried() == "BS422"
    author.support_plans.submit(given.plan_id, given.household_id)
    decided(leader)
    assert tried() == ""
    author.support_plans.end(ending(given))
    assert tried() == "BS422"


@pytest.mark.parametrize(("next_step", "reason"), [("電話する", "訂正"), ("", "　")], ids=range(2))
def test_words_of_an_act_say_what_the_row_promises(place, writer, next_step, reason):
    known = kept(place, "act")
    given = act_row(place, replaces=known.activity_id)
    writer.execute("BEGIN")
    writer.execute(_ACT, given)
    words = (given["id"], given["office"], given["household"], next_step, reason)
    assert refused(writer, _ACT_TEXT, words) == "BS422"
    writer.execute("ROLLBACK")
    later = (known.activity_id, given["office"], given["household"], "", "")
    assert refused(writer, _ACT_TEXT, later) in (*DENIED, "23505")


@pytest.mark.parametrize(
    "changes",
    [
        {"partner": "md1"},
        {"number": "1" * 41},
        {"consent": _TOMORROW},
        {"health": _TOMORROW},
    ],
    ids=range(4),
)
def test_a_request_goes_to_hello_work_with_consent(place, writer, changes):
    assert refused(writer, _REQUEST, request_row(place, **changes)) == "BS422"


def test_what_comes_back_has_its_order(place, writer):
    request = kept(place, "request")

    def step(move="accepted", until=TODAY, day=TODAY, **changes):
        return row(
            place,
            **{"of": request.referral_id, "move": move, "until": until, "day": day, **changes},
        )

    assert refused(writer, _STEP, step("extended")) == "BS409"
    assert refused(writer, _STEP, step(day=days_ago(21))) == "BS422"
    assert refused(writer, _STEP, step(day=_TOMORROW, until=_TOMORROW)) == "BS422"
    assert refused(writer, _STEP, step(until=days_ago(1))) == "BS422"
    assert refused(writer, _STEP, step(until=None)) == "23514"
    assert refused(writer, _STEP, step(of=new_id())) in DENIED
    assert refused(writer, _STEP, step(household=place.far_id)) in DENIED
    assert refused(writer, _STEP, step(by=place.office.supervisor.staff_id)) in DENIED
    assert refused(writer, _STEP, step()) == "BS422"  # without its words
    place.desk(place.office.caseworker).referrals.note_step(a_reply(request))
    assert refused(writer, _STEP, step()) == "BS409"


def test_checks_and_ends_have_their_days(place, writer):
    job = kept(place, "job")
    of = {"of": job.spell_id}
    for changes in (
        {"months": 6},
        {"months": 1, "day": days_ago(99)},
        {"months": 1, "day": _TOMORROW},
    ):
        assert refused(writer, _CHECK, row(place, **of, **changes)) == "BS422"
    assert refused(writer, _CHECK, row(place, **of, months=2)) == "23514"
    assert refused(writer, _CHECK, row(place, of=new_id(), months=1)) in DENIED
    for day in (days_ago(101), _TOMORROW):
        assert refused(writer, _END, row(place, **of, day=day)) == "BS422"
    assert refused(writer, _END, row(place, **of)) == "BS422"  # without its words
    other = row(place, **of, months=1, by=place.office.supervisor.staff_id)
    assert refused(writer, _CHECK, other) in DENIED


def test_nothing_is_changed_or_removed(place, writer):
    everything(place)
    supervisor = place.connect(place.office.supervisor)
    open_file(supervisor, place.office.household_id)
    for connection in (writer, supervisor):
        for table in _TABLES:
            assert refused(connection, f"DELETE FROM {table}") in DENIED
            assert refused(connection, f"UPDATE {table} SET office_id = office_id") in DENIED


def test_another_office_sees_none_of_it_and_words_need_a_ticket(place):
    everything(place)
    stranger, head = place.connect(place.stranger), place.connect(place.office.head)
    for table in _TABLES:
        assert stranger.execute(f"SELECT * FROM {table}").fetchall() == []
        assert (head.execute(f"SELECT * FROM {table}").fetchall() == []) == (table in _CONTENT)
