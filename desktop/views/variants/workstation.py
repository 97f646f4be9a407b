"""The fonts of variants of this workstation."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop.reports.office_fonts import FALLBACK_FILE, system_font_folders
from desktop.resources import resource_path
from desktop.views.variants.variant_fonts import VariantFonts, make_variant_fonts

#: By style the screen's own font, and its fixed-width sister of the same design, which has more variants.
_SHIPPED = {
    "Regular": ("BIZUDPGothic-Regular.ttf", "BIZUDGothic-Regular.ttf"),
    "Bold": ("BIZUDPGothic-Bold.ttf", "BIZUDGothic-Bold.ttf"),
}


def variants_of_workstation(folders: Iterable[Path] | None = None) -> VariantFonts:
    """Make the fonts from the shipped ones, and from 文字情報基盤 Mincho where it is installed.

    Reads files: for a job, never for the UI thread. `folders` are searched for the installed font.
    """
    searched = system_font_folders() if folders is None else folders
    installed = next((file for folder in searched for file in _files(folder)), None)
    styles = {
        style: [resource_path("fonts", name) for name in names] for style, names in _SHIPPED.items()
    }
    return make_variant_fonts(styles, [installed] if installed else [])


def _files(folder: Path) -> Iterator[Path]:
    for at, _, names in os.walk(folder):
        yield from (Path(at, name) for name in sorted(names) if name.lower() == FALLBACK_FILE)
