"""The pictures of documents."""
