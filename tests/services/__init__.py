"""What both front ends do, tried without either: no Textual, no network."""
