"""The registry maintainer's tools: compare the registry with the provider's live catalogue and edit its YAML."""
