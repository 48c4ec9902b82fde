"""A resident's phone in a story: opens pages, fills in forms, counts its screens."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.test import Client

from groupbuy.roof.simulate.phone import Form


class Phone:
    """One browser with its own cookies."""

    def __init__(self) -> None:
        self.client = Client()
        self.screens = 0

    def open(self, path: str) -> str:
        response: HttpResponse = self.client.get(path, follow=True)  # type: ignore[assignment]
        assert response.status_code == 200, (path, response.status_code)
        self.screens += 1
        return response.content.decode()

    def send(self, path: str, fields: Mapping[str, Any], status: int = 200) -> str:
        response: HttpResponse = self.client.post(path, fields, follow=True)  # type: ignore[assignment]
        assert response.status_code == status, response.content.decode()[-2000:]
        self.screens += 1
        return response.content.decode()

    def order(self, link: str, home: Mapping[str, Any], **items: int) -> str:
        """From the order form over the review to the success page, which is returned."""
        form = Form(self.open(f"{link}order/"))
        review = self.send(
            f"{link}order/", form.values | {"step": "review", **home, **items}
        )
        return self.send(f"{link}order/", Form(review).values | {"step": "place"})
