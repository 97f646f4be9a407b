"""Papers at the counter: slips and receipts (受付票・受領証)."""
