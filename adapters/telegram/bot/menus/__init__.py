"""Which models a person is offered, and how they are listed."""
