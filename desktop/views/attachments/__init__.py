"""Files attached to received papers: attaching them, the watched folder, and looking at them inside the program."""
