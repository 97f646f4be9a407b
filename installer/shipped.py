"""What of all that is collected goes into the bundle. Paths are with slashes, as inside the bundle."""

from __future__ import annotations

import re

#: Qt for screens we do not have (QML, databases, embedded devices), and what is not LGPL (virtual keyboard).
#: QtTest stays: the tour presses its keys with it.
_QT_LEFT_OUT = re.compile(
    r"Qt6?(Qml|Quick|VirtualKeyboard|Sql|Designer|Pdf|EglFS|Lottie|Labs|Help)"
    r"|plugins/(sqldrivers|qmltooling|qmllint|designer|egldeviceintegrations|networkinformation|generic)/"
    r"|plugins/platforms/(lib)?q(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc|direct2d)"
    r"|plugins/(imageformats/(lib)?qpdf|platformthemes/libqgtk3)|virtualkeyboard"
)
_TRANSLATION = re.compile(r"translations/.*\.qm$")
#: Qt's own texts in Japanese; the other files belong to tools such as Designer.
_OUR_TRANSLATION = re.compile(r"translations/(qt|qtbase)_ja\.qm$")
_OURS_LEFT_OUT = re.compile(r"^resources/pictures/|__pycache__|\.pyc$")


def is_shipped(path: str) -> bool:
    """Whether a collected file belongs into the bundle."""
    path = path.replace("\\", "/")
    if _TRANSLATION.search(path):
        return bool(_OUR_TRANSLATION.search(path))
    if _OURS_LEFT_OUT.search(path):
        return False
    return not ("PySide6/" in path or path.startswith("libQt6")) or not _QT_LEFT_OUT.search(path)
