"""引継票: one page a household for whoever looks after it from now on."""
