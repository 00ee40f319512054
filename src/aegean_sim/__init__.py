"""Maritime patrol and smuggling-route simulator: who is seen, who is told, and what became of every boat."""

__version__ = "0.1.0"
