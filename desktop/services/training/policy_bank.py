"""The texts of support policies (`resources/training/policies.toml`): issues by household type, with slots."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.resources import resource_path
from desktop.services.training.bank import read_phrase


class Variants:
    """Ways to say one thing; only those are used of which all that they need is known of the household."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._phrases = tuple(read_phrase(text) for text in texts)
        self._suitable: dict[frozenset[str], tuple[str, ...]] = {}

    def suitable(self, known: frozenset[str]) -> tuple[str, ...]:
        """The texts that suit a household of which so much is known, their slots still open."""
        found = self._suitable.get(known)
        if found is None:
            found = tuple(phrase.text for phrase in self._phrases if phrase.needs <= known)
            self._suitable[known] = found
        return found


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
        self.situation = Variants(content["situation"])
        self.evaluation = Variants(content["evaluation"])
        self.no_review: tuple[str, ...] = tuple(content["no_review"])
        self._issues = tuple(_kind(issue) for issue in content["issue"])

    def kinds(self, type_: str, known: frozenset[str]) -> list[IssueKind]:
        """The kinds of issue that a household of a type may have of which so much is known."""
        return [kind for kind in self._issues if type_ in kind.types and kind.needs <= known]


_SAID = ("text", "fact", "cause", "wish", "strength", "result", "ended", "long", "short")


def _kind(issue: Mapping[str, Any]) -> IssueKind:
    return IssueKind(
        types=frozenset(issue["for"]),
        domain=issue["domain"],
        independence=issue["independence"],
        is_of_child=bool(issue.get("child")),
        needs=frozenset([*issue.get("needs", ()), *(["child"] if issue.get("child") else [])]),
        keywords=Variants(issue["keywords"]),
        said={name: Variants(issue[name]) for name in _SAID},
        actions=Variants(issue["actions"]),
    )
