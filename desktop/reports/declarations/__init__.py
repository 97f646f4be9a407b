"""Papers of declarations: the letter that asks, and the register K-21."""
