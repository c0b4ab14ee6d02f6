"""What people do with meetings in the chat, and what they are told of them."""
