"""A machine's key: found by its hash, as long as it has not been revoked."""

from groupbuy.community.models import AccessKey
from groupbuy.shared import tokens


def key_by_token(token: str) -> AccessKey | None:
    return (
        AccessKey.objects.filter(
            token_hash=tokens.stored(token), revoked_at__isnull=True
        )
        .select_related("town")
        .first()
    )
