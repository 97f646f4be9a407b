"""What database failures mean to a person. Driver texts hold row values, so they are never shown or logged."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from desktop.domain.errors import (
    AlreadyStoredError,
    ConflictError,
    NotPermittedError,
    PasswordRefusedError,
    ReasonNeededError,
    UnavailableError,
    UserError,
    ValidationError,
)

logger = logging.getLogger(__name__)

_STALE = "ほかの人が先に更新しました。内容を確認して、もう一度操作してください。"
_UNFIT = "保存できない内容がありました。入力を確認してください。"
_CONSTRAINTS = {
    "uq_household_office_id": "このケース番号は既に使われています。",
    "uq_person_office_id": "この宛名番号は既に使われています。",
    "uq_entry_household_id": _STALE,
    "uq_approval_subject_kind": _STALE,
    "uq_support_plan_root_id": _STALE,
    "uq_joint_booking": "この職員または庁用車は、その半日にはもう同行の予約があります。別の半日か別の人を選んでください。",
    "uq_visit_preference_household_id": _STALE,
    "uq_liaison_liaison_id": _STALE,
    "uq_visit_appointment_household_id": "この世帯には、その日にもう約束した訪問があります。先の約束を取り消すか、別の日を選んでください。",
    "uq_blind_check_decision_id": _STALE,
    "uq_own_phrase": "同じ略語の定型句がもうあります。別の略語にしてください。",
    "uq_income_month_first": _STALE,
    "uq_income_month_replaces_id": _STALE,
    "uq_rule_change_tick_first": _STALE,
    "uq_rule_change_tick_replaces_id": _STALE,
    "uq_blind_check_assignment_check_id": _STALE,
    "ck_contact_has_danger_signs": "危険の兆候は、結果が不在か居留守の疑いのときにだけ付けられます。",
    "ck_master_second_person": "入力した本人は承認できません。別の職員が承認してください。",
}
_PERMISSION_DENIED = "42501"
_REFUSALS: dict[str, type[UserError]] = {
    "BS403": NotPermittedError,
    "BS409": ConflictError,
    "BS422": ValidationError,
    "BS428": ReasonNeededError,
}
_LOCKED = {"55P03", "40001", "40P01"}


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn failures of the database into sentences; what is left is a bug and goes up unchanged."""
    try:
        yield
    except StaleDataError:
        raise ConflictError(_STALE) from None
    except IntegrityError as error:
        raise _broken_rule(error) from None
    except DataError as error:
        logger.warning("a value that the database does not hold (%s)", sqlstate(error))
        raise UserError(_UNFIT) from None
    except UnicodeEncodeError:
        logger.warning("half of a sign in a text")
        raise UserError(_UNFIT) from None
    except (OperationalError, InterfaceError) as error:
        raise _unavailable(error) from None
    except DBAPIError as error:
        refusal = _refused(error)
        if refusal is not None:
            raise refusal from None
        raise


def sqlstate(error: DBAPIError) -> str:
    """The SQLSTATE, or SQLite's error name; never the message."""
    original = error.orig
    return str(
        getattr(original, "sqlstate", None) or getattr(original, "sqlite_errorname", None) or "-"
    )


def _refused(error: DBAPIError) -> UserError | None:
    """A refusal by the database's own rules. Their sentences (codes BS…) are ours and name nobody."""
    state = sqlstate(error)
    if state == _PERMISSION_DENIED:
        logger.warning("refused by a grant or policy (%s)", state)
        return NotPermittedError("この操作はデータベースの権限で認められていません。")
    if not state.startswith("BS"):
        return None
    logger.info("refused by a rule (%s)", state)
    diagnostics = error.orig.diag  # type: ignore[union-attr]  # psycopg's, as the code is ours
    sentence = str(diagnostics.message_primary)
    if state == "BS422" and diagnostics.column_name:
        return ValidationError(**{diagnostics.column_name: sentence})
    return _REFUSALS[state](sentence)


def _constraint(error: IntegrityError) -> str:
    diagnostics = getattr(error.orig, "diag", None)
    if diagnostics is not None:
        return str(diagnostics.constraint_name or "")
    # SQLite names CHECKs, but for UNIQUE only the columns: "UNIQUE constraint failed: table.a, table.b".
    text = str(error.orig)
    _, _, rest = text.partition(": ")
    first = rest.split(",")[0].strip()
    if not text.startswith("UNIQUE"):
        return rest
    return (
        f"pk_{first.removesuffix('.id')}"
        if first.endswith(".id")
        else f"uq_{first.replace('.', '_')}"
    )


def _broken_rule(error: IntegrityError) -> Exception:
    name = _constraint(error)
    logger.warning("constraint %s (%s)", name, sqlstate(error))
    if name.startswith("pk_"):
        return AlreadyStoredError(_STALE)
    sentence = next((text for start, text in _CONSTRAINTS.items() if name.startswith(start)), None)
    if sentence is None:
        return UserError(_UNFIT)
    return ConflictError(sentence) if sentence == _STALE else UserError(sentence)


def _unavailable(error: DBAPIError) -> UserError:
    state = sqlstate(error)
    logger.warning("database unavailable (%s)", state)
    if state in _LOCKED or "BUSY" in state or "LOCKED" in state:
        return UnavailableError(
            "ほかの処理が使用中です。少し待ってから、もう一度操作してください。"
        )
    sentence = "データベースに接続できません。入力中の内容はこの画面に残っています。"
    # Where no connection came about, libpq tells whether the server had asked for the password.
    if getattr(getattr(error.orig, "pgconn", None), "used_password", False):
        return PasswordRefusedError(sentence)
    return UnavailableError(sentence)
