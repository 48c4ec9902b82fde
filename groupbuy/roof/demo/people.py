"""A sign-in per role. Only an embedded site gets the password that everybody knows."""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from groupbuy.community.models import Building, Committee, Membership, Town, User
from groupbuy.roof.demo.files import tree
from groupbuy.shared import tokens

PASSWORD = "groupbuy-demo"  # noqa: S105 - printed on purpose, embedded only  # nosec B105


def load_people() -> None:
    """Sign-ins that are not there yet; an existing one is never touched."""
    known = set(User.objects.values_list("username", flat=True))
    new = [fact for fact in tree("people") if fact["username"] not in known]
    if not new:
        return
    hashed = make_password(password())  # once: hashing is slow on purpose
    for fact in new:
        load_person(fact, hashed)


@transaction.atomic
def load_person(fact: dict[str, Any], hashed: str) -> User:
    is_superuser = fact["role"] == "superuser"
    user = User.objects.create(
        username=fact["username"],
        password=hashed,
        is_staff=is_superuser,
        is_superuser=is_superuser,
    )
    if not is_superuser:
        town = Town.objects.get(slug=fact["town"])
        Membership.objects.create(
            user=user,
            town=town,
            role=fact["role"],
            committee=committee(town, fact),
            building=building(town, fact),
        )
    return user


def committee(town: Town, fact: dict[str, Any]) -> Committee | None:
    """The committee that a member of its staff works for; none for others."""
    if "compound" not in fact or "building" in fact:
        return None
    return Committee.objects.get(town=town, compounds__name=fact["compound"])


def building(town: Town, fact: dict[str, Any]) -> Building | None:
    """The building of a head; none for others."""
    if "building" not in fact:
        return None
    return Building.objects.get(
        compound__committee__town=town,
        compound__name=fact["compound"],
        name=fact["building"],
    )


def password() -> str:
    """In production one that follows from the secret key, so that only its owner knows it."""
    return tokens.derived("demo", "password")[:16] if settings.PRODUCTION else PASSWORD
