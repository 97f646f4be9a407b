"""Readings of names in kana."""

from __future__ import annotations

from desktop.domain.errors import ValidationError
from desktop.domain.kana import is_kana, to_full_width_kana
from desktop.override import override
from desktop.views.fields.line_field import LineField


class KanaField(LineField[str]):
    """A reading (フリガナ), typed in kana of any kind and width, stored in full-width katakana."""

    @override
    def _parse(self, text: str) -> str:
        kana = to_full_width_kana(text)
        if not is_kana(kana):
            raise ValidationError(f"{self.name}はカナで入力してください。")
        return kana
