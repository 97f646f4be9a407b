"""稼働能力の活用（法4条）: the legal finding in a household's file, apart from judging support."""
