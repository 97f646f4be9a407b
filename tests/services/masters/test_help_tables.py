"""The keys of imported help: what cannot be taken, and that a key is trusted only once two people said so."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from desktop.domain.help_packages import written_key
from desktop.domain.master_tables import Master
from desktop.domain.masters import MasterInput
from desktop.models.office import Office
from desktop.services.help_cards.shelf import trusted_keys
from tests.services.masters.test_service import TOMORROW, people, refused
from tests.support.factories import TODAY
from tests.support.help_packages import KEY, OTHER_KEY, fingerprint

__all__ = ["people"]

PUBLIC = written_key(KEY.public_key().public_bytes_raw())


def given(key: str, public_key: str) -> MasterInput:
    return MasterInput(
        table=Master.HELP_KEYS.value,
        key=key,
        valid_from=TOMORROW,
        value={"label": "架空県", "public_key": public_key, "note": ""},
        source="架空県の文書第1号",
        confirmed=True,
    )


@pytest.mark.parametrize(
    ("key", "public_key"),
    [
        (fingerprint(), "x"),
        (fingerprint(), PUBLIC[:-4]),
        (fingerprint(OTHER_KEY), PUBLIC),
        ("架空県", PUBLIC),
    ],
    ids=range(4),
)
def test_a_key_must_be_one_and_that_of_its_fingerprint(people, key, public_key):
    assert "public_key" in refused(people["admin"], given(key, public_key))


def test_a_key_is_trusted_from_its_day_once_a_second_person_approved_it(engine, people):
    people["admin"].propose(given(fingerprint(), PUBLIC))
    with Session(engine) as session:
        office_id = session.query(Office.id).scalar()
        assert trusted_keys(session, office_id, TOMORROW) == ()
    (waiting,) = people["head"].rows("help_keys")
    people["head"].approve(waiting.row_id)
    with Session(engine) as session:
        assert trusted_keys(session, office_id, TODAY) == ()
        (key,) = trusted_keys(session, office_id, TOMORROW)
    assert (key.label, key.fingerprint) == ("架空県", fingerprint())
