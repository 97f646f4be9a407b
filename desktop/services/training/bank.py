"""The phrase bank (`resources/training/*.toml`): scenes and sentences with slots."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from desktop.resources import resource_path

#: Slots that are filled anew for each entry; all others are facts of the household.
PASSING = frozenset(
    [
        "month",
        "next_month",
        "next_day",
        "n",
        "few",
        "bp",
        "temp",
        "yen",
        "small_yen",
        "policy_state",
        "grade",
        "reason",
        "illness_or_work",
        "place",
        "supervisor",
    ]
)
#: The sentences of a scene, in the order of a record; what was promised comes last.
SCENE_PARTS = ("facts", "words", "view", "advice", "agreed", "next", "promise")
_FILES = ("common", "desk")
_SCENES = ("elderly", "health", "family", "institution")
ALL_MONTHS = frozenset(range(1, 13))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence, or one entry with its parts: what it needs to be known, and in which months it may stand."""

    text: str
    needs: frozenset[str]
    months: frozenset[int] = ALL_MONTHS
    #: The parts of an entry, divided by ｜.
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What may come up in an interview: sentences that belong together; alone where a second matter would contradict.

    `parts` are the sentences to choose from by part, in the order of `SCENE_PARTS` without its last.
    """

    parts: tuple[tuple[str, ...], ...]
    promises: tuple[str, ...]
    months: frozenset[int]
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class _SceneSource:
    """A scene with all its phrases, before it is known what is true of a household."""

    parts: tuple[tuple[Phrase, ...], ...]
    months: frozenset[int]
    is_alone: bool


class Bank:
    """All phrases, and which of them suit a household. Read once for each run."""

    def __init__(self) -> None:
        self._groups: dict[str, tuple[Phrase, ...]] = {}
        self._scenes: list[tuple[frozenset[str], _SceneSource]] = []
        for name in _FILES:
            for group, texts in _read(f"phrases_{name}").items():
                self._groups[group] = tuple(read_phrase(text) for text in texts)
        for name in _SCENES:
            self._read_scenes(name)
        self._suitable: dict[tuple[str, frozenset[str]], tuple[Phrase, ...]] = {}
        self._suitable_scenes: dict[tuple[str, frozenset[str]], tuple[Scene, ...]] = {}

    def phrases(self, group: str, known: frozenset[str]) -> tuple[Phrase, ...]:
        """The phrases of a group that say nothing unknown about the household."""
        key = (group, known)
        if key not in self._suitable:
            self._suitable[key] = _knowable(self._groups[group], known)
        return self._suitable[key]

    def scenes(self, kind: str, known: frozenset[str]) -> tuple[Scene, ...]:
        """The scenes of a household type (or `institution`) that say nothing unknown about the household."""
        key = (kind, known)
        if key not in self._suitable_scenes:
            found = (_scene(scene, known) for kinds, scene in self._scenes if kind in kinds)
            self._suitable_scenes[key] = tuple(scene for scene in found if scene is not None)
        return self._suitable_scenes[key]

    def texts(self, group: str) -> tuple[str, ...]:
        """The bare texts of a group that has no slots."""
        return tuple(phrase.text for phrase in self._groups[group])

    def _read_scenes(self, name: str) -> None:
        content = _read(f"scenes_{name}")
        if "arrival" in content:
            self._groups[f"{name}_arrival"] = tuple(
                read_phrase(text) for text in content["arrival"]
            )
        for scene in content["scene"]:
            self._scenes.append(
                (frozenset(scene.get("for", content.get("default_for", (name,)))), _source(scene))
            )


def _read(name: str) -> dict[str, Any]:
    with resource_path("training", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def read_phrase(text: str) -> Phrase:
    """Read a phrase: `@6,7` names its months, `#tag` what must be true of the household, `{slot}` what must be known."""
    months, needs = ALL_MONTHS, set[str]()
    while text.startswith(("@", "#")):
        condition, text = text.split(" ", 1)
        if condition.startswith("@"):
            months = frozenset(int(month) for month in condition[1:].split(","))
        else:
            needs.add(condition[1:])
    slots = {name for _, name, _, _ in Formatter().parse(text) if name}
    return Phrase(text, frozenset(needs | (slots - PASSING)), months, tuple(text.split("｜")))


def _knowable(phrases: Iterable[Phrase], known: frozenset[str]) -> tuple[Phrase, ...]:
    return tuple(phrase for phrase in phrases if phrase.needs <= known)


def _source(scene: Mapping[str, Any]) -> _SceneSource:
    return _SceneSource(
        tuple(tuple(map(read_phrase, scene[part])) for part in SCENE_PARTS),
        frozenset(scene.get("months", ALL_MONTHS)),
        bool(scene.get("alone")),
    )


def _scene(scene: _SceneSource, known: frozenset[str]) -> Scene | None:
    *parts, promises = (
        tuple(phrase.text for phrase in _knowable(part, known)) for part in scene.parts
    )
    if not all(parts) or not promises:
        return None
    return Scene(tuple(parts), promises, scene.months, scene.is_alone)
