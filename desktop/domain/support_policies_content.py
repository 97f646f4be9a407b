"""The canonical content of a support policy: what an approval's hash stands for."""

from __future__ import annotations

from desktop.domain.canonical import digest
from desktop.domain.support_policies import PolicyInput


def policy_content(given: PolicyInput) -> dict[str, object]:
    """Everything a supervisor reads of a policy, lines in the order of the sheet.

    Grade and visits are left out where none is named, so that policies of before they were asked keep their hash.
    """
    planned = {"grade": given.grade, "visits_per_year": given.visits_per_year}
    return {
        **{key: str(value) for key, value in planned.items() if value is not None},
        "policy": given.policy_id,
        "household": given.household_id,
        "kind": given.kind,
        "made_on": given.made_on,
        "follows": given.follows,
        "situation": given.situation,
        "evaluation": given.evaluation,
        "issues": [
            [
                *(i.issue_id, i.person_id, i.independence, i.domain, i.text, i.fact, i.cause),
                *(i.wish, i.strength, i.standing, i.result),
            ]
            for i in given.issues
        ],
        "evidence": [
            [
                *(i.issue_id, e.entry_id, str(e.entry_version), e.segment_id),
                *(str(e.start), str(e.end), e.quote),
            ]
            for i in given.issues
            for e in i.evidence
        ],
        "goals": [
            [i.issue_id, g.goal_id, g.term, g.text, g.by_on] for i in given.issues for g in i.goals
        ],
        "actions": [
            [i.issue_id, a.action_id, a.actor, a.what, a.by_on, a.measure]
            for i in given.issues
            for a in i.actions
        ],
    }


def policy_hash(given: PolicyInput) -> str:
    """SHA-256 of the canonical content, as hexadecimal digits."""
    return digest(policy_content(given))
