from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.services.settings import Theme
from desktop.views.tokens import IDENTITY_COLOURS, IDENTITY_TEXT, TOKENS, identity_colour

PAIRS = (
    ("text", "window"),
    ("text", "surface"),
    ("text", "raised"),
    ("muted", "window"),
    ("muted", "surface"),
    ("muted", "raised"),
    ("accent_text", "accent"),
    ("selection_text", "selection"),
    ("error", "error_ground"),
    ("error", "surface"),
    ("warning", "warning_ground"),
    ("warning", "surface"),
    ("warning", "window"),
    ("warning", "raised"),
    ("good", "raised"),
    ("info", "info_ground"),
    ("training_text", "training"),
)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(theme, ink, ground):
    tokens = TOKENS[theme]
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("theme", Theme)
def test_focus_ring_stands_out(theme):
    tokens = TOKENS[theme]
    assert contrast(tokens.focus, tokens.surface) >= 3
    assert contrast(tokens.focus, tokens.window) >= 3


@pytest.mark.parametrize("ground", IDENTITY_COLOURS)
def test_identity_bar_is_readable(ground):
    assert contrast(IDENTITY_TEXT, ground) >= 4.5


def test_a_file_keeps_its_colour_and_neighbours_differ():
    assert identity_colour("00123") == identity_colour("00123")
    assert identity_colour("00123") != identity_colour("00124")


def test_zoom_grows_the_font_in_steps_up_to_twice(look, qapp: QApplication):
    sizes = [qapp.font().pointSizeF()]
    for _ in range(8):
        look.zoom_in()
        sizes.append(qapp.font().pointSizeF())
    assert sizes == sorted(sizes)
    assert sizes[-1] == 2 * sizes[0]
    assert look.zoom == 200
    look.zoom_out()
    assert look.zoom == 175


def test_widgets_grow_with_the_zoom(look, qtbot):
    button = QPushButton("保存")
    qtbot.addWidget(button)
    small = button.sizeHint()
    look.zoom_in()
    look.zoom_in()
    button.ensurePolished()
    assert button.sizeHint().height() > small.height()


def test_theme_reaches_palette_and_brushes(look, qapp: QApplication):
    look.set_theme(Theme.DARK)
    assert qapp.palette().window().color() == QColor(TOKENS[Theme.DARK].window)
    brush = look.brush_of("error")
    assert brush is not None
    assert brush.color() == QColor(TOKENS[Theme.DARK].error)
    assert look.brush_of("unknown") is None


def test_own_font_is_used_even_when_the_system_has_none(look, qapp: QApplication):
    assert QFontInfo(qapp.font()).family() == "BIZ UDPGothic"


def test_qts_own_words_are_japanese(look, qapp: QApplication):
    assert qapp.translate("QPlatformTheme", "Cancel") == "キャンセル"


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(name: str) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    colour = QColor(name)
    return (
        0.2126 * linear(colour.redF())
        + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF())
    )
