"""Which policies, and versions of them, can be laid beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from desktop.domain.support_policies import PolicyLine, PolicyVersionLine, SupportPolicy
from desktop.viewmodels.records_text import instant_text
from desktop.viewmodels.support_policies import line_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One side of a comparison: a policy in a version, and what it is called."""

    policy_id: UUID
    version: int
    title: str


def is_comparable(policy: SupportPolicy | None, lines: Sequence[PolicyLine]) -> bool:
    """Whether there is anything to lay it beside: another policy, or an earlier version of it."""
    return policy is not None and (len(lines) > 1 or policy.version > 1)


def to_compare(
    policy: SupportPolicy, lines: Sequence[PolicyLine], versions: Sequence[PolicyVersionLine]
) -> tuple[Compared, ...]:
    """Everything that can be laid beside the policy: the file's policies, and of this one each version."""
    return tuple(_to_compare(policy, lines, versions))


def first_to_compare(
    policy: SupportPolicy, choices: Sequence[Compared]
) -> tuple[Compared, Compared] | None:
    """What is compared at first, the older one first: with the policy that it follows, the one before, or its version.

    `choices` are those of `to_compare`, newest first.
    """
    places = [n for n, one in enumerate(choices) if one.policy_id == policy.policy_id]
    if not places or len(choices) < 2:  # noqa: PLR2004 - two are compared
        return None
    shown = next((n for n in places if choices[n].version == policy.version), places[0])
    followed = (n for n, one in enumerate(choices) if one.policy_id == policy.follows)
    before = next(followed, places[-1] + 1)
    if before >= len(choices):
        before = shown + 1 if shown + 1 < len(choices) else 0
    older, newer = max(before, shown), min(before, shown)
    return choices[older], choices[newer]


def _to_compare(
    policy: SupportPolicy, lines: Sequence[PolicyLine], versions: Sequence[PolicyVersionLine]
) -> Iterator[Compared]:
    for line in lines:
        title = line_title(line)
        if line.policy_id != policy.policy_id:
            yield Compared(policy_id=line.policy_id, version=line.version, title=title)
            continue
        for one in versions:
            saved = f"　第{one.version}版　{instant_text(one.saved_at)} 保存"
            yield Compared(
                policy_id=line.policy_id,
                version=one.version,
                title=title + saved if len(versions) > 1 else title,
            )
