"""移管: transfers of a file, and the office's list of them."""
