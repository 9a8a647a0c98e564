"""The outside world behind the ports. Adapters know neither ``config`` nor each other."""
