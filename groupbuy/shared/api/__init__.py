"""What every door for machines is made of: how it reads, answers, refuses and documents itself."""
