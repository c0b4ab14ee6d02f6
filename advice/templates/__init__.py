"""The words, the HTML template and its style sheet of what goes to the council."""
