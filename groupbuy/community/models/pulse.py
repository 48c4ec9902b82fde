"""Signs of life of what must run by itself."""

from django.db import models


class Heartbeat(models.Model):
    """When something last ran (the tick, ``verify``), and what it had to say."""

    name = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%F %T}"
