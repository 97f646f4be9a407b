"""Builds and joins everything: the only place, with `cli/`, that makes objects and knows all floors."""

from __future__ import annotations

import gc
import logging
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.domain.clock import Clock, SystemClock
from desktop.domain.errors import UserError
from desktop.domain.incident import FramesOnlyFormatter
from desktop.domain.roles import Permission
from desktop.jobs.garbage import IdleGarbage
from desktop.jobs.runner import JobRunner, Lane
from desktop.office_door import OfficeDoor
from desktop.planning.engine_form import planner_line
from desktop.resources import resource_path
from desktop.services.settings import Settings, SettingsFile, data_folder, training_url
from desktop.views.crash import CrashHandler
from desktop.views.look import Look
from desktop.views.sign_in import SignInWindow

if TYPE_CHECKING:
    from desktop.services.desk import Services
    from desktop.views.dialogs import Dialogs
    from desktop.views.reading_packs.pack_window import PackWindow
    from desktop.views.variants.variant_fonts import VariantFonts
    from desktop.views.window import MainWindow
    from desktop.views.workplace import Workplace

_LOG_BYTES = 1_000_000
_SETTLED_MS = 250


def make_application(arguments: list[str]) -> QApplication:
    """Qt's application in the style that our sheet is written for; setting it later would load all of QStyle."""
    return QApplication([*arguments, "-style", "Fusion"])


