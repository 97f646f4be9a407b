"""A program that draws variants, and fonts made for a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from desktop.views.variants.on_screen import show_variants
from desktop.views.variants.workstation import variants_of_workstation
from tests.views.variants.fonts import KATSU, TSUJI, make_font


@pytest.fixture(scope="session")
def made():
    """The fonts of variants of a workstation where only the shipped fonts are."""
    return variants_of_workstation([])


@pytest.fixture
def drawn(qapp: QApplication, look, made):
    """The look of a program that draws variants; afterwards it does not any more."""
    show_variants(qapp, look, made)
    yield look
    qapp.setStyle("Fusion")
    look.use_families([])


@pytest.fixture
def pixels(qtbot) -> Callable[[QWidget], QImage]:
    """What a widget looks like."""

    def grab(widget: QWidget) -> QImage:
        qtbot.addWidget(widget)
        widget.show()
        QApplication.processEvents()
        return widget.grab().toImage()

    return grab


@pytest.fixture
def other_font(tmp_path: Path) -> Path:
    """An installed font with a variant that the shipped ones have not got, and with 𠮷."""
    path = tmp_path / "ipamjm.ttf"
    make_font(
        path,
        "IPAmjMincho",
        plain={"𠮷": (100, 100, 1900, 1700), KATSU[0]: (0, 0, 900, 900), "一": (0, 700, 2000, 900)},
        variants={
            f"{KATSU[0]}\U000e0110": (200, 200, 1000, 1000),
            TSUJI: (300, 300, 1100, 1100),
            "一\U000e0111": (0, 700, 2000, 900),
        },
    )
    return path
