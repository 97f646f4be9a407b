"""The texts of support policies (`resources/training/policies.toml`): issues by household type, with slots."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random
from string import Formatter
from typing import Any

from desktop.resources import resource_path
from desktop.services.training.cases import Case


@dataclass(frozen=True, slots=True)
class Variants:
    """Ways to say one thing; only those are used whose slots the household has."""

    texts: tuple[tuple[str, frozenset[str]], ...]

    def draw(self, chance: Random, case: Case) -> str:
        """One of them with its slots filled; empty where none suits."""
        usable = [text for text, slots in self.texts if slots <= case.slots.keys()]
        return usable[int(chance.random() * len(usable))].format_map(case.slots) if usable else ""

    def all(self, case: Case) -> list[str]:
        """Every one that suits, its slots filled."""
        return [
            text.format_map(case.slots) for text, slots in self.texts if slots <= case.slots.keys()
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueKind:
    """What an issue of some households may be about; `keywords` find its evidence in the record."""

    types: frozenset[str]
    domain: str
    independence: str
    is_of_child: bool
    keywords: Variants
    said: Mapping[str, Variants]
    actions: Variants


class PolicyBank:
    """All texts of policies. Read once for each run."""

    def __init__(self) -> None:
        with resource_path("training", "policies.toml").open("rb") as file:
            content = tomllib.load(file)
        self.situation = _variants(content["situation"])
        self.evaluation = _variants(content["evaluation"])
        self._issues = tuple(_kind(issue) for issue in content["issue"])

    def kinds(self, case: Case) -> list[IssueKind]:
        """The kinds of issue that the household may have."""
        found = [kind for kind in self._issues if case.family.type.value in kind.types]
        return [k for k in found if not k.is_of_child or "child" in case.slots]


_SAID = ("text", "fact", "cause", "wish", "strength", "result", "ended", "long", "short")


def _kind(issue: Mapping[str, Any]) -> IssueKind:
    return IssueKind(
        types=frozenset(issue["for"]),
        domain=issue["domain"],
        independence=issue["independence"],
        is_of_child=bool(issue.get("child")),
        keywords=_variants(issue["keywords"]),
        said={name: _variants(issue[name]) for name in _SAID},
        actions=_variants(issue["actions"]),
    )


def _variants(texts: Iterable[str]) -> Variants:
    return Variants(
        tuple(
            (text, frozenset(name for _, name, _, _ in Formatter().parse(text) if name))
            for text in texts
        )
    )
