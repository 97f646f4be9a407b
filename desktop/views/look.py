"""Theme, zoom and font of the whole program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Template

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from desktop.resources import resource_path
from desktop.services.settings import ZOOM_STEPS, Theme
from desktop.views.tokens import TOKENS, Tokens

FAMILY = "BIZ UDPGothic"
MONOSPACED = "BIZ UDGothic"
BASE_POINTS = 12
_FACES = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf")
_OTHER_FACES = ("BIZUDGothic-Regular.ttf", "BIZUDGothic-Bold.ttf")
_MIDDLE = 127
_LENGTHS = (1, 2, 3, 4, 6, 8, 12, 16, 24)

Role = QPalette.ColorRole


class Look(QObject):
    """How the program looks: applied to the application, read by whoever paints for itself."""

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        *,
        theme: Theme = Theme.LIGHT,
        zoom: int = 100,
        every_font: bool = True,
    ) -> None:
        """Without `every_font` only what the sign-in window shows is loaded, the others on demand."""
        super().__init__(app)
        self._app = app
        self._template = Template(resource_path("style", "banso.qss").read_text(encoding="utf-8"))
        self._theme = theme
        self._zoom = zoom
        self._brushes: dict[str, QBrush] = {}
        self._families = [FAMILY]
        self._variants: Mapping[str, str] = {}
        app.setCursorFlashTime(0)
        _load_fonts(FAMILY, _FACES)
        if every_font:
            self.load_every_font()
        _translate(app)
        self._apply()

    def load_every_font(self) -> None:
        """Load what the first window could do without."""
        _load_fonts(MONOSPACED, _OTHER_FACES)

    def use_families(
        self, families: Sequence[str], variants: Mapping[str, str] | None = None
    ) -> None:
        """Fonts to look in for what the program's own has not got; `variants` as `draws` asks for them.

        By selector they are all characters whose variant is drawn.
        """
        self._families = [FAMILY, *families]
        self._variants = variants or {}
        self._app.setFont(self._font())

    def draws(self, character: str) -> bool:
        """Whether the screen draws a character, with its selector where it has one, in its own shape."""
        if len(character) > 1:
            return character[0] in self._variants.get(character[1], "")
        return QFontMetrics(self._app.font()).inFontUcs4(ord(character))

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._theme

    @property
    def zoom(self) -> int:
        """The size of everything in percent."""
        return self._zoom

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return TOKENS[self._theme]

    def set_theme(self, theme: Theme) -> None:
        """Colour everything anew."""
        self._theme = theme
        self._apply()

    def zoom_in(self) -> None:
        """The next larger size, up to 200 %."""
        self.set_zoom(next((step for step in ZOOM_STEPS if step > self._zoom), ZOOM_STEPS[-1]))

    def zoom_out(self) -> None:
        """The next smaller size, down to 100 %."""
        self.set_zoom(next((s for s in reversed(ZOOM_STEPS) if s < self._zoom), ZOOM_STEPS[0]))

    def zoom_reset(self) -> None:
        """Back to 100 %."""
        self.set_zoom(ZOOM_STEPS[0])

    def set_zoom(self, zoom: int) -> None:
        """A size of `ZOOM_STEPS`, in percent."""
        if zoom != self._zoom:
            self._zoom = zoom
            self._apply()

    def px(self, length: float) -> int:
        """A length of the 100 % layout, in pixels of the present size."""
        return max(1, round(length * self._zoom / 100))

    def brush_of(self, tone: str) -> QBrush | None:
        """The text colour of a tone ("error", "warning", "good", "muted"); None for others."""
        return self._brushes.get(tone)

    def _apply(self) -> None:
        tokens = self.tokens
        self._brushes = {
            tone: QBrush(QColor(getattr(tokens, tone)))
            for tone in ("error", "warning", "good", "muted")
        }
        # Replacing a sheet that stands costs ten times as much as taking it away first and setting the new one.
        self._app.setStyleSheet("")
        self._app.setFont(self._font())
        self._app.setPalette(_palette(tokens))
        self._app.setStyleSheet(self._style_sheet(tokens))
        self.changed.emit()

    def _font(self) -> QFont:
        font = QFont(self._families)
        font.setPointSizeF(_points(self._zoom))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def _style_sheet(self, tokens: Tokens) -> str:
        colours = {name: getattr(tokens, name) for name in Tokens.__dataclass_fields__}
        lengths = {f"px{length}": f"{self.px(length)}px" for length in _LENGTHS}
        points = {
            "small": f"{_points(self._zoom) * 0.9:.1f}pt",
            "large": f"{_points(self._zoom) * 1.25:.1f}pt",
        }
        return self._template.substitute(
            colours | lengths | points,
            icons=resource_path("icons").as_posix(),
            check=_check_icon(tokens),
        )


def _load_fonts(family: str, files: Sequence[str]) -> None:
    """Set explicitly: the system's default for Japanese may be a Mincho, or nothing at all."""
    if not QFontDatabase.hasFamily(family):
        for name in files:
            QFontDatabase.addApplicationFont(str(resource_path("fonts", name)))


def _translate(app: QApplication) -> None:
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_ja", folder):
        app.installTranslator(translator)


def _check_icon(tokens: Tokens) -> str:
    """The tick that is seen on the accent colour."""
    return "check-light" if QColor(tokens.accent_text).lightness() > _MIDDLE else "check-dark"


def _points(zoom: int) -> float:
    return BASE_POINTS * zoom / 100


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    colours = {
        Role.Window: tokens.window,
        Role.WindowText: tokens.text,
        Role.Base: tokens.surface,
        Role.AlternateBase: tokens.window,
        Role.ToolTipBase: tokens.raised,
        Role.ToolTipText: tokens.text,
        Role.Text: tokens.text,
        Role.Button: tokens.raised,
        Role.ButtonText: tokens.text,
        Role.BrightText: tokens.error,
        Role.Link: tokens.accent,
        Role.LinkVisited: tokens.accent,
        Role.Highlight: tokens.selection,
        Role.HighlightedText: tokens.selection_text,
        Role.PlaceholderText: tokens.muted,
        Role.Accent: tokens.accent,
        Role.Light: tokens.surface,
        Role.Mid: tokens.line,
        Role.Dark: tokens.strong_line,
    }
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (Role.Text, Role.WindowText, Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return palette
