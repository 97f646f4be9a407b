"""Every use case states the permission it needs, and refuses whoever does not hold it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import is_dataclass, replace
from typing import Any

import pytest

import desktop.services
from desktop.domain.errors import NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission

NOBODY = SignedInStaff(
    staff_id=new_id(),
    office_id=new_id(),
    office_name="架空市福祉事務所",
    name="試験",
    login="x",
    roles=frozenset(),
)


def service_classes() -> list[type]:
    """Classes of the service floor that act for a signed-in person."""
    found: dict[str, type] = {}
    for module in pkgutil.walk_packages(desktop.services.__path__, "desktop.services."):
        for name, member in inspect.getmembers(
            importlib.import_module(module.name), inspect.isclass
        ):
            acts = is_dataclass(member) and {"work", "staff"} <= set(member.__dataclass_fields__)
            if acts and member.__module__.startswith("desktop.services"):
                found[name] = member
    return list(found.values())


def use_cases() -> list[tuple[type, str]]:
    return [
        (service, name)
        for service in service_classes()
        for name, member in vars(service).items()
        if inspect.isfunction(member) and not name.startswith("_")
    ]


def test_there_are_services():
    assert len(service_classes()) >= 8


@pytest.mark.parametrize(
    ("service", "name"), use_cases(), ids=lambda value: getattr(value, "__name__", value)
)
def test_a_use_case_states_its_permission_and_refuses_without_it(service: type, name: str):
    use_case: Any = getattr(service, name)
    assert isinstance(use_case.permission, Permission)
    blank: Any = object.__new__(service)
    object.__setattr__(blank, "staff", replace(NOBODY))
    with pytest.raises(NotPermittedError):
        use_case(blank)
