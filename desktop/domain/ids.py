"""Identities made by the client, so that a save can be repeated safely after a lost connection."""

from __future__ import annotations

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A new UUIDv7: unique without asking the server, and sortable by the time it was made."""
    return uuid_utils.compat.uuid7()
