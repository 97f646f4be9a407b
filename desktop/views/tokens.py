"""The colours of the three themes, in one place. Text on its ground has a contrast of at least 4.5 : 1."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.services.settings import Theme

#: Grounds of the identity bar, under white text. A file keeps its colour, so that nobody writes into the wrong one.
IDENTITY_COLOURS = (
    "#1f5c8a",
    "#7a3e1d",
    "#2f6b3a",
    "#6a3a85",
    "#8a2f4b",
    "#1d6b6b",
    "#4f5b1a",
    "#4a4f6d",
)
IDENTITY_TEXT = "#ffffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The colours of one theme by what they are for. `*_ground` lies under the text of the same name."""

    window: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    strong_line: str
    accent: str
    accent_text: str
    focus: str
    selection: str
    selection_text: str
    error: str
    error_ground: str
    warning: str
    warning_ground: str
    good: str
    info: str
    info_ground: str
    training: str
    training_text: str


_LIGHT = Tokens(
    window="#f3f4f6",
    surface="#ffffff",
    raised="#e8ebef",
    text="#1b1f24",
    muted="#565d66",
    line="#d3d8de",
    strong_line="#8d959f",
    accent="#17568c",
    accent_text="#ffffff",
    focus="#0a66c2",
    selection="#d6e6f5",
    selection_text="#10263a",
    error="#a4161a",
    error_ground="#fdecec",
    warning="#7a4b00",
    warning_ground="#fff3d6",
    good="#1d6b3a",
    info="#17406b",
    info_ground="#e7f0fa",
    training="#a84300",
    training_text="#ffffff",
)

_DARK = Tokens(
    window="#1c1f24",
    surface="#23272d",
    raised="#2e333b",
    text="#e8eaed",
    muted="#a9b1bb",
    line="#3b414a",
    strong_line="#737c88",
    accent="#7db7ea",
    accent_text="#0c1722",
    focus="#8cc4ff",
    selection="#2d4a66",
    selection_text="#ffffff",
    error="#ffa8a3",
    error_ground="#4a2022",
    warning="#ffd480",
    warning_ground="#46350f",
    good="#8fd6a5",
    info="#b5d6f5",
    info_ground="#22384d",
    training="#b85000",
    training_text="#ffffff",
)

_CONTRAST = Tokens(
    window="#000000",
    surface="#000000",
    raised="#000000",
    text="#ffffff",
    muted="#cfcfcf",
    line="#ffffff",
    strong_line="#ffffff",
    accent="#ffff00",
    accent_text="#000000",
    focus="#ffff00",
    selection="#ffff00",
    selection_text="#000000",
    error="#ffb3b3",
    error_ground="#000000",
    warning="#ffd700",
    warning_ground="#000000",
    good="#7dff9b",
    info="#9fe8ff",
    info_ground="#000000",
    training="#ffa500",
    training_text="#000000",
)

TOKENS = {Theme.LIGHT: _LIGHT, Theme.DARK: _DARK, Theme.CONTRAST: _CONTRAST}


def identity_colour(case_number: str) -> str:
    """The colour of a file: the same on every screen, every day and every workstation."""
    return IDENTITY_COLOURS[sum(map(ord, case_number)) % len(IDENTITY_COLOURS)]
