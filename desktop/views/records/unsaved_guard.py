"""Asked before something typed would be lost: three ways, the safe one is the default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.views.dialogs import Dialogs

_QUESTION = "保存していない内容があります。保存してから閉じますか。"


def ask_before_closing(
    parent: QWidget, on_save: Callable[[], object], on_discard: Callable[[], object]
) -> None:
    """Open the question; Esc and 戻る leave everything as it is."""
    Dialogs().ask_unsaved(parent, _QUESTION, "閉じる", on_save=on_save, on_discard=on_discard)
