"""Reports, desks, links and who may act."""
