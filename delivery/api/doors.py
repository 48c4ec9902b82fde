"""What the doors for a town's machines share: the key and its scope."""

from typing import Any, cast

from rest_framework.request import Request

from groupbuy.community.models import AccessKey
from groupbuy.community.queries.keys import key_by_token
from groupbuy.community.rules import require
from groupbuy.shared.api.doors import PrivateDoor
from groupbuy.shared.api.header import HeldToken


class TownKey(HeldToken):
    """``Authorization: Key <token>``; ``request.auth`` is the AccessKey."""

    keyword = "Key"

    def opens(self, token: str) -> AccessKey | None:
        return key_by_token(token)


class KeyDoor(PrivateDoor):
    """Only for keys of ``scope``; another town's papers are simply not there."""

    authentication_classes = [TownKey]
    scope: AccessKey.Scope
    key: AccessKey

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.key = cast("AccessKey", request.auth)
        require(self.key.scope == self.scope)
