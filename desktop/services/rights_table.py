"""The matrix of rights and the move table in words, as `banso-admin rights` prints them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.approvals import MOVES, Party
from desktop.domain.labels import APPROVAL_STATE
from desktop.domain.right_kinds import Action, Reach, Visibility
from desktop.domain.rights import rights_of
from desktop.domain.rights_guards import GUARDS
from desktop.domain.roles import ROLE_LABELS, ROLE_PERMISSIONS, Role
from desktop.models import Base
from desktop.models.base import visibility

VISIBILITY_LABELS: Mapping[Visibility, str] = {
    Visibility.OFFICE: "事務所の設定",
    Visibility.DIRECTORY: "索引",
    Visibility.FACTS: "事実",
    Visibility.CONTENT: "内容",
    Visibility.LOG: "記録簿",
}
_ACTIONS: Mapping[Action, str] = {
    Action.READ: "読む",
    Action.ADD: "足す",
    Action.CHANGE: "変える",
}
_REACHES: Mapping[Reach, str] = {
    Reach.OFFICE: "事務所全体",
    Reach.DUTY: "担当・班・個人担当・開いた世帯",
    Reach.TICKET: "閲覧票で開いた世帯",
    Reach.OWN: "本人のもの",
    Reach.IMPORT: "台帳取込の中",
}
_PARTIES: Mapping[Party, str] = {
    Party.AUTHOR: "起案した本人",
    Party.APPROVER: "決裁者",
    Party.DEPUTY: "代決者",
    Party.ABSENT_APPROVER: "代決された決裁者",
    Party.READER: "供覧を受ける人",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RightLine:
    """One right on one table. `columns` empty means all of them."""

    table: str
    visibility: str
    action: str
    reach: str
    roles: tuple[str, ...]
    columns: tuple[str, ...]
    guard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLine:
    """One move of an approval."""

    move: str
    from_states: tuple[str, ...]
    party: str
    needs_text: bool


def right_lines() -> tuple[RightLine, ...]:
    """Every right on every table, tables by name. A table without a line is reached by functions only."""
    return tuple(
        RightLine(
            table=table.name,
            visibility=VISIBILITY_LABELS[visibility(table)],
            action=_ACTIONS[right.action],
            reach=_REACHES[right.reach],
            roles=tuple(ROLE_LABELS[role] for role in right.roles),
            columns=right.columns,
            guard=GUARDS.get(table.name, "") if right.action is not Action.READ else "",
        )
        for table in sorted(Base.metadata.tables.values(), key=lambda table: table.name)
        for right in rights_of(table.name, visibility(table))
    )


def move_lines() -> tuple[MoveLine, ...]:
    """The move table."""
    return tuple(
        MoveLine(
            move=rule.label,
            from_states=tuple(APPROVAL_STATE[state] for state in sorted(rule.from_states)),
            party=_PARTIES[rule.party],
            needs_text=rule.needs_text,
        )
        for rule in MOVES.values()
    )


def permission_lines() -> dict[str, tuple[str, ...]]:
    """Label of each role → codes of what it allows."""
    return {ROLE_LABELS[role]: tuple(sorted(ROLE_PERMISSIONS[role])) for role in Role}
