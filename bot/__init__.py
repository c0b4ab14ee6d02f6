"""The running process: everything that uses asyncio, threads or the network."""
