"""Pictures made from result folders."""
