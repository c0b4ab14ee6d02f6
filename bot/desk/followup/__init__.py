"""What becomes of an advice: objections to its draft, answers, and commitments."""
