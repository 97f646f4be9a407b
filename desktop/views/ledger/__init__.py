"""台帳取込: the ledger of the benefit system comes in."""
