"""``make soak``: a town's ordinary load for as long as one likes, and whether anything grows.

The servers, the crowd and the judge are ``make chaos``'s; here nothing is broken. Every minute
is a day: residents order, look, change and cancel until it closes by itself; then it is built
and printed, and volunteers tick it off, while the next one is ordered for.
"""
