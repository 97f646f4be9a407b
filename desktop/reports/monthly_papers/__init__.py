"""Papers around monthly papers: the card that asks, and the forms that a person fills in."""
