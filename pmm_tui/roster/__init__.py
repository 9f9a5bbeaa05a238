"""The roster: reading the school's teachers in from a Dapodik file, and comparing them with those that are stored."""
