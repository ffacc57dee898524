"""A guided path for new colleagues: every station is made of what the documents say right now."""
