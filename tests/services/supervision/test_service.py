import pytest

from desktop.domain.errors import NotPermittedError
from desktop.domain.roles import Role
from desktop.services.supervision import SupervisionService
from tests.support.factories import (
    CLOCK,
    days_ago,
    make_district,
    make_household,
    make_office,
    make_staff,
    signed_in,
)


def test_all_rules_explain_themselves(watched):
    staff = signed_in(watched.session, watched.supervisor)
    watched.session.commit()

    rules = SupervisionService(watched.work, CLOCK, staff).rules()

    visits = [
        "V05",
        "V06",
        "V07",
        "V08",
        "V09",
        "V11",
        "V12",
        "V13",
        "V14",
        "V15",
        "V16",
        "V21",
        "V22",
    ]
    policies = [f"P{n:02}" for n in range(1, 13)]
    records = ["R01", "R02", "R03", "R04", "R05", "R06", "R10", "R15"]
    support_plans = ["E22", "E23"]
    declarations = ["E01", "E02", "E03", "E04"]
    procedures = ["E05", "E06", "E07", "E12", "E13", "E14", "E16", "E17", "E18", "E19"]
    monthly_papers = ["E20", "E21"]
    guidance = ["E08", "E09", "E10", "E11"]
    inquiries = ["I01", "I02", "I03", "I04"]
    disclosures = ["J01"]
    transfers = ["R14", "T01", "T02"]
    visit_plans = ["V02", "V03", "V04", "V10", "V18"]
    accompanying = ["V19", "V23"]
    carry_outs = ["K01", "K02", "K03"]
    visit_grades = ["V01", "V17"]
    activities = ["S01", "S02", "S03"]
    medical = ["H01", "H02", "H03", "E15"]
    work_estimates = ["B01"]
    others = ["R12", "R16", "O01", "O04", "A01", "A02"]
    assert [rule.rule for rule in rules] == [
        *visits,
        *policies,
        *records,
        *declarations,
        *procedures,
        *monthly_papers,
        *support_plans,
        *guidance,
        *inquiries,
        *disclosures,
        *others,
        *transfers,
        *visit_plans,
        *accompanying,
        *visit_grades,
        *carry_outs,
        *activities,
        *medical,
        *work_estimates,
    ]
    assert all(rule.name and rule.basis and rule.severity in {1, 2, 3} for rule in rules)


def test_a_supervisor_sees_his_districts_and_heads_the_office(watched):
    elsewhere = make_district(watched.session, watched.office)
    foreign = make_district(watched.session, make_office(watched.session))
    here, there, _ = (
        make_household(watched.session, district=district)
        for district in (watched.district, elsewhere, foreign)
    )

    assert {f.household_id for f in watched.found("R01")} == {here.id}
    for role in (Role.SECTION_HEAD, Role.DIRECTOR):
        head = make_staff(watched.session, role, office=watched.office)
        assert {f.household_id for f in watched.found("R01", head)} == {here.id, there.id}


def test_the_worst_comes_first(watched):
    for days in (130, 140):
        watched.approved(
            watched.household(), event_on=days_ago(days), result_code="21", is_home_visit=False
        )
    for _ in range(2):
        watched.approved(watched.household(), event_on=days_ago(1), text="同じ文面" * 20)
    watched.approved(watched.household(), event_on=days_ago(1), text="短い。")

    findings = watched.seen_by(watched.supervisor)

    # None of the five has a support policy, none has ever declared anything, their district has no plan, they have no grade,
    # nobody surveyed their taxes or explained the duty to report.
    assert [f.rule for f in findings if f.rule not in {"V05", "V08"}] == [
        *(["P01", "V01"] * 5),
        "V02",
        *(["E05"] * 5),
        *("R06", "R06"),
        *(["E02", "E03", "E16"] * 5),
        *("R01", "R01", "R05"),
    ]
    assert [f.days for f in findings if f.rule == "R01"] == [140, 130]
    assert [f.severity for f in findings] == sorted((f.severity for f in findings), reverse=True)
    # Nobody was visited twice in the year, and two households have never been visited at all.
    assert [f.rule for f in findings].count("V05") == 5
    assert [f.rule for f in findings].count("V08") == 2


def test_the_watched_have_no_radar(watched):
    with pytest.raises(NotPermittedError):
        watched.seen_by(watched.caseworker)


def test_a_shielded_household_is_named_to_its_supervisor(watched):
    household = watched.household(is_shielded=True, head_name="", head_kana="")

    (finding,) = watched.found("R01")

    assert (finding.household_id, finding.head_name) == (household.id, "試験 太郎")


def test_a_supervisor_without_districts_sees_nothing_of_others(watched):
    watched.household()
    newcomer = make_staff(watched.session, Role.SUPERVISOR, office=watched.office)

    assert watched.seen_by(newcomer) == ()
