"""The kill matrix: one story, killed before each of its steps in turn, each in its own town."""

import os
from dataclasses import dataclass
from pathlib import Path

from groupbuy.roof.tick import tick_days
from groupbuy.roof.verify import RULES, verify
from tests.kills.killing import NEVER, killed_at
from tests.kills.stories import Story
from tests.kills.world import LATER, Books, World, books

SHORT = 25  # steps; of a longer story every third is killed, unless KILLS=all
THIRD = 3
CLOCKWORKS = {"heartbeat_is_fresh", "due_days_are_closed"}  # it comes when it is called
BEATLESS = tuple(rule for rule in RULES if rule.name not in CLOCKWORKS)
UNFINISHED = {"called_off_is_void", "called_off_leaves_orders"}  # the next tick's


class Half(AssertionError):  # noqa: N818 - what the matrix looks for
    """A death left half of an effect behind, none, or two of them."""


@dataclass
class Told:
    """How often the story died, and how many steps it has when it lives."""

    deaths: int
    steps: int


def matrix(story: Story, notes: Path) -> Told:
    """Raises Half for the first step whose death leaves the books wrong.

    First every death with its look at the books and its person's second try, then the
    clockwork comes round twice for all these towns together.
    """
    (whole, before, after), steps = unharmed(story, notes)
    worlds: dict[str, World] = {}
    deaths = 0
    for n in every(steps):
        where = f"{story.name}, step {n} of {steps}"
        worlds[where] = world = story.begin()
        died, *_ = killed_at(n, lambda w=world: story.act(w), notes)
        deaths += died
        right_after(story, books(world), before, after, where)
        try_again(story, world)
        if not died:
            break
    for _ in range(2):
        assert tick_days(now=LATER).failed == []
    if wrong := broken():
        raise Half(f"{story.name}: after two ticks: {wrong}")
    in_the_end(story, whole, worlds)
    return Told(deaths, steps)


def unharmed(story: Story, notes: Path) -> tuple[tuple[World, Books, Books], int]:
    """What it is all measured by: a town in which nobody died."""
    world = story.begin()
    before = books(world)
    died, steps, _ = killed_at(NEVER, lambda: story.act(world), notes)
    after = books(world)
    assert not died
    assert after != before, f"{story.name} does nothing"
    try_again(story, world)
    return (world, before, after), steps


def every(steps: int) -> range:
    """Up to and with the reply; the last death is always the lost reply."""
    thinned = steps > SHORT and os.environ.get("KILLS") != "all"
    step = THIRD if thinned else 1
    return range(steps % step or step, steps + 1, step)


def right_after(
    story: Story, now: Books, before: Books, after: Books, where: str
) -> None:
    if not story.whole(before, now, after):
        raise Half(f"{where}: half done: {difference(before, now)}")
    if wrong := broken(*UNFINISHED):
        raise Half(f"{where}: right after: {wrong}")


def try_again(story: Story, world: World) -> None:
    if story.again:
        story.again(world)


def in_the_end(story: Story, whole: World, worlds: dict[str, World]) -> None:
    final = books(whole)
    for where, world in worlds.items():
        found = forgive(story, books(world), final)
        if wrong := difference(final, found):
            raise Half(f"{where}: in the end: {wrong}")


def forgive(story: Story, found: Books, final: Books) -> Books:
    """A try that was not needed may stand in the log once more, or once less."""
    log = {
        verb: final["log"][verb] if verb in story.repeats else count
        for verb, count in found["log"].items()
    }
    return found | {"log": log}


def broken(*unfinished: str) -> list[str]:
    rules = tuple(rule for rule in BEATLESS if rule.name not in unfinished)
    return [f"{f.rule} {f.ids}" for f in verify(now=LATER, rules=rules).broken]


def difference(was: Books, now: Books) -> str:
    """Which parts of the books differ, for the one who reads the failure."""
    parts = [part for part in was if was[part] != now[part]]
    return "; ".join(f"{part}: {was[part]} / {now[part]}" for part in parts)
