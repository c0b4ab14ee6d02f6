"""What becomes of a dialogue's recommendations: handed over, answered, followed until done."""
