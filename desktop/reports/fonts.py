"""The fonts of the forms: for every character or variant the first font that draws it exactly."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Lock

from desktop.reports.characters import clusters, has_ink, has_joins, needs_cleaning
from desktop.reports.font_face import FontFace
from desktop.reports.office_fonts import FALLBACK_FILE

#: Drawn for a character that no font has (げた).
GETA = "〓"
_SELECTOR_START = "\ufe00"
_MARKS = frozenset("\u3099\u309a")
_LAST_LATIN_MARK = "\u036f"


class FontRole(Enum):
    """What a face is used for on a form; emphasis inside Mincho is Gothic, as usual in Japanese print."""

    MINCHO = "BIZUDMincho-Regular.ttf"
    GOTHIC = "BIZUDGothic-Regular.ttf"
    BOLD = "BIZUDGothic-Bold.ttf"

    # Roles are keys of the innermost look-ups; the hash of Enum is computed in Python.
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class PlacedGlyph:
    """A glyph of a face and the text it stands for; `drawn` differs from `text` when no font had it exactly."""

    face: FontFace
    glyph: int
    text: str
    drawn: str


class FontSet:
    """All faces of the forms. Faces are read at first use and never change: share one set among threads."""

    def __init__(self, files: Mapping[FontRole, Path], fallbacks: Sequence[Path] = ()) -> None:
        backs = [_LazyFace(path) for path in fallbacks]
        self._chains = {role: [_LazyFace(path), *backs] for role, path in files.items()}
        self._advances = {role: _Advances(self, role) for role in files}
        self._known: dict[FontRole, set[str]] = {role: set() for role in files}
        self._plain: dict[FontRole, set[str]] = {role: set() for role in files}

    @classmethod
    def of_office(cls, fonts: Path, search: Iterable[Path]) -> FontSet:
        """The shipped fonts of a folder, and the fallback where one of the searched folders has it."""
        files = {role: fonts / role.value for role in FontRole}
        found = (path for folder in search for path in _find(folder, FALLBACK_FILE))
        first = next(found, None)
        return cls(files, [first] if first else [])

    def face(self, role: FontRole) -> FontFace:
        """The first face of a role."""
        return self._chains[role][0].face

    def advances(self, role: FontRole) -> Mapping[str, float]:
        """Width of each cluster in parts of the type size."""
        return self._advances[role]

    def measure(self, text: str, role: FontRole) -> float:
        """Width of a line of text in parts of the type size."""
        return sum(map(self._advances[role].__getitem__, clusters(text)))

    def place(self, cluster: str, role: FontRole) -> tuple[PlacedGlyph, ...]:
        """The glyphs of one cluster: one, but for letters with marks that are no character of their own; none without ink."""
        if not has_ink(cluster):
            return ()
        if len(cluster) > 1 and _is_mark(cluster[-1]):
            return (*self.place(cluster[:-1], role), *self.place(cluster[-1], role))
        return (self._place_one(cluster, role),)

    def draws(self, text: str, role: FontRole) -> bool:
        """Whether each character is plain, met before, and drawn as written; quick, and may say no too often."""
        return self._plain[role].issuperset(text)

    def missing(self, text: str, role: FontRole) -> tuple[tuple[str, str], ...]:
        """The characters of a text that no font draws as written, each with what is drawn instead."""
        known = self._known[role]
        parts = dict.fromkeys(clusters(text)) if has_joins(text) else dict.fromkeys(text)
        found: list[tuple[str, str]] = []
        for cluster in parts:
            if cluster in known or cluster == "\n":
                continue
            placed = self.place(cluster, role)
            if all(glyph.drawn == glyph.text for glyph in placed):
                known.add(cluster)
                if not needs_cleaning(cluster):
                    self._plain[role].add(cluster)
            else:
                found.append((cluster, "".join(glyph.drawn for glyph in placed)))
        return tuple(found)

    def _place_one(self, cluster: str, role: FontRole) -> PlacedGlyph:
        for wanted in dict.fromkeys((cluster, cluster[0], GETA)):
            for lazy in self._chains[role]:
                glyph = lazy.face.glyph(wanted)
                if glyph is not None:
                    return PlacedGlyph(lazy.face, glyph, cluster, wanted)
        raise LookupError(f"the fonts of {role.name} have no {GETA}")


class _LazyFace:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._face: FontFace | None = None
        self._lock = Lock()

    @property
    def face(self) -> FontFace:
        if self._face is None:
            with self._lock:
                if self._face is None:
                    self._face = FontFace(self._path)
        return self._face


class _Advances(dict[str, float]):
    """Widths by cluster, looked up in the faces the first time."""

    def __init__(self, fonts: FontSet, role: FontRole) -> None:
        super().__init__()
        self._fonts = fonts
        self._role = role

    def __missing__(self, cluster: str) -> float:
        placed = self._fonts.place(cluster, self._role)
        width = self[cluster] = sum(glyph.face.advance(glyph.glyph) for glyph in placed)
        return width


def system_font_folders(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Where Windows and Linux keep installed fonts, of the machine and of the user."""
    windows = [
        Path(environment[variable], *parts)
        for variable, parts in (
            ("WINDIR", ("Fonts",)),
            ("LOCALAPPDATA", ("Microsoft", "Windows", "Fonts")),
        )
        if environment.get(variable)
    ]
    home = environment.get("HOME")
    of_user = [Path(home, ".local", "share", "fonts"), Path(home, ".fonts")] if home else []
    return (
        *windows,
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        *of_user,
    )


def _is_mark(character: str) -> bool:
    return character in _MARKS or "\u0300" <= character <= _LAST_LATIN_MARK


def _find(folder: Path, name: str) -> list[Path]:
    matches = (
        Path(at, file) for at, _, files in os.walk(folder) for file in files if file.lower() == name
    )
    return sorted(matches)
