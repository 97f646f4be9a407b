"""Tests of the ledger import."""
