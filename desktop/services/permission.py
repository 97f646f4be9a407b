"""The permission a use case needs, stated on the use case itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from desktop.domain.errors import NotPermittedError
from desktop.domain.roles import Permission

P = ParamSpec("P")
R = TypeVar("R")


class May(Protocol):
    """Whoever acts: a signed-in person, or the office's set-up."""

    def may(self, permission: Permission, /) -> bool:
        """Whether this act is allowed."""


class HasStaff(Protocol):
    """A service that acts for one signed-in person."""

    @property
    def staff(self) -> May:
        """Who acts."""


S = TypeVar("S", bound=HasStaff)


def needs(
    permission: Permission,
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """Refuse the use case with NotPermittedError unless a role of the person allows it."""

    def decorate(use_case: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        @wraps(use_case)
        def checked(self: S, *args: P.args, **kwargs: P.kwargs) -> R:
            if not self.staff.may(permission):
                raise NotPermittedError("この操作はあなたの職務では認められていません。")
            return use_case(self, *args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]  # read by the test that every use case states one
        return checked  # type: ignore[return-value]  # mypy loses the ParamSpec of the first argument's name

    return decorate
