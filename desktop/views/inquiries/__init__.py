"""照会・調査: the section of a case file, and the register of answers (回答管理簿)."""
