"""A screen whose buttons and forms share one strip: of them only one takes room, and each act is one call of a service."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.screen import ScreenView


class StripScreen(ScreenView):
    """`acts` holds the buttons; a subclass lays it out with the `strips` beneath its list, and says with `read_again` what is read after an act."""

    def __init__(
        self, runner: JobRunner, strips: Sequence[SmallForm], *, title: str, help_line: str
    ) -> None:
        super().__init__(runner, title=title, help_line=help_line)
        self.acts = QWidget()
        self.strips = (self.acts, *strips)
        for form in strips:
            form.left.connect(self.leave)

    @override
    def has_unsaved(self) -> bool:
        """Whether a form is open."""
        return self.form_at_hand() is not None

    def read_again(self) -> None:
        """Read what the screen shows anew."""
        self.reload()

    def form_at_hand(self) -> SmallForm | None:
        """The form that is open."""
        forms = (strip for strip in self.strips if isinstance(strip, SmallForm))
        return next((form for form in forms if not form.isHidden()), None)

    def show_strip(self, shown: QWidget) -> None:
        """Only the strip that is shown takes room."""
        for strip in self.strips:
            strip.setVisible(strip is shown)

    def leave(self) -> None:
        """Close the form: the buttons come back, and the keyboard goes where work begins."""
        self.show_strip(self.acts)
        self.focus_first()

    def act(self, act: Callable[[], object], said: str) -> None:
        """Do something, say it in the status bar, and read anew. What is refused stands at its field, or above."""
        self.run(act, lambda _: self._done(said), self._refused)

    def _done(self, said: str) -> None:
        self.messages.clear()
        self.leave()
        self.announced.emit(said)
        self.read_again()

    def _refused(self, error: UserError) -> None:
        self.messages.clear()
        form = self.form_at_hand()
        sentence = form.show_refusal(error) if form is not None else error.sentence
        if sentence:
            self.messages.show_error(sentence)
            self.read_again()
