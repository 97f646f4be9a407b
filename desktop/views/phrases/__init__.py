"""Set phrases: putting them in while typing, and keeping one's own."""
