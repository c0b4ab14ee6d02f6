"""What each command of the command line does; ``bot/cli.py`` declares them."""