class Program(QObject):
    """The running program: sign-in window, then main window, then sign-in again or the end."""

    def __init__(
        self,
        app: QApplication,
        settings_file: SettingsFile,
        *,
        database: str = "",
        clock: Clock | None = None,
        folder: Path | None = None,
        state: QSettings | None = None,
        pack: Path | None = None,
        dialogs: Dialogs | None = None,
    ) -> None:
        """`database` overrules the settings; with `pack` that reading pack is shown and nobody signs in.

        `clock`, `folder`, `state` and `dialogs` are given by tests and the tour.
        """
        super().__init__(app)
        self._app = app
        self._settings_file = settings_file
        self._settings, self._complaint = _load(settings_file)
        self._clock = clock or SystemClock()
        self._state = state or QSettings("banso", "desk")
        folder = folder or data_folder()
        self.runner = JobRunner(self)
        self.garbage = IdleGarbage(self.runner, self)
        self.look = Look(
            app, theme=self._settings.theme, zoom=self._settings.zoom, every_font=False
        )
        self.crash = CrashHandler(self)
        self.door = OfficeDoor(
            database or self._settings.database_url or training_url(folder),
            self._clock,
            self._settings.access,
            keeping=self._settings.keeping,
            folder=folder,
        )
        self._given_pack, self._dialogs = pack, dialogs
        self.pack: PackWindow | None = None
        self.sign_in: SignInWindow | None = None
        self.window: MainWindow | None = None
        self._connect()

    def start(self) -> None:
        """Show the sign-in window, which takes keys before anything slow has begun; or the reading pack that was given."""
        if self._given_pack is not None:
            self._read_pack(self._given_pack)
            return
        offers_packs = self._settings.reading_packs
        self.sign_in = SignInWindow(self.door, self.runner, self.look, offers_packs=offers_packs)
        self.sign_in.pack_requested.connect(self._choose_pack)
        self.sign_in.signed_in.connect(self._open_desk)
        self.sign_in.given_up.connect(self._app.quit)
        self.sign_in.start()
        if self._complaint:
            self.sign_in.messages.show_warning(self._complaint)
        QTimer.singleShot(_SETTLED_MS, self, self._load_desk)

    def stop(self) -> None:
        """Finish what is under way and let the database go."""
        self.garbage.stop()
        self.runner.shutdown()
        self.door.close()

    def _connect(self) -> None:
        self._app.setApplicationName("伴走")
        self._app.setQuitOnLastWindowClosed(False)
        self.runner.crashed.connect(self.crash.show)
        self.look.changed.connect(self._save_look)

    def _load_desk(self) -> None:
        """Behind the sign-in window: what the desk needs is loaded while somebody chooses an account."""
        self.garbage.start()
        self._app.setWindowIcon(QIcon(str(resource_path("icons", "banso.svg"))))
        self.look.load_every_font()
        self.runner.run(self, _import_services, lambda _: self._import_screens(), lane=Lane.SLOW)
        self.runner.run(self, _make_variants, self._show_variants, lane=Lane.SLOW)

    def _import_screens(self, done: int = 0) -> None:
        """One at a time, so that typing goes on in between."""
        if self.sign_in is not None and done < len(_SCREENS):
            import_module(f"desktop.views.{_SCREENS[done]}")
            QTimer.singleShot(0, self, lambda: self._import_screens(done + 1))

    def _show_variants(self, made: VariantFonts) -> None:
        from desktop.views.variants.on_screen import show_variants

        show_variants(self._app, self.look, made)

    def _open_desk(self, services: Services) -> None:
        from desktop.jobs.change_bus import ChangeBus
        from desktop.reports.office_fonts import OfficeFonts
        from desktop.services.workstation.incoming import WatchedFolder
        from desktop.views.dialogs import Dialogs
        from desktop.views.printing.printer_memory import PrinterMemory
        from desktop.views.window import MainWindow
        from desktop.views.workplace import Workplace

        self.look.load_every_font()
        workplace = Workplace(
            services=services,
            runner=self.runner,
            changes=ChangeBus(self),
            look=self.look,
            dialogs=Dialogs(),
            fonts=OfficeFonts(),
            printers=PrinterMemory(self._state),
            watched=WatchedFolder(self._settings.watched_folder, self._save_watched),
        )
        self.window = MainWindow(workplace, self._state)
        self.window.closed.connect(self._desk_closed)
        self.window.start()
        self._listen(workplace, self.window)
        # What was made up to here lives as long as the window: collecting garbage need not walk through it.
        gc.freeze()
        if self.sign_in is not None:
            self.sign_in.leave()
            self.sign_in = None

    def _listen(self, workplace: Workplace, window: MainWindow) -> None:
        """Hear what other desks change, as long as the window is there."""
        from desktop.jobs.desk_news import DeskNews

        if workplace.staff.may(Permission.FIND_HOUSEHOLDS):
            listener = workplace.services.office.listener()
            DeskNews(listener.news, self.runner, workplace.changes, window).begin()
            window.destroyed.connect(listener.close)

    def _choose_pack(self) -> None:
        from desktop.domain.reading_packs import PACK_SUFFIX
        from desktop.views.dialogs import Dialogs

        if self.sign_in is not None:
            dialogs = self._dialogs or Dialogs()
            kinds = f"閲覧パック (*{PACK_SUFFIX})"
            dialogs.choose_file(self.sign_in, "開く閲覧パック", kinds, self._read_pack)

    def _read_pack(self, path: Path) -> None:
        """Show a reading pack instead of the sign-in window; no database is asked."""
        from desktop.views.dialogs import Dialogs
        from desktop.views.reading_packs.pack_window import PackWindow

        self.garbage.start()
        self.look.load_every_font()
        dialogs = self._dialogs or Dialogs()
        self.pack = PackWindow(path, self.runner, self.look, self._clock, dialogs=dialogs)
        self.pack.closed.connect(self._pack_closed)
        self.pack.start()
        if self.sign_in is not None:
            self.sign_in.hide()

    def _pack_closed(self) -> None:
        if self.pack is not None:
            self.pack.deleteLater()
            self.pack = None
        if self.sign_in is not None:
            self.sign_in.show()
        else:
            self._app.quit()

    def _desk_closed(self, signs_in_again: bool) -> None:  # noqa: FBT001 - a Qt slot
        gc.unfreeze()
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
        if signs_in_again:
            self.door.sign_out()
            self.start()
        else:
            self._app.quit()

    def _save_look(self) -> None:
        """Keep theme and zoom for the next start; writing the file is not work for the UI thread."""
        self._settings = replace(self._settings, theme=self.look.theme, zoom=self.look.zoom)
        self._save_settings()

    def _save_watched(self, folder: str) -> None:
        self._settings = replace(self._settings, watched_folder=folder)
        self._save_settings()

    def _save_settings(self) -> None:
        settings = self._settings
        self.runner.run(self, lambda: self._settings_file.save(settings), lambda _: None)


def start_logging(folder: Path) -> None:
    """Log to a small file of this user: ids, codes, exception types and frames; no names, no values."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "banso.log"
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(folder / "banso.1.log")
    handler = logging.FileHandler(log, encoding="utf-8")
    handler.setFormatter(FramesOnlyFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.info(planner_line())
    logging.getLogger("alembic").setLevel(logging.WARNING)


#: What is on screen right after Enter. Only the UI thread may import it: Qt's classes are made at their first use, and
#: a second thread that meets one half made ends the program without a word.
_SCREENS = (
    "desk.print_panel",
    "desk.desk_screen",
    "households.household_list",
    "households.case_file",
    "window",
)


def _import_services() -> None:
    import_module("desktop.office_services")


def _make_variants() -> VariantFonts:
    from desktop.views.variants.workstation import variants_of_workstation

    return variants_of_workstation()


def _load(settings_file: SettingsFile) -> tuple[Settings, str]:
    try:
        return settings_file.load(), ""
    except UserError as error:
        return Settings(), error.sentence
