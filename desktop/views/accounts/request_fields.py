"""The fields of each kind of request about a person (職員の登録, 職務, 担当, 不在と代理)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desktop.domain.accounts import (
    ASSIGNMENT_LABELS,
    LOGIN,
    LOGIN_SENTENCE,
    NAME_LENGTH,
    AbsenceSpan,
    ChangeKind,
    DistrictSpan,
    NewPerson,
    PersonRow,
    RoleSpan,
)
from desktop.domain.errors import ValidationError
from desktop.domain.office import AssignmentKind
from desktop.domain.roles import ROLE_LABELS, Role
from desktop.override import override
from desktop.viewmodels.accounts import district_text, role_text
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.kana_field import KanaField
from desktop.views.fields.text_field import TextField

_LOGIN_CHARACTERS = 14
_NAME_CHARACTERS = 14


class Requests(Protocol):
    """Takes requests; each waits for a second person."""

    def add(self, person: NewPerson) -> UUID:
        """A new person."""

    def give_role(self, login: str, span: RoleSpan) -> UUID:
        """A role."""

    def end_role(self, login: str, role: Role, last_day: date) -> UUID:
        """The end of a role."""

    def assign(self, login: str, span: DistrictSpan) -> UUID:
        """A district."""

    def end_assignment(
        self, login: str, district: str, kind: AssignmentKind, last_day: date
    ) -> UUID:
        """The end of a district."""

    def absence(self, login: str, span: AbsenceSpan) -> UUID:
        """A longer absence."""


#: A request as it was read from its fields, ready to be handed in off the UI thread.
Request = Callable[[Requests], UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMaterial:
    """What the fields offer: everybody of the office, its districts (code and name), and what day it is."""

    people: tuple[PersonRow, ...]
    districts: tuple[tuple[str, str], ...]
    today: Callable[[], date]


class RequestFields(QWidget):
    """Base of the fields of one kind; `aliases` lead from the server's field names to ours."""

    aliases: ClassVar[Mapping[str, str]] = {}

    def __init__(self, person: PersonRow | None, material: RequestMaterial) -> None:
        super().__init__()
        self._login = person.login if person is not None else ""
        self._material = material
        self.fields: dict[str, Field[Any]] = {}
        self._form = FormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)

    def request(self) -> Request:
        """What is asked for. ValidationError, shown at the fields, when something is wrong."""
        raise NotImplementedError

    def show_errors(self, errors: Mapping[str, str]) -> str:
        """Put refusals at their fields and go to the first; return those without a field here, joined."""
        by_field = {self.aliases.get(name, name): sentence for name, sentence in errors.items()}
        placed = [name for name in self.fields if name in by_field]
        for name in placed:
            self.fields[name].show_error(by_field[name])
        if placed:
            self.fields[placed[0]].setFocus()
        return "　".join(s for name, s in by_field.items() if name not in self.fields)

    def _add(self, key: str, label: str, field: Field[Any]) -> None:
        self.fields[key] = self._form.add_field(label, field)

    def _add_days(self) -> None:
        today = self._material.today
        self._add("valid_from", "いつから(&F)", DateField("いつから", today=today, required=True))
        self.fields["valid_from"].show_value(today())
        self._add("valid_to", "いつまで(&T)", DateField("いつまで", today=today))
        self.fields["valid_to"].show_note("空なら続きます")

    def _add_last_day(self) -> None:
        today = self._material.today
        self._add("valid_to", "最後の日(&T)", DateField("最後の日", today=today, required=True))
        self.fields["valid_to"].show_value(today())

    def _read(self) -> dict[str, Any]:
        reader = FormReader()
        values = {key: reader.read(key, field) for key, field in self.fields.items()}
        reader.finish()
        return values


class AddFields(RequestFields):
    """A new person with a first role and, if wanted, a district; more is asked for afterwards."""

    aliases: ClassVar[Mapping[str, str]] = {"roles": "role", "valid_from": "active_from"}

    def __init__(self, person: PersonRow | None, material: RequestMaterial) -> None:
        super().__init__(person, material)
        self._add("login", "利用者名(&U)", _LoginField("利用者名", required=True))
        for key, label, field in (
            ("name", "氏名(&N)", _name_field()),
            ("kana", "フリガナ(&K)", _kana_field()),
        ):
            self._add(key, label, field)
        today = material.today
        self._add("active_from", "いつから(&F)", DateField("いつから", today=today, required=True))
        self.fields["active_from"].show_value(today())
        self._add("role", "職務(&R)", _role_field())
        self._add("district", "地区(&D)", _district_field(material, required=False))
        self._add("kind", "担当の種類(&S)", _kind_field(required=False))

    @override
    def request(self) -> Request:
        values = self._read()
        if bool(values["district"]) is not bool(values["kind"]):
            missing = "kind" if values["district"] else "district"
            sentence = "地区と担当の種類は、両方を選ぶか両方を空にしてください。"
            self.show_errors({missing: sentence})
            raise ValidationError(**{missing: sentence})
        begins: date = values["active_from"]
        person = NewPerson(
            login=values["login"],
            name=values["name"],
            kana=values["kana"],
            active_from=begins,
            roles=(RoleSpan(role=Role(values["role"]), valid_from=begins),),
            districts=(_district(values, begins, None),) if values["district"] else (),
        )
        return lambda requests: requests.add(person)


