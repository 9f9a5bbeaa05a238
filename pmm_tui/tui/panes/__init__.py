"""One pane for each step of the form."""
