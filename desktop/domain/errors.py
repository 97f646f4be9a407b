"""The errors a person can do something about. Anything else that is raised is a bug."""

from __future__ import annotations


class UserError(Exception):
    """A complete Japanese sentence that says what happened and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ValidationError(UserError):
    """What was entered cannot be taken; `fields` maps a field's name to the sentence shown beside it."""

    def __init__(self, sentence: str = "入力内容を確認してください。", **fields: str) -> None:
        super().__init__(sentence if not fields else next(iter(fields.values())))
        self.fields = fields


class ConflictError(UserError):
    """Somebody else stored a newer version than the one that was shown."""


class AlreadyStoredError(ConflictError):
    """A row with this client-made key is there already: an earlier try of the same save arrived after all."""


class NotPermittedError(UserError):
    """The signed-in person is not allowed to do what was asked."""


class UnavailableError(UserError):
    """The database or another service does not answer; nothing typed is lost."""


class PasswordRefusedError(UnavailableError):
    """The server answered and did not let the person in: another password, locked, or no longer a login."""


class ReasonNeededError(NotPermittedError):
    """The file lies outside the person's duty: it opens once a reason is given (電話当番, 窓口, 引継 …)."""