class RoleFields(RequestFields):
    """A role from a day on."""

    def __init__(self, person: PersonRow | None, material: RequestMaterial) -> None:
        super().__init__(person, material)
        self._add("role", "職務(&R)", _role_field())
        self._add_days()

    @override
    def request(self) -> Request:
        values, login = self._read(), self._login
        span = RoleSpan(
            role=Role(values["role"]), valid_from=values["valid_from"], valid_to=values["valid_to"]
        )
        return lambda requests: requests.give_role(login, span)


class RoleEndFields(RequestFields):
    """The last day of a role that the person holds."""

    def __init__(self, person: PersonRow | None, material: RequestMaterial) -> None:
        super().__init__(person, material)
        today = material.today()
        held = person.roles if person is not None else ()
        choices = [Choice(code=span.role, label=role_text(span, today)) for span in held]
        self._add("role", "終わる職務(&R)", ChoiceField("終わる職務", choices, required=True))
        self._add_last_day()
        if len(choices) == 1:
            self.fields["role"].show_value(choices[0].code)

    @override
    def request(self) -> Request:
        values, login = self._read(), self._login
        role, last_day = Role(values["role"]), values["valid_to"]
        return lambda requests: requests.end_role(login, role, last_day)


class AssignFields(RequestFields):
    """A district from a day on."""

    def __init__(self, person: PersonRow | None, material: RequestMaterial) -> None:
        super().__init__(person, material)
        self._add("district", "地区(&D)", _district_field(material, required=True))
        self._add("kind", "担当の種類(&S)", _kind_field(required=True))
        self._add_days()

    @override
    def request(self) -> Request:
        values, login = self._read(), self._login
        span = _district(values, values["valid_from"], values["valid_to"])
        return lambda requests: requests.assign(login, span)


class AssignEndFields(RequestFields):
    """The last day of a district that the person has."""

    aliases: ClassVar[Mapping[str, str]] = {"kind": "district"}

    def __init__(self, person: PersonRow | None, material: RequestMaterial) -> None:
        super().__init__(person, material)
        today = material.today()
        held = person.districts if person is not None else ()
        self._held = {f"{number}": span for number, span in enumerate(held)}
        choices = [
            Choice(code=code, label=district_text(span, today)) for code, span in self._held.items()
        ]
        self._add("district", "終わる担当(&D)", ChoiceField("終わる担当", choices, required=True))
        self._add_last_day()
        if len(choices) == 1:
            self.fields["district"].show_value(choices[0].code)

    @override
    def request(self) -> Request:
        values, login = self._read(), self._login
        span, last_day = self._held[values["district"]], values["valid_to"]
        return lambda requests: requests.end_assignment(login, span.district, span.kind, last_day)


class AbsenceFields(RequestFields):
    """Who stands in while the person is away."""

    def __init__(self, person: PersonRow | None, material: RequestMaterial) -> None:
        super().__init__(person, material)
        others = [p for p in material.people if p.is_active and p.login != self._login]
        choices = [
            Choice(code=p.login, label=f"{p.name}（{p.login}）", kana=p.kana) for p in others
        ]
        self._add("substitute", "代理(&S)", ChoiceField("代理", choices, required=True))
        self._add_days()

    @override
    def request(self) -> Request:
        values, login = self._read(), self._login
        span = AbsenceSpan(
            substitute=values["substitute"],
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
        )
        return lambda requests: requests.absence(login, span)


FIELDS: Mapping[ChangeKind, type[RequestFields]] = {
    ChangeKind.ADD: AddFields,
    ChangeKind.ROLE: RoleFields,
    ChangeKind.ROLE_END: RoleEndFields,
    ChangeKind.ASSIGN: AssignFields,
    ChangeKind.ASSIGN_END: AssignEndFields,
    ChangeKind.ABSENCE: AbsenceFields,
}


class _LoginField(TextField):
    """A login as PostgreSQL takes it."""

    def __init__(self, name: str, *, required: bool) -> None:
        super().__init__(name, required=required, characters=_LOGIN_CHARACTERS)

    @override
    def _parse(self, text: str) -> str:
        login = super()._parse(text)
        if not LOGIN.fullmatch(login):
            raise ValidationError(LOGIN_SENTENCE)
        return login


def _name_field() -> TextField:
    return TextField("氏名", required=True, characters=_NAME_CHARACTERS, longest=NAME_LENGTH)


def _kana_field() -> KanaField:
    return KanaField("フリガナ", required=True, characters=_NAME_CHARACTERS)


def _role_field() -> ChoiceField:
    choices = [Choice(code=role, label=ROLE_LABELS[role]) for role in Role]
    return ChoiceField("職務", choices, required=True)


def _district_field(material: RequestMaterial, *, required: bool) -> ChoiceField:
    choices = [Choice(code=code, label=f"{code} {name}") for code, name in material.districts]
    return ChoiceField("地区", choices, required=required)


def _kind_field(*, required: bool) -> ChoiceField:
    choices = [Choice(code=kind, label=ASSIGNMENT_LABELS[kind]) for kind in AssignmentKind]
    return ChoiceField("担当の種類", choices, required=required)


def _district(values: Mapping[str, Any], begins: date, ends: date | None) -> DistrictSpan:
    return DistrictSpan(
        district=values["district"],
        kind=AssignmentKind(values["kind"]),
        valid_from=begins,
        valid_to=ends,
    )
