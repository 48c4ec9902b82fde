"""Chunks by weight: work for every press from the start, no press too heavy, every job once."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from delivery.documents.cut import LEAST, MOST, Chunk, Job, chunks, sizes
from tests.delivery.documents.sample import building, gate, homes, pickup_list

HOMES_OF_A_BUILDING = 100


def job(key: int, buildings: int = 1) -> Job:
    rows = homes(HOMES_OF_A_BUILDING)
    some = [building(str(n), *rows) for n in range(1, buildings + 1)]
    return Job(key, "list", pickup_list(gate(*some)).with_parts("gate", "doors"))


def weight(chunk: Chunk) -> int:
    return chunk.path.stat().st_size


def keys(chunk: Chunk) -> list[int]:
    return [ticket.key for ticket in chunk.tickets]


def test_a_day_of_thirty_lists_keeps_two_presses_busy_from_the_start(
    tmp_path: Path,
) -> None:
    made = list(chunks((job(i, buildings=3) for i in range(30)), tmp_path, 2))

    assert [key for chunk in made for key in keys(chunk)] == list(range(30))
    assert [keys(chunk) for chunk in made[:2]] == [[0], [1]]
    assert len(made) >= 2 * 2
    one = weight(made[0])
    assert all(weight(chunk) < MOST + one for chunk in made)
    assert sum(map(weight, made)) / len(made) > MOST / 2, "mostly starting"


def test_twice_the_day_is_twice_the_chunks_and_not_their_weight(tmp_path: Path) -> None:
    lists, folders = [job(i) for i in range(60)], [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()

    day = list(chunks(iter(lists), folders[0], 2))
    twice = list(chunks(iter(lists * 2), folders[1], 2))

    assert len(twice) > 1.7 * len(day)
    assert max(map(weight, twice)) == pytest.approx(max(map(weight, day)), rel=0.01)


def test_a_list_too_heavy_to_share_has_a_press_of_its_own(tmp_path: Path) -> None:
    jobs = [job(0, buildings=30), job(1), job(2)]

    made = list(chunks(iter(jobs), tmp_path, 1))

    assert weight(made[0]) > MOST
    assert [keys(chunk) for chunk in made] == [[0], [1, 2]]


def test_small_lists_share_a_press(tmp_path: Path) -> None:
    small = replace(job(0).data, gates=(gate(building("1", *homes(1))),))

    (chunk,) = chunks((Job(i, "list", small) for i in range(4)), tmp_path, 2)

    assert keys(chunk) == list(range(4))
    assert weight(chunk) < LEAST


def test_jobs_are_read_only_when_their_chunk_is_asked_for(tmp_path: Path) -> None:
    read = []

    def jobs() -> Iterator[Job]:
        for i in range(10):
            read.append(i)
            yield job(i, buildings=3)

    next(chunks(jobs(), tmp_path, 2))

    assert read == [0]


def test_what_cannot_be_printed_is_a_fault_of_its_chunk(tmp_path: Path) -> None:
    jobs = [job(0), Job(1, "list", pickup_list()), job(2)]

    (chunk,) = chunks(iter(jobs), tmp_path, 2)

    assert keys(chunk) == [0, 2]
    assert [key for key, _ in chunk.faults] == [1]
    lines = chunk.path.read_bytes().splitlines()
    assert [json.loads(line)["template"] for line in lines] == ["list"] * 2
    assert chunk.tickets[1].offset == len(lines[0]) + 1


def test_chunks_grow_from_one_for_each_press_to_the_most() -> None:
    four = list(islice(sizes(4), 40))

    assert four[:5] == [LEAST] * 4 + [2 * LEAST]
    assert sorted(four) == four
    assert four[-1] == MOST
