"""What has steps and waits, as SimPy processes."""
