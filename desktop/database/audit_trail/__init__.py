"""The audit trail from the administrator's side: verified, exported."""
