"""Where things are: frames, coasts, zones, sight and routes round land."""
