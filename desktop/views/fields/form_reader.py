"""Reading a whole form: every error is shown at once, not one after the other."""

from __future__ import annotations

from typing import TypeVar

from desktop.domain.errors import ValidationError
from desktop.views.fields.field import Field

Value = TypeVar("Value")


class FormReader:
    """Reads fields one by one and remembers what is wrong; `finish` raises it and goes to the first such field."""

    def __init__(self) -> None:
        self._sentences: dict[str, str] = {}
        self._first_wrong: Field[object] | None = None

    def read(self, key: str, field: Field[Value]) -> Value | None:
        """Return the value of a field; None if it is empty or wrong."""
        try:
            return field.entered()
        except ValidationError as error:
            self._sentences[key] = error.sentence
            if self._first_wrong is None:
                self._first_wrong = field  # type: ignore[assignment]
            return None

    def finish(self) -> None:
        """Raise ValidationError with the sentences by key if anything was wrong; call it before using the values."""
        if self._first_wrong is not None:
            self._first_wrong.setFocus()
            raise ValidationError(**self._sentences)
