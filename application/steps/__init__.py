"""The steps of GenerateMedia, and what they share while a leader carries many generations at once."""
