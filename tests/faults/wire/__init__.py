"""The wire: every byte of it cut, every answer a lie, and the token where it must not be."""
