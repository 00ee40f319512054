"""The scenario file: models, loading, checking, overrides, fingerprint."""
