"""What the office's words mean: dataclasses, enums, rules, permissions. Plain Python, no database, no Qt."""
