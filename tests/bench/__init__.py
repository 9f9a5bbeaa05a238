"""The benchmark; it is run by hand and no part of the timed suite."""
