"""Sensor laws and the resolver that turns tracks into contacts."""
