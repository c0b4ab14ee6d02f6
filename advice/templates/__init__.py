"""The catalogues, HTML template and style sheet of the documents."""
