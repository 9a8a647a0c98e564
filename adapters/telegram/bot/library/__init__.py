"""What people come back to: presets, the history, their results in any chat."""
