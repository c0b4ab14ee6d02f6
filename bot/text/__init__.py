"""From catalogue texts and values to a neutral document, and from there to plain words and HTML."""
