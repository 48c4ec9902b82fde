"""What heads and the committee write for a whole building or list at once."""
