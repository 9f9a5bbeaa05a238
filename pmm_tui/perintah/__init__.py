"""The commands: one module each, with `run(args, konteks) -> int`; imported by `pmm_tui.cli` only when asked for."""
