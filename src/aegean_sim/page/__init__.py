"""The page: one HTML file that replays a run, or shows a sweep, without any network."""
