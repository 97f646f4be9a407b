"""The menu bar: every command of the window with its key, so that keys can be found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop.services.settings import Theme
from desktop.views.look import Look
from desktop.views.navigation import Screen

_THEMES = {Theme.LIGHT: "明るい", Theme.DARK: "暗い", Theme.CONTRAST: "高コントラスト"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something the window can do: also offered by the palette."""

    title: str
    keys: tuple[str, ...]
    act: Callable[[], object]


def file_commands(
    *,
    find: Callable[[], object],
    consult: Callable[[], object] | None,
    instruct: Callable[[], object] | None,
    carry: Callable[[], object] | None,
    inform: Callable[[], object] | None,
    note_call: Callable[[], object] | None,
    brief: Callable[[], object] | None,
    reload: Callable[[], object],
    close_file: Callable[[], object],
    lock: Callable[[], object],
    change_password: Callable[[], object],
    sign_out: Callable[[], object],
    leave: Callable[[], object],
) -> tuple[Command, ...]:
    """Commands that concern files and the session.

    Without `consult` and `carry` for whoever writes no records, `instruct` for whoever supervises nobody, without `inform`, `note_call` and `brief` for whoever opens no files.
    """
    asking = (Command(title="相談する…", keys=("F6",), act=consult),) if consult else ()
    instructing = (
        (Command(title="指示を書く…", keys=("Ctrl+Shift+I",), act=instruct),) if instruct else ()
    )
    title = "この世帯を携行票に加える"
    carrying = (Command(title=title, keys=("Ctrl+Shift+K",), act=carry),) if carry else ()
    informing = (
        (Command(title="外部からの情報を受ける…", keys=("Ctrl+J",), act=inform),) if inform else ()
    )
    calling = (Command(title="電話メモ…", keys=("F3",), act=note_call),) if note_call else ()
    preparing = (Command(title="訪問前のまとめ", keys=("Ctrl+B",), act=brief),) if brief else ()
    return (
        Command(title="検索…", keys=("Ctrl+K", "F2"), act=find),
        *asking,
        *instructing,
        *carrying,
        *preparing,
        *informing,
        *calling,
        Command(title="最新の内容に更新", keys=("F5",), act=reload),
        Command(title="ファイルを閉じる", keys=("Ctrl+W",), act=close_file),
        Command(title="画面をロック", keys=("Ctrl+L",), act=lock),
        Command(title="パスワードの変更…", keys=(), act=change_password),
        Command(title="サインアウト", keys=(), act=sign_out),
        Command(title="終了", keys=("Ctrl+Q",), act=leave),
    )


def history_commands(
    *, record: Callable[[], object], accesses: Callable[[], object], holds: Callable[[], object]
) -> tuple[Command, ...]:
    """Commands that show what happened to the record chosen and to the file at hand, and what holds it back."""
    return (
        Command(title="記録の履歴", keys=("F7",), act=record),
        Command(title="閲覧履歴", keys=("F8",), act=accesses),
        Command(title="廃棄の保留", keys=("F9",), act=holds),
    )


def help_commands(*, show: Callable[[], object]) -> tuple[Command, ...]:
    """The command that shows the help of the place one is at."""
    return (Command(title="手引を見る", keys=("F1",), act=show),)


def view_commands(look: Look) -> tuple[Command, ...]:
    """Commands that concern size and colours."""
    sizes = (
        Command(title="拡大", keys=("Ctrl++", "Ctrl+;", "Ctrl+="), act=look.zoom_in),
        Command(title="縮小", keys=("Ctrl+-",), act=look.zoom_out),
        Command(title="標準の大きさ", keys=("Ctrl+0",), act=look.zoom_reset),
    )
    themes = tuple(
        Command(title=f"配色：{label}", keys=(), act=partial(look.set_theme, theme))
        for theme, label in _THEMES.items()
    )
    return sizes + themes


def screen_commands(
    screens: tuple[Screen, ...], show: Callable[[str], object]
) -> tuple[Command, ...]:
    """One command a screen."""
    return tuple(
        Command(title=s.title, keys=(s.shortcut,), act=partial(show, s.key)) for s in screens
    )


def add_menu(window: QMainWindow, title: str, commands: tuple[Command, ...]) -> QMenu:
    """A menu of these commands, with their keys working in the whole window."""
    menu = window.menuBar().addMenu(title)
    for command in commands:
        menu.addAction(_action(window, command))
    return menu


def tick_theme(menu: QMenu, look: Look) -> None:
    """Keep a tick at the theme in use."""
    group = QActionGroup(menu)
    actions = {a.text(): a for a in menu.actions()}
    for theme, label in _THEMES.items():
        action = group.addAction(actions[f"配色：{label}"])
        action.setCheckable(True)
        action.setChecked(look.theme is theme)


def _action(window: QMainWindow, command: Command) -> QAction:
    action = QAction(command.title, window)
    action.setShortcuts([QKeySequence(key) for key in command.keys])
    action.triggered.connect(lambda *_: command.act())
    return action
