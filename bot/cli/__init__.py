"""What each command of the command line does; ``bot/cli/main.py`` declares them."""
