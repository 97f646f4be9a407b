"""The forms of a saved search: a new one with its purpose and last day, and more time for one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from desktop.domain.clock import Clock
from desktop.domain.era import DateStyle, format_date
from desktop.domain.ids import new_id
from desktop.domain.saved_searches import (
    LONGEST_NAME,
    LONGEST_PURPOSE,
    SavedExtension,
    SavedSearch,
    SavedSearchInput,
)
from desktop.domain.search import SearchAsked
from desktop.override import override
from desktop.viewmodels.saved_searches import asked_text
from desktop.views.activities.act_form import ActForm
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField

_PURPOSE = "目的（何のために探すか）"
_NEW = (
    "探すもの：{asked}。保存されるのは探し方だけで、読めるのは本人だけです。"
    "見つかったものは、開くたびに新しく探します。期限は{latest}まで選べます。"
)
_LONGER = "「{name}」を延ばすには、目的をあらためて書きます。期限は{latest}まで選べます。"


class SavedForm(ActForm):
    """`acted` carries a SavedSearchInput."""

    def __init__(self, clock: Clock) -> None:
        super().__init__("saved_form", "この検索を保存", "保存する")
        self._search_id: UUID = new_id()
        self._asked: SearchAsked | None = None
        self.name = TextField("名前", required=True, longest=LONGEST_NAME)
        self.purpose = TextField(_PURPOSE, required=True, longest=LONGEST_PURPOSE)
        self.until = DateField("期限", required=True, today=clock.today, style=DateStyle.SHORT)
        self.put("name", "名前(&N)", self.name)
        self.put("purpose", f"{_PURPOSE}(&P)", self.purpose)
        self.put("valid_until", "期限(&U)", self.until)

    def begin(self, asked: SearchAsked, latest: date) -> None:
        """Stand ready to save what is asked; the words name it until another name is typed."""
        self.clear()
        self._search_id, self._asked = new_id(), asked
        self.name.show_value(asked.words.strip()[:LONGEST_NAME])
        self.until.show_value(latest)
        self.what.say(_NEW.format(asked=asked_text(asked), latest=format_date(latest)))
        self.ready(self.purpose)

    @override
    def given(self, reader: FormReader) -> SavedSearchInput | None:
        name, purpose = reader.read("name", self.name), reader.read("purpose", self.purpose)
        until = reader.read("valid_until", self.until)
        if self._asked is None or name is None or purpose is None:
            return None
        return SavedSearchInput(
            search_id=self._search_id,
            name=name,
            purpose=purpose,
            valid_until=until,
            asked=self._asked,
        )


class LongerForm(ActForm):
    """`acted` carries a SavedExtension."""

    def __init__(self, clock: Clock) -> None:
        super().__init__("longer_form", "保存した検索を延ばす", "延ばす")
        self._search_id: UUID = new_id()
        self.purpose = TextField(_PURPOSE, required=True, longest=LONGEST_PURPOSE)
        self.until = DateField("期限", required=True, today=clock.today, style=DateStyle.SHORT)
        self.put("purpose", f"{_PURPOSE}(&P)", self.purpose)
        self.put("valid_until", "期限(&U)", self.until)

    def begin(self, saved: SavedSearch, latest: date) -> None:
        """Stand ready to give it more time; the old purpose is not taken over."""
        self.clear()
        self._search_id = saved.search_id
        self.until.show_value(latest)
        self.what.say(_LONGER.format(name=saved.name, latest=format_date(latest)))
        self.ready(self.purpose)

    @override
    def given(self, reader: FormReader) -> SavedExtension | None:
        purpose, until = (
            reader.read("purpose", self.purpose),
            reader.read("valid_until", self.until),
        )
        if purpose is None:
            return None
        return SavedExtension(search_id=self._search_id, purpose=purpose, valid_until=until)
