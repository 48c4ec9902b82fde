"""``make bench``: how fast the product is, beside a limit measured in the same run.

Every figure is a ratio of two measurements on the same machine, in the same minutes: what the
product does, and the least that anybody would have to do. So it means the same everywhere.
"""
