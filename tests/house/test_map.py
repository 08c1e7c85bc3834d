"""The map names every file in which something changes, by itself or by someone's hand."""

from pathlib import Path

from ithaca.journeys.operating import schedule

ROOT = Path(__file__).parents[2]
RECORDS = ROOT / "ithaca" / "records"
MAP = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")


def test_every_file_of_actions_is_on_the_map() -> None:
    files = [*RECORDS.rglob("actions/*.py"), *RECORDS.rglob("actions.py")]
    names = {str(path.relative_to(RECORDS)) for path in files if path.name != "__init__.py"}
    assert len(names) > 50, "the files of actions are found"
    assert {name for name in names if f"`{name}`" not in MAP} == set()


def test_every_file_of_jobs_and_every_job_is_on_the_map() -> None:
    names = {str(path.relative_to(RECORDS)) for path in RECORDS.rglob("jobs.py")}
    jobs = {name.partition(".")[2] for name in schedule.jobs()}
    assert {name for name in names | jobs if f"`{name}`" not in MAP} == set()


def test_no_file_on_the_map_is_gone() -> None:
    named = {word for word in MAP.split("`")[1::2] if word.endswith(".py") and "/" in word and "*" not in word}
    starts = (ROOT, ROOT / "ithaca", RECORDS, RECORDS / "mentorships")
    assert {name for name in named if not any((start / name).exists() for start in starts)} == set()
