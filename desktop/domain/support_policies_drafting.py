"""What somebody who writes a support policy (援助方針) begins with."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.support_policies import Issue, PolicyInput, Standing, SupportPolicy


def as_input(policy: SupportPolicy) -> PolicyInput:
    """What is stored, to go on writing."""
    return PolicyInput(
        policy_id=policy.policy_id,
        household_id=policy.household_id,
        shown_version=policy.version,
        kind=policy.kind,
        made_on=policy.made_on,
        follows=policy.follows,
        grade=policy.grade,
        visits_per_year=policy.visits_per_year,
        situation=policy.situation,
        evaluation=policy.evaluation,
        issues=policy.issues,
    )


def carried_over(policy: SupportPolicy) -> tuple[Issue, ...]:
    """The lines that the next policy begins with: every issue that goes on, to be decided one by one."""
    return tuple(replace(i, standing=Standing.CONTINUED, result="") for i in policy.goes_on)
