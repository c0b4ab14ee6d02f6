"""The forms in which a document or a table is written."""
