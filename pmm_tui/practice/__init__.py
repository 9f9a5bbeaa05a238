"""The practice mode: an invented school and the reference server for it, in a process of its own."""
