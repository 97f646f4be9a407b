"""What a search is narrowed by: one row of fields that flows."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from desktop.domain.clock import Clock
from desktop.domain.era import DateStyle
from desktop.domain.search import NOUN_LABELS, SearchAsked, SearchChoices, SearchNoun
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.widgets import named

_NUMBER = 8


class SearchFields(FlowingRow):
    """`edited` tells that somebody changed what narrows; showing a search tells nothing."""

    edited = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        nouns = [Choice(code=noun, label=label) for noun, label in NOUN_LABELS.items()]
        self.noun = named(ChoiceField("何を探すか", nouns), "search_noun")
        self.kind = named(ChoiceField("記録の種別", ()), "search_kind")
        self.author = named(ChoiceField("記入者", ()), "search_author")
        self.number = named(TextField("ケース番号", characters=_NUMBER), "search_number")
        self.first = DateField("いつから", today=clock.today, style=DateStyle.SHORT)
        self.last = DateField("いつまで", today=clock.today, style=DateStyle.SHORT)
        self.widened = named(QCheckBox("言い換えでも探す(&S)"), "search_widened")
        self.widened.setChecked(True)
        for label, field in (
            ("何を(&O)", self.noun),
            ("記録の種別(&K)", self.kind),
            ("記入者(&W)", self.author),
            ("ケース番号(&N)", self.number),
            ("いつから(&B)", self.first),
            ("いつまで(&E)", self.last),
        ):
            self.add(form_row(label, field))
            field.edited.connect(self.edited)
        self.add(self.widened)
        self.widened.clicked.connect(lambda *_: self.edited.emit())

    def offer(self, choices: SearchChoices) -> None:
        """Offer the kinds of entries, and who may have written them."""
        self.kind.set_choices([Choice(code=c, label=label) for c, label in choices.kinds])
        self.author.set_choices([Choice(code=str(i), label=name) for i, name in choices.authors])

    def read(self, words: str) -> SearchAsked:
        """The words, narrowed as the fields say. Raises ValidationError where a field is wrong."""
        reader = FormReader()
        noun, kind = reader.read("noun", self.noun), reader.read("kind", self.kind)
        author = reader.read("author", self.author)
        number = reader.read("case_number", self.number)
        first, last = reader.read("first", self.first), reader.read("last", self.last)
        reader.finish()
        return SearchAsked(
            words=words,
            noun=SearchNoun(noun) if noun else None,
            kind=kind,
            author_id=UUID(author) if author else None,
            case_number=number or "",
            first=first,
            last=last,
            is_widened=self.widened.isChecked(),
        )

    def show_asked(self, asked: SearchAsked) -> None:
        """Show what a search is narrowed by."""
        self.noun.show_value(asked.noun)
        self.kind.show_value(asked.kind)
        self.author.show_value(str(asked.author_id) if asked.author_id else None)
        self.number.show_value(asked.case_number or None)
        self.first.show_value(asked.first)
        self.last.show_value(asked.last)
        self.widened.setChecked(asked.is_widened)
