"""Widgets that are one node each and paint themselves line by line."""
