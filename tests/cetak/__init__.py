"""Documents: their blocks, and what each writer makes of them."""
