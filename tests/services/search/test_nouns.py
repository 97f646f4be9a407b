"""Each noun that is searched, on both databases: it is found where it was written, by whoever may read it, and says where it stands."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from desktop.database.search_sources import SOURCES
from desktop.domain.approvals import Move
from desktop.domain.liaisons import BarReason
from desktop.domain.right_kinds import Visibility
from desktop.domain.rights import rights_of
from desktop.domain.roles import Permission
from desktop.domain.search import NOUN_LABELS, SearchAsked, SearchHit, SearchNoun
from desktop.models import Base
from desktop.models.households import Person
from desktop.models.support_policies import SupportPolicyRecord
from tests.services.support_policies.test_support_policies import approve
from tests.services.support_policies.test_support_policies import submitted as policy_submitted
from tests.services.test_main_job import decision, submitted
from tests.support.desk import Desk, SmallOffice, read_and_decide, small_office
from tests.support.factories import TODAY
from tests.support.liaisons import a_liaison, further
from tests.support.papers import a_paper
from tests.support.policies import issue, written


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


def hits(by: Desk, words: str, noun: SearchNoun | None = None) -> tuple[SearchHit, ...]:
    return by.search.find(SearchAsked(words=words, noun=noun)).hits


def test_every_noun_has_its_source_and_its_name():
    assert [source.noun for source in SOURCES] == list(SearchNoun) == list(NOUN_LABELS)


def test_no_source_reads_what_only_some_readers_of_a_file_may_see():
    """Whoever opens files may read every text that is searched, or the facts of a person."""
    for source in SOURCES:
        for part in source.words:
            table = Base.metadata.tables[part.table]
            seen = Visibility(table.info["visibility"])
            assert seen in {Visibility.CONTENT, Visibility.FACTS}
            assert rights_of(part.table, seen)[0].permission is Permission.OPEN_CASE_FILES


def test_a_policy_is_found_by_each_of_its_texts_once_it_is_handed_in(office, caseworker):
    caseworker.policies.save(written(caseworker, office.household_id, issue("服薬がｶﾗ回り")))
    supervisor = office.desk(office.supervisor)
    (own,) = hits(caseworker, "服薬がカラ")
    assert (own.noun, own.is_draft, own.kind_label) == (SearchNoun.POLICY, True, "援助方針")
    assert hits(supervisor, "服薬がカラ") == ()
    with office.work() as session:
        policy = session.scalars(select(SupportPolicyRecord)).one()
        policy_id, version = policy.id, policy.version
    caseworker.policies.submit(policy_id, version)
    for words in ("服薬がカラ", "薬が半分", "飲み忘れ", "毎朝薬", "残薬を数える", "残薬の数"):
        (hit,) = hits(supervisor, words)
        assert (hit.row_id, hit.is_draft, hit.author) == (
            policy_id,
            False,
            office.caseworker.name,
        )


def test_the_words_of_a_decision_are_found_and_say_which_entry_they_are_about(office, caseworker):
    given = submitted(office, caseworker, text="家賃の話をした。")
    supervisor = office.desk(office.supervisor)
    asked = decision(
        supervisor.approvals.queue()[0],
        Move.APPROVE_WITH_INSTRUCTION,
        text="次回は主治医の話も聞くこと。",
    )
    read_and_decide(supervisor, asked)
    (hit,) = hits(caseworker, "主治医", SearchNoun.INSTRUCTION)
    assert (hit.entry_id, hit.author) == (given.entry_id, office.supervisor.name)
    assert "指示" in hit.kind_label
    assert hits(office.desk(office.outsider), "主治医") == ()


def test_words_of_a_returned_policy_are_found(office, caseworker):
    policy_submitted(caseworker, office, issue())
    approve(office.desk(office.supervisor), Move.RETURN)
    (hit,) = hits(caseworker, "理由を書きました", SearchNoun.INSTRUCTION)
    assert hit.entry_id is None


def test_a_paper_is_found_by_who_brought_it_and_its_note(office, caseworker):
    given = a_paper(office.household_id, from_whom="架空 長女", note="賃貸契約の更新")
    caseworker.papers.receive(given)
    for words in ("長女", "契約の更新"):
        (hit,) = hits(caseworker, words)
        assert (hit.noun, hit.row_id, hit.kind_label) == (
            SearchNoun.PAPER,
            given.paper_id,
            "書類（給与明細）",
        )


def test_a_member_is_found_by_name_and_kana_also_the_new_ones(office, caseworker):
    (hit,) = hits(caseworker, "花子", SearchNoun.PERSON)
    assert (hit.household_id, hit.kind_label) == (office.household_id, "世帯員")
    with office.work() as session:
        session.get_one(Person, office.person_id).name = "髙﨑 花枝"
    assert hits(caseworker, "高崎 花枝", SearchNoun.PERSON) != ()
    assert hits(caseworker, "花子", SearchNoun.PERSON) == ()
    assert hits(office.desk(office.outsider), "花枝") == ()


def test_a_liaison_is_found_by_its_number_and_says_that_nobody_rings_it(office, caseworker):
    given = a_liaison(office.household_id, whom="管理課", note="家賃の相談")
    caseworker.liaisons.keep(given)
    for words in ("0721-00-0001", "０７２１００", "見本不動産", "管理課", "家賃の相談"):
        (hit,) = hits(caseworker, words)
        assert (hit.noun, hit.row_id, hit.kind_label, hit.author) == (
            SearchNoun.LIAISON,
            given.liaison_id,
            "関係先（家主・管理会社）",
            office.caseworker.name,
        )
    second = further(given, telephone="0721-00-0002", bar=BarReason.WISH)
    caseworker.liaisons.keep(second)
    assert hits(caseworker, "0721-00-0001") == ()
    (hit,) = hits(caseworker, "0721-00-0002", SearchNoun.LIAISON)
    assert (hit.row_id, hit.kind_label) == (given.liaison_id, "関係先（× 連絡しない）")
    caseworker.liaisons.keep(further(second, bar=None, reason="希望した", valid_to=TODAY))
    (hit,) = hits(caseworker, "0721-00-0002")
    assert hit.kind_label == "関係先（終わりの日あり）"
    assert hits(office.desk(office.outsider), "見本不動産") == ()


def test_a_search_is_narrowed_to_one_noun(office, caseworker):
    submitted(office, caseworker, text="契約の更新を聞いた。")
    caseworker.papers.receive(a_paper(office.household_id, note="契約の更新"))
    assert {hit.noun for hit in hits(caseworker, "契約")} == {SearchNoun.ENTRY, SearchNoun.PAPER}
    assert {hit.noun for hit in hits(caseworker, "契約", SearchNoun.PAPER)} == {SearchNoun.PAPER}
