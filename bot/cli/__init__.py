"""The commands of the command line, one file per group; ``bot/cli/main.py`` declares them."""
