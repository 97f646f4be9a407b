"""Variants of characters (異体字) on the screen: real text in, the right shape drawn."""
