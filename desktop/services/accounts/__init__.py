"""Accounts of staff: who is there, what is asked for, and what a second person decides."""

from desktop.services.accounts.service import AccountService

__all__ = ["AccountService"]
