"""What every page passes through: its security header, its language and type size, its refusals."""
