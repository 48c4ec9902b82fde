"""The town's and the committees' own pages around the running day."""
