"""Papers of inquiries (K-19): the letter that asks, and the register of answers."""
