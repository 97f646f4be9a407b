"""The hash that an approval stands for is the same whoever computes it, whatever the words are."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine, select

from desktop.domain.support_policies_content import policy_hash
from desktop.models.support_policies import SupportPolicyRecord
from tests.support.desk import small_office
from tests.support.policies import evidence_of, issue, recorded, written

_NASTY = '髙﨑 "引用" \\ 𠮷\n改行\tタブ　全角'


def test_server_and_program_spell_alike(engine: Engine):
    office = small_office(engine)
    desk = office.desk(office.caseworker)
    recorded(desk, office.household_id, "薬が半分残っていた。")
    evidence = evidence_of(desk, office.household_id, "半分残っていた")
    issues = (
        issue(_NASTY, evidence=(evidence, evidence), person_id=office.person_id),
        issue("二", goals=(), actions=(), result=_NASTY),
    )
    saved = desk.policies.save(
        replace(
            written(desk, office.household_id, *issues),
            situation=_NASTY,
            evaluation=_NASTY,
            grade=_NASTY.strip(),
            visits_per_year=7,
        )
    )
    draft = replace(desk.policies.draft(saved.policy_id), shown_version=0)
    desk.policies.submit(saved.policy_id, saved.version)
    with office.work() as session:
        stored = session.scalars(
            select(SupportPolicyRecord.content_hash).where(
                SupportPolicyRecord.id == saved.policy_id
            )
        ).one()
        assert stored == policy_hash(draft)
        assert session.get_one(SupportPolicyRecord, saved.policy_id).gaps == 1
