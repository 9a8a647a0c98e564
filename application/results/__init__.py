"""What follows a result: next steps and history."""
