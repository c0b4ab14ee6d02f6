"""The words people can type: declared as data, read into values of ``said.py``; forms and help."""
