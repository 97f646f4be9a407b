import pytest

from desktop.domain.households import HouseholdState
from desktop.domain.records import EntryOrigin, EntryState
from desktop.models.ledger import HouseholdStatePeriod, TakeOver, VisitGradePeriod
from tests.support.factories import TODAY, at, days_ago, make_entry

LONG = "居室で世帯主と面接した。膝の痛みが続き、週に一度通院していると本人から聞いた。食事は自炊している。"


def grade(watched, household, code):
    row = VisitGradePeriod(
        office_id=watched.office.id,
        household_id=household.id,
        grade=code,
        valid_from=days_ago(500),
    )
    watched.session.add(row)


def take_over(watched, household, day):
    row = TakeOver(office_id=watched.office.id, household_id=household.id, taken_over_on=day)
    watched.session.add(row)


@pytest.mark.parametrize(
    ("code", "limit"),
    [("", 120), ("A", 40), ("B", 75), ("C", 120), ("D", 190), ("E", 380), ("F", 120)],
)
def test_r01_asks_one_day_after_the_limit_of_the_grade(watched, code, limit):
    silent, near_miss = watched.household(), watched.household()
    for household, days in ((silent, limit + 1), (near_miss, limit)):
        watched.approved(household, event_on=days_ago(days))
        if code:
            grade(watched, household, code)

    (finding,) = watched.found("R01")

    assert finding.household_id == silent.id
    assert (finding.days, finding.since) == (limit + 1, days_ago(limit + 1))
    assert finding.caseworker == watched.caseworker.name
    assert finding.head_name == "試験 太郎"


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": EntryState.DRAFT},
        {"is_annulled": True, "state": EntryState.APPROVED},
        {"event_on": days_ago(-1), "state": EntryState.SUBMITTED},
    ],
)
def test_r01_is_not_silenced_by_what_is_no_entry(watched, hidden):
    household = watched.household()
    watched.approved(household, event_on=days_ago(200))
    make_entry(watched.session, household, watched.caseworker, **{"event_on": TODAY, **hidden})

    assert [f.days for f in watched.found("R01")] == [200]


def test_r01_counts_from_the_start_of_the_present_period(watched):
    household = watched.household()
    watched.approved(household, event_on=days_ago(700))
    again = HouseholdStatePeriod(
        office_id=watched.office.id,
        household_id=household.id,
        state=HouseholdState.RECEIVING,
        valid_from=days_ago(120),
    )
    watched.session.add(again)
    assert not watched.found("R01")

    again.valid_from = days_ago(121)
    assert [f.days for f in watched.found("R01")] == [121]


def test_r01_without_history_counts_from_the_take_over_and_says_so(watched):
    silent, near_miss = watched.household(), watched.household()
    take_over(watched, silent, days_ago(121))
    take_over(watched, near_miss, days_ago(120))

    (finding,) = watched.found("R01")

    assert finding.household_id == silent.id
    assert "引継ぎ日から" in finding.reason


def test_r01_with_old_records_counts_from_them(watched):
    household = watched.household()
    take_over(watched, household, days_ago(5))
    watched.approved(household, event_on=days_ago(300), origin=EntryOrigin.LEGACY)

    (finding,) = watched.found("R01")

    assert finding.days == 300
    assert "引継ぎ日" not in finding.reason


@pytest.mark.parametrize("state", [HouseholdState.CLOSED, HouseholdState.SUSPENDED])
def test_r01_leaves_households_that_receive_nothing(watched, state):
    watched.household(state=state)
    assert not watched.found("R01")


@pytest.mark.parametrize(("days", "found"), [(7, False), (8, True)])
def test_r04_asks_about_entries_written_more_than_a_week_late(watched, days, found):
    entry = watched.approved(
        watched.household(), event_on=days_ago(40), recorded_at=at(days_ago(40 - days), 23)
    )

    findings = watched.found("R04")

    assert [(f.entry_id, f.days) for f in findings] == ([(entry.id, days)] if found else [])


def test_r04_counts_days_of_the_office_not_of_greenwich(watched):
    watched.approved(watched.household(), event_on=days_ago(40), recorded_at=at(days_ago(32), 0))
    assert [f.days for f in watched.found("R04")] == [8]


def test_r04_looks_back_one_year(watched):
    household = watched.household()
    for days in (365, 366):
        watched.approved(
            household, event_on=days_ago(days + 30), recorded_at=at(days_ago(days), 12)
        )
    assert [f.since for f in watched.found("R04")] == [days_ago(365)]


