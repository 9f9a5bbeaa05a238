"""Point 9: the reference server under attack, under load and on broken ground."""
