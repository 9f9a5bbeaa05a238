"""What brings data back: the daily copies, the recovery log, and rows out of a damaged file."""
