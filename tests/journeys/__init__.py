"""Journeys: the real program on a terminal, keys alone, and somebody outside who looks at what has come of it."""
