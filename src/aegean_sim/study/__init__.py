"""Many runs put together."""
