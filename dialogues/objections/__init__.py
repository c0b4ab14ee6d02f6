"""The draft of a document: what people object to in it, and how a moderator rules on that."""
