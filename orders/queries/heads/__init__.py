"""What a building head sees of one building: its days, its homes, its orders."""
