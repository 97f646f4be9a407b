"""帳票: what is to be printed, the preview, and who printed what."""
