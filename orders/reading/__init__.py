"""Chat lines into orders, without a guess. Pure: no database, no Django, no clock."""
