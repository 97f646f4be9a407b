"""Acts of support (支援活動) in a household's file."""