def test_r04_leaves_records_of_the_former_system(watched):
    watched.approved(
        watched.household(),
        event_on=days_ago(90),
        recorded_at=at(TODAY),
        origin=EntryOrigin.LEGACY,
    )
    assert not watched.found("R04")


def test_r05_asks_about_home_visits_under_forty_characters(watched):
    household = watched.household()
    thin = watched.approved(household, event_on=days_ago(3), text="あ" * 39 + " \n　")
    watched.approved(household, event_on=days_ago(4), text="い" * 40)
    watched.approved(household, event_on=days_ago(5), text="不在。", is_home_visit=False)
    watched.approved(household, event_on=days_ago(366), text="訪問。変わりなし。")

    (finding,) = watched.found("R05")

    assert finding.entry_id == thin.id
    assert "39字" in finding.reason


PHRASES = "定期訪問を実施し、世帯主と面接した。生活状況、健康状況ともに変わりなし。特に問題なく、引き続き経過を観察する。"


def test_r05_asks_about_home_visits_that_say_only_set_phrases(watched):
    household = watched.household()
    empty = watched.approved(household, event_on=days_ago(3), text=PHRASES)
    watched.approved(household, event_on=days_ago(4), text=f"{PHRASES}冷蔵庫が故障した。")
    watched.approved(household, event_on=days_ago(5), text=PHRASES, is_home_visit=False)

    (finding,) = watched.found("R05")

    assert finding.entry_id == empty.id
    assert "決まり文句だけ" in finding.reason
    assert "字です" not in finding.reason


def test_r05_reads_the_measure_and_never_the_words(watched):
    entry = watched.approved(watched.household(), event_on=days_ago(3), text=PHRASES)
    entry.body_is_set_phrase = False
    watched.session.flush()
    assert not watched.found("R05")


def test_r05_waits_until_a_draft_is_handed_in(watched):
    make_entry(watched.session, watched.household(), watched.caseworker, text="訪問。")
    assert not watched.found("R05")


def test_r06_names_both_files_with_the_same_body(watched):
    one, other, own = watched.household(), watched.household(), watched.household()
    first = watched.approved(one, event_on=days_ago(30), text=LONG)
    second = watched.approved(other, event_on=days_ago(2), text=f" {LONG}\n")
    watched.approved(own, event_on=days_ago(9), text="電話で通院日を確認した。" * 5)
    watched.approved(own, event_on=days_ago(1), text="電話で通院日を確認した。" * 5)

    findings = {f.entry_id: f.reason for f in watched.found("R06")}

    assert findings.keys() == {first.id, second.id}
    assert f"同じ文面の記録があります（ケース番号 {other.case_number}" in findings[first.id]
    assert one.case_number in findings[second.id]


@pytest.mark.parametrize(
    ("days", "text", "found"),
    [(62, LONG, 2), (63, LONG, 0), (1, LONG[:39], 0)],
    ids=["two months", "a day longer", "too short"],
)
def test_r06_compares_two_months_and_no_short_bodies(watched, days, text, found):
    watched.approved(watched.household(), event_on=days_ago(days), text=text)
    watched.approved(watched.household(), event_on=TODAY, text=text)

    assert len(watched.found("R06")) == found


def test_r06_finds_a_body_with_a_few_words_changed(watched):
    longer = LONG * 3
    watched.approved(watched.household(), event_on=days_ago(30), text=longer)
    watched.approved(
        watched.household(), event_on=days_ago(2), text=longer.replace("一度", "二度", 1)
    )
    watched.approved(
        watched.household(),
        event_on=days_ago(2),
        text="所内で長女と面接した。求人に応募し、結果は来週わかるとのこと。収入申告書を受け取った。"
        * 3,
    )

    assert len(watched.found("R06")) == 2


def test_r06_leaves_an_annulled_entry_and_its_right_place(watched):
    watched.approved(watched.household(), event_on=TODAY, text=LONG, is_annulled=True)
    watched.approved(watched.household(), event_on=TODAY, text=LONG)

    assert not watched.found("R06")


def test_r06_names_a_phrase_used_everywhere_once_for_each(watched):
    for _ in range(5):
        watched.approved(watched.household(), event_on=TODAY, text=LONG)

    findings = watched.found("R06")

    assert len(findings) == 5
    assert sum("ほか3件" in f.reason for f in findings) == 1
    assert {f.severity for f in findings} == {3}
