"""使う事業: a line each, chosen from the office's list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.participations import Programme
from desktop.override import override
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.field import Field
from desktop.views.support_policies.lines_field import LineEditor, LinesField


def programme_choices(programmes: Mapping[str, Programme]) -> list[Choice]:
    """The office's programmes; what nobody confirmed says so."""
    return [
        Choice(code=code, label=each.label if each.confirmed else f"{each.label}（未確認）")
        for code, each in sorted(programmes.items())
    ]


class ProgrammeLine(LineEditor[str]):
    """One programme."""

    def __init__(self, given: str, programmes: Mapping[str, Programme]) -> None:
        super().__init__("programme")
        choices = programme_choices(programmes)
        if given and given not in programmes:
            choices.append(Choice(code=given, label=given))
        self.programme = ChoiceField("使う事業", choices)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.programme, 1)
        row.addWidget(self.remove)
        self.programme.show_value(given or None)
        self.programme.edited.connect(self.edited)

    @override
    def fields(self) -> Sequence[Field[Any]]:
        return (self.programme,)

    @override
    def main_field(self) -> Field[str]:
        return self.programme

    @override
    def entered(self) -> str | None:
        return self.programme.entered()


class ProgrammesField(LinesField[str]):
    """Programmes of the office's list on the day."""

    def __init__(self) -> None:
        self._programmes: Mapping[str, Programme] = {}
        super().__init__(
            "使う事業",
            "事業を足す(&J)",
            blank=lambda: "",
            make=lambda given: ProgrammeLine(given, self._programmes),
        )

    def use(self, programmes: Mapping[str, Programme]) -> None:
        """Offer these."""
        self._programmes = programmes
