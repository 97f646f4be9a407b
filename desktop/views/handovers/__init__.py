"""担当替え: plan it, take it back, confirm household by household, follow it up."""
