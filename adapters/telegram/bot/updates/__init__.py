"""How updates come in: asked for or brought, each once, in order, by the leader alone."""
