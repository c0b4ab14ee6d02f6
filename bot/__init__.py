"""The running process: the only place with asyncio and threads."""
