"""The templates, style sheet and script of a town's site."""
