"""Places from a file: all of it or nothing, and a second time changes nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from groupbuy.community.actions.import_places import import_compounds, import_roster
from groupbuy.community.models import (
    SYSTEM,
    Building,
    Committee,
    Compound,
    Gate,
    Household,
    LogEntry,
    staff,
)
from groupbuy.community.reading.places import SAMPLES, BadRows
from groupbuy.shared.errors import NotAllowed
from tests.factories import NOON, make_committee, make_compound, make_town
from tests.factories import make_town_staff as make_staff

pytestmark = pytest.mark.django_db

COMPOUNDS = """居委会,居委会代码,小区,类型,地址,门,门地址
敬南路居委会,310112112007,品质苑,小区,元江路1号,北门,元江路1号北门
敬南路居委会,,品质苑,小区,元江路1号,南门,
彭渡村委会,310112112215,彭渡村,村,昆阳路2号,,
"""
ROSTER = """小区,楼栋,单元,室号,门,送上门
品质苑,3号楼,,502室,,是
品质苑,３,,1701,,
品质苑,6甲,1单元,101,南门,
"""


@pytest.fixture
def town():
    return make_town(slug="maqiao")


def bring_compounds(town, text=COMPOUNDS, by=SYSTEM):
    return import_compounds(town, data=text.encode(), by=by, now=NOON)


def bring_roster(town, text=ROSTER):
    return import_roster(town, data=text.encode(), by=SYSTEM, now=NOON)


def everything():
    models = (Committee, Compound, Gate, Building, Household)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_compounds_come_with_their_committees_and_gates(town):
    bring_compounds(town)

    estate = Compound.objects.get(name="品质苑")
    assert (estate.kind, estate.initials, estate.has_roster) == ("estate", "PZY", False)
    assert [(g.name, g.is_default) for g in estate.gates.all()] == [
        ("北门", True),
        ("南门", False),
    ]
    village = Compound.objects.get(name="彭渡村")
    assert (village.kind, village.committee.kind) == ("village", "village")
    assert village.gates.get().is_default


def test_a_roster_names_homes_as_residents_will(town):
    bring_compounds(town)

    bring_roster(town)

    homes = Household.objects.order_by("building__sort", "sort")
    assert [(h.building.name, h.unit, h.room) for h in homes] == [
        ("3", "", "502"),
        ("3", "", "1701"),
        ("6甲", "1", "101"),
    ]
    assert [h.bring_to_door for h in homes] == [True, False, False]
    gates = Building.objects.order_by("sort").values_list("gate__name", flat=True)
    assert list(gates) == ["北门", "南门"]
    assert Compound.objects.get(name="品质苑").has_roster


def test_the_same_files_again_change_nothing(town):
    bring_compounds(town)
    bring_roster(town)
    before = everything()

    compounds, roster = bring_compounds(town), bring_roster(town)

    assert everything() == before
    assert sum([*compounds.made.values(), *compounds.changed.values()]) == 0
    assert sum([*roster.made.values(), *roster.changed.values()]) == 0


def test_a_corrected_file_changes_only_what_differs(town):
    bring_compounds(town)
    bring_roster(town)

    result = bring_roster(town, ROSTER.replace("是", "否").replace("南门", "北门"))

    assert result.changed == {"buildings": 1, "homes": 1}
    assert Household.objects.count() == 3
    assert not Household.objects.filter(bring_to_door=True).exists()


def test_one_wrong_row_at_the_end_and_nothing_is_brought_in(town):
    bring_compounds(town)
    good = "".join(f"品质苑,1,,{room},,\n" for room in range(700))
    before = everything()

    with pytest.raises(BadRows) as refusal:
        bring_roster(town, ROSTER + good + "品质苑,2,,,,\n")

    assert [number for number, _reason in refusal.value.rows] == [705]
    assert everything() == before
    assert not LogEntry.objects.filter(data__kind="roster").exists()


def test_every_wrong_row_is_named_with_its_reason(town):
    bring_compounds(town)
    text = (
        "小区,楼栋,室号,门,送上门\n"
        "品质苑,,502,,\n"  # 2: no building
        "品质苑,1,502,,也许\n"  # 3: neither yes nor no
        f"品质苑,1,{'9' * 21},,\n"  # 4: too long
        "品质苑,1,503,,\n"
    )

    with pytest.raises(BadRows) as refusal:
        bring_roster(town, text)

    assert [number for number, _reason in refusal.value.rows] == [2, 3, 4]
    assert all(reason for _number, reason in refusal.value.rows)


def test_unknown_compound_gate_and_a_home_named_twice_are_wrong_rows(town):
    bring_compounds(town)

    with pytest.raises(BadRows) as refusal:
        bring_roster(town, "小区,楼栋,室号\n没有苑,1,101\n")
    assert refusal.value.rows[0][0] == 2

    with pytest.raises(BadRows) as refusal:
        bring_roster(town, "小区,楼栋,室号,门\n品质苑,1,101,西门\n")
    assert "西门" in refusal.value.rows[0][1]

    with pytest.raises(BadRows) as refusal:
        bring_roster(town, "小区,楼栋,室号\n品质苑,1,101\n品质苑,1号楼,101室\n")
    assert refusal.value.rows == [(3, refusal.value.rows[0][1])]
    assert "2" in refusal.value.rows[0][1]


def test_every_fault_of_every_row_is_named_in_one_go(town):
    """Cells, places and twins: nobody mends a file three times to see the next fault."""
    bring_compounds(town)
    before = everything()
    text = (
        "小区,楼栋,室号,门,送上门\n"
        "品质苑,1,101,,\n"
        "品质苑,,102,西门,也许\n"  # 3: no building, no such gate, neither yes nor no
        "没有苑,1,101,,\n"  # 4: no such compound
        "品质苑,1号楼,101室,,\n"  # 5: the home of row 2
        f"没有苑,1,{'9' * 21},,\n"  # 6: no such compound, too long
        ",1,103,,\n"  # 7: no compound
    )

    with pytest.raises(BadRows) as refusal:
        bring_roster(town, text)

    numbers = [number for number, _reason in refusal.value.rows]
    assert numbers == [3, 3, 3, 4, 5, 6, 6, 7]
    assert "5" in str(refusal.value.sentence)  # rows, not faults
    assert everything() == before


def test_every_fault_of_a_file_of_compounds_is_named_in_one_go(town):
    make_committee(town, "甲居委会", code="1")
    text = (
        "居委会,居委会代码,小区,类型\n"
        "甲居委会,,,\n"  # 2: no compound
        "乙居委会,,新村,岛\n"  # 3: unknown without a code, no such kind
        "丙居委会,1,老村,\n"  # 4: another's code
        "丁居委会,9,好村,\n"
        ",,无主村,\n"  # 6: no committee
    )

    with pytest.raises(BadRows) as refusal:
        bring_compounds(town, text)

    assert [number for number, _reason in refusal.value.rows] == [2, 3, 3, 4, 6]
    assert not Committee.objects.filter(name="丁居委会").exists()


def test_compounds_of_one_name_need_their_committee(town):
    for committee in (
        make_committee(town, "甲居委会"),
        make_committee(town, "乙居委会"),
    ):
        make_compound(committee, "新村")

    with pytest.raises(BadRows):
        bring_roster(town, "小区,楼栋,室号\n新村,1,101\n")

    bring_roster(town, "居委会,小区,楼栋,室号\n乙居委会,新村,1,101\n")
    home = Household.objects.get()
    assert home.building.compound.committee.name == "乙居委会"


def test_an_unknown_committee_needs_a_code_of_its_own(town):
    make_committee(town, "甲居委会", code="1")

    with pytest.raises(BadRows) as refusal:
        bring_compounds(
            town, "居委会,居委会代码,小区\n乙居委会,,新村\n丙居委会,1,老村\n"
        )

    assert [number for number, _reason in refusal.value.rows] == [2, 3]


def test_a_good_committee_above_a_wrong_row_is_not_left_behind(town):
    with pytest.raises(BadRows):
        bring_compounds(
            town, "居委会,居委会代码,小区\n甲居委会,1,新村\n乙居委会,,老村\n"
        )

    assert not Committee.objects.exists()


def test_an_import_that_breaks_off_half_way_leaves_nothing(town):
    bring_compounds(town)
    before = everything()

    def breaks_off(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "community_household"'):
            raise ConnectionError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(breaks_off), pytest.raises(ConnectionError):
        bring_roster(town)

    assert everything() == before
    bring_roster(town)
    assert Household.objects.count() == 3


def test_another_town_s_compound_does_not_exist_here(town):
    make_compound(make_committee(make_town()), "品质苑")

    with pytest.raises(BadRows):
        bring_roster(town)


def test_only_the_town_s_own_staff_bring_places_in(town):
    with pytest.raises(NotAllowed):
        bring_compounds(town, by=staff(make_staff(make_town())))
    assert not Compound.objects.exists()

    bring_compounds(town, by=staff(make_staff(town)))
    assert LogEntry.objects.get(verb="import_places").data == {
        "kind": "compounds",
        "rows": 3,
    }


def test_the_samples_can_be_brought_in(town):
    bring_compounds(town, SAMPLES["compounds"])
    result = bring_roster(town, SAMPLES["roster"])

    assert result.made == {"buildings": 2, "homes": 2}


def test_a_long_roster_takes_few_statements(town, django_assert_max_num_queries):
    bring_compounds(town)
    rows = "".join(f"品质苑,{n % 30},,{n},,\n" for n in range(3000))

    with django_assert_max_num_queries(30):
        bring_roster(town, "小区,楼栋,单元,室号,门,送上门\n" + rows)


def test_the_command_does_the_same_and_names_wrong_rows(town, tmp_path):
    file = tmp_path / "places.csv"
    file.write_bytes(COMPOUNDS.encode("gb18030"))
    out = StringIO()
    call_command("import_places", str(file), town="maqiao", stdout=out)
    assert "3 rows" in out.getvalue()

    file.write_text("小区,楼栋,室号\n没有苑,1,101\n")
    with pytest.raises(CommandError, match="row 2"):
        call_command("import_places", str(file), town="maqiao")
    with pytest.raises(CommandError, match="nowhere"):
        call_command("import_places", str(file), town="nowhere")
