"""Puts the program together: the parts, their clock and source of random bytes, and the live
bot."""
