"""No room, no connection, no right to write: words, and nothing half-written (T12)."""

import time
from pathlib import Path

from tests.chaos import apart
from tests.chaos.crowd import Day
from tests.chaos.database import Cluster
from tests.chaos.ground import Ground
from tests.chaos.row import row
from tests.chaos.rows.postgres import expect_back, expect_polite
from tests.chaos.site import Site
from tests.chaos.told import Skip, Told

DISK, LEFT = 220, 200_000  # megabytes; bytes
SHEETS, SHEETS_LEFT = 8, 100_000
LIMIT = 2  # fewer than the web's own processes and the workers need, however quick
ENDS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'groupbuy'"
)


@row("the database's disk full: 220 MB, all of it taken but 200 kB")
def disk_full(ground: Ground, told: Told) -> None:
    place = ground.folder / "small"
    (place / "data").mkdir(parents=True)
    small_disk(place / "data", DISK)
    batch = ground.town.open_day()
    ground.cluster.stop()
    try:
        cluster = ground.cluster.copy(place)
    finally:
        ground.cluster.start()
    cluster.start()
    site = ground.another_site("small-site", cluster)
    try:
        fill_and_free(ground, told, cluster, site, batch)
    finally:
        site.end()
        cluster.stop()
        apart.take_away(place / "data")


def fill_and_free(
    ground: Ground, told: Told, cluster: Cluster, site: Site, batch: object
) -> None:
    day = ground.form(batch, site)
    with ground.ordering(day, told, site) as crowd:
        time.sleep(2)
        ballast = apart.fill(cluster.data, LEFT)
        time.sleep(6)
        link = site.get(day.link).status
        ballast.unlink()
        if not cluster.is_running():
            told.note("PostgreSQL gave up and was started, as systemd would")
        cluster.start()
        freed = time.monotonic()
        time.sleep(4)
    told.note(f"the shared link said {link} meanwhile")
    expect_back(told, crowd, freed)
    expect_polite(told)
    ground.judge_by(cluster, site, [crowd], told)
    ground.crowds.remove(crowd)


@row("the sheets' disk full while they are made; freed before the next tick")
def sheets_full(ground: Ground, told: Told) -> None:
    sheets = ground.site.folder / "sheets"
    sheets.mkdir(exist_ok=True)
    small_disk(sheets, SHEETS)
    try:
        day = ground.day()
        with ground.ordering(day, told):
            time.sleep(3)
        ballast = apart.fill(sheets, SHEETS_LEFT)
        ground.shut(day)
        full = ground.site.manage("close_due")
        told.expect(full.returncode == 1, "close_due says that all is printed")
        told.expect(ground.is_built(day), "the lists were not built")
        told.note(f"close_due: {full.stderr.strip().splitlines()[-1]}")
        sql = "SELECT problem FROM delivery_paperwork WHERE batch_id = %s"
        told.expect(ground.cluster.rows(sql, [day.batch])[0][0], "nobody is told")
        ballast.unlink()
        ground.timer(told)
        expect_whole_files(ground, told, day, sheets)
    finally:
        apart.take_away(sheets)
    ground.expect_one_closing(day, told)


def expect_whole_files(ground: Ground, told: Told, day: Day, sheets: Path) -> None:
    """Each stored sheet is there, and no half of one lies beside them."""
    sql = "SELECT file FROM delivery_sheet WHERE batch_id = %s"
    stored = {name for (name,) in ground.cluster.rows(sql, [day.batch])}
    lying = {str(p.relative_to(sheets)) for p in sheets.rglob("*") if p.is_file()}
    told.expect(stored <= lying, f"{len(stored - lying)} sheets have no file")
    told.expect(lying <= stored, f"{len(lying - stored)} files are of no sheet")
    told.expect(all((sheets / n).stat().st_size for n in stored), "an empty sheet")


@row("two connections for the whole site")
def connection_limit(ground: Ground, told: Told) -> None:
    role = "ALTER ROLE groupbuy CONNECTION LIMIT {}"
    forbidden(ground, told, role.format(LIMIT) + ";" + ENDS, role.format(-1))
    expect_polite(told)


@row("the whole database may only be read, as on a stand-by server")
def database_read_only(ground: Ground, told: Told) -> None:
    role = "ALTER ROLE groupbuy {} default_transaction_read_only"
    forbidden(
        ground,
        told,
        role.format("SET") + " = on;" + ENDS,
        role.format("RESET") + ";" + ENDS,
    )
    expect_polite(told)


@row(
    "the orders' table may only be read (the right to write taken from the site's role)"
)
def table_read_only(ground: Ground, told: Told) -> None:
    right = "{} INSERT, UPDATE ON orders_order {} groupbuy"
    forbidden(ground, told, right.format("REVOKE", "FROM"), right.format("GRANT", "TO"))


def forbidden(ground: Ground, told: Told, harm: str, heal: str) -> None:
    """Orders before, during and after; meanwhile the shared link is read as ever."""
    day = ground.day()
    with ground.ordering(day, told) as crowd:
        time.sleep(1)
        ground.cluster.do(harm)
        try:
            time.sleep(4)
            link = [ground.site.get(day.link).status for _ in range(5)]
            told.expect(200 in link, f"the shared link said {link}")
        finally:
            ground.cluster.do(heal)
        freed = time.monotonic()
        time.sleep(4)
    expect_back(told, crowd, freed)


def small_disk(folder: Path, megabytes: int) -> None:
    """Raises Skip where mounting is not permitted, or the mounts are the machine's."""
    if not apart.is_apart():
        raise Skip("without mounts of its own it would lay a disk over the machine's")
    try:
        apart.small_disk(folder, megabytes)
    except OSError as error:
        raise Skip(f"mounting a small disk: {error}") from error
