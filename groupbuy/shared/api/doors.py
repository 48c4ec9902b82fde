"""What every door is: a class with one short method for each HTTP method it takes.

Classes, not the functions that pages are: that is where DRF and the OpenAPI file look for the
token, and where several methods of one address share it.
"""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class Door(APIView):
    """Says nothing to OPTIONS: the OpenAPI file tells it better."""

    http_method_names = ["get", "head", "post", "put", "delete"]


class PrivateDoor(Door):
    """Answers are somebody's own: no cache may keep them."""

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response["Cache-Control"] = "no-store"
        return super().finalize_response(request, response, *args, **kwargs)
