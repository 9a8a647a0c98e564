"""What mediabot is about: models, inputs, generations. No I/O, no clock, no framework."""
