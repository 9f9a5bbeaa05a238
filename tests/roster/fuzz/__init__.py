"""Invented lists of teachers, as schools write them, and what a careful human would read in each of their cells."""
