"""What a right is: a table's visibility class, the action, how far it reaches, and the permission it takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.roles import Permission, Role, roles_with


class Visibility(StrEnum):
    """Who may read a table (DESIGN section 4); policies, grants and audit follow from it."""

    OFFICE = "office"
    DIRECTORY = "directory"
    FACTS = "facts"
    CONTENT = "content"
    LOG = "log"


class Action(StrEnum):
    """What is done with a row. Nobody ever removes one; functions write search words anew and dispose of files."""

    READ = "read"
    ADD = "add"
    CHANGE = "change"


class Reach(StrEnum):
    """Which rows a right covers.

    DUTY: own districts and team, persons in care, files a ticket opened; the whole office for office-wide roles.
    TICKET: files opened by a ticket that was committed in an earlier transaction.
    OWN: rows that name the person. IMPORT: the office's rows, during a ledger import of the same transaction.
    """

    OFFICE = "office"
    DUTY = "duty"
    TICKET = "ticket"
    OWN = "own"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """One right on one table. `permission` None means everybody; `columns` () means all of them."""

    action: Action
    reach: Reach
    permission: Permission | None = None
    columns: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that have the right."""
        return tuple(Role) if self.permission is None else roles_with(self.permission)


def add(permission: Permission, reach: Reach = Reach.TICKET) -> Right:
    """The right to add rows."""
    return Right(action=Action.ADD, reach=reach, permission=permission)


def change(permission: Permission, *columns: str, reach: Reach = Reach.TICKET) -> Right:
    """The right to change these columns."""
    return Right(action=Action.CHANGE, reach=reach, permission=permission, columns=columns)
