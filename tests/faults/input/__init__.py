"""What comes from outside (issue 3, points 6 to 8): bad input, words that attack, and what must not leave."""
