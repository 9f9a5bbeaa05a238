"""The HTTP edge: one client that knows how long, how much and to whom."""
