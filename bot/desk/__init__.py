"""The desk: what each word, choice, edit and reaction of a person does, and the answer to it."""
