"""The commands: one module a command word, each with `run(args, context) -> int`, imported only when it is asked for."""
