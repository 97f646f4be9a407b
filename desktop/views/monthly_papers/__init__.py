"""毎月の書類: the grid of a caseworker's people, receipts by one key, reasons, cards and forms."""
