"""AIS: the reports that simulated units would send, as NMEA sentences in a file."""
