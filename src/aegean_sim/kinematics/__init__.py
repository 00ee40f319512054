"""Pure arrays: legs, relative motion, roots, interception."""
