"""Papers of guidance and sanction (指導指示・弁明)."""
