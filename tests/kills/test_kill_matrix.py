"""T8: a process dies before each of its statements in turn, and nothing is half or twice."""

from pathlib import Path

import pytest

from tests.kills.matrix import matrix
from tests.kills.stories import STORIES, Story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("story", STORIES, ids=[story.name for story in STORIES])
def test_a_death_at_any_step_leaves_all_of_it_or_nothing(
    story: Story, tmp_path: Path
) -> None:
    told = matrix(story, tmp_path / "notes")
    assert told.deaths >= min(told.steps, 20) // 3
