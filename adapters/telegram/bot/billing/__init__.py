"""What people see of money in the chat."""
