"""Maps from result folders: one run, or several beside each other, and what differs."""
