"""What a town plans and promises: calendar, register, tables."""
