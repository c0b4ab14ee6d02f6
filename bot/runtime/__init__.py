"""The running process put together: the parts, the clock, the chance."""
