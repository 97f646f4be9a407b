"""The texts of support policies (`resources/training/policies.toml`): issues by household type, with slots."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from desktop.resources import resource_path
from desktop.services.training.bank import Phrase, read_phrase
from desktop.services.training.cases import Case


@dataclass(frozen=True, slots=True)
class Variants:
    """Ways to say one thing; only those are used of which all that they need is known of the household."""

    texts: tuple[Phrase, ...]

    def draw(self, chance: Random, case: Case) -> str:
        """One of them with its slots filled; empty where none suits."""
        known = case.known
        usable = [phrase.text for phrase in self.texts if phrase.needs <= known]
        return usable[int(chance.random() * len(usable))].format_map(case.slots) if usable else ""

    def all(self, case: Case) -> list[str]:
        """Every one that suits, its slots filled."""
        known = case.known
        return [p.text.format_map(case.slots) for p in self.texts if p.needs <= known]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueKind:
    """What an issue of some households may be about; `keywords` find its evidence in the record."""

    types: frozenset[str]
    domain: str
    independence: str
    is_of_child: bool
    needs: frozenset[str]
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
        known, type_ = case.known, case.family.type.value
        return [kind for kind in self._issues if type_ in kind.types and kind.needs <= known]


_SAID = ("text", "fact", "cause", "wish", "strength", "result", "ended", "long", "short")


def _kind(issue: Mapping[str, Any]) -> IssueKind:
    return IssueKind(
        types=frozenset(issue["for"]),
        domain=issue["domain"],
        independence=issue["independence"],
        is_of_child=bool(issue.get("child")),
        needs=frozenset([*issue.get("needs", ()), *(["child"] if issue.get("child") else [])]),
        keywords=_variants(issue["keywords"]),
        said={name: _variants(issue[name]) for name in _SAID},
        actions=_variants(issue["actions"]),
    )


def _variants(texts: Iterable[str]) -> Variants:
    return Variants(tuple(read_phrase(text) for text in texts))
