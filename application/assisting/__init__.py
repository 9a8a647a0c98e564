"""What the provider's chat models help with: better words for a prompt, a voice as words, what a picture shows."""
