"""What the town's and the committees' own pages read, always from the person."""
