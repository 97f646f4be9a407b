"""開示: requests, the parts of a copy with what is struck, the second look, the way to paper."""
