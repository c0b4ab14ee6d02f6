"""The rules of a dialogue, pure: state and intent give events or a refusal; events give state."""
