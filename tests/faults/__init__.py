"""Proofs by fault: what breaks on purpose, and what must hold all the same (docs/reliability.md)."""
