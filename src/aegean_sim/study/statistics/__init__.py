"""Statistics: intervals, several comparisons, the best of several, and when there are runs enough."""
