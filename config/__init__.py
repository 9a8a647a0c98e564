"""Settings, object graph and commands: the outermost ring, which alone knows every other."""
