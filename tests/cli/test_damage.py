"""Damaged data: noticed by the next command, made anew from the facts, or refused with the way out."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cli import QUESTIONS, LoadedFolder, assert_refused, run_command, run_process
from tests.support.database import clear_database, run_foreign_write
from tests.support.facts_folder import ARTICLE
from tests.support.file_damage import KINDS, copy_data, damage_file, database_files
from tests.support.requirements import torture_count
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.engines.content_record import read_content_record
from vnkg.graph.engines.embedded_folder import DataFolder
from vnkg.graph.settings import Settings

QUESTION, *OTHER_QUESTIONS = QUESTIONS


@pytest.fixture
def original(folder_with_own_article: LoadedFolder) -> LoadedFolder:
    """The built-in facts and an article of the user's own."""
    return folder_with_own_article


@pytest.fixture
def data(original: LoadedFolder, tmp_path: Path) -> Path:
    """A copy of the data folder."""
    return copy_data(original.data, tmp_path / "data")


def test_the_files_are_recorded_once_and_opening_them_changes_nothing(original: LoadedFolder, data: Path) -> None:
    record = read_content_record(DataFolder(data))
    assert record is not None
    assert (record.is_trusted, record.own_files) == (True, (str(original.own_files),))
    assert len(record.files) > 100
    result = run_command(data, *QUESTION)
    assert (result.data, result.stderr) == (original.answers[0], "")
    assert read_content_record(DataFolder(data)) == record


def test_a_lost_file_of_names_is_noticed_and_made_anew(original: LoadedFolder, data: Path) -> None:
    next((data / "engine/databases").rglob("Name_0.*.bucket")).unlink()
    repaired = run_command(data, *QUESTION)
    assert repaired.data == original.answers[0]
    assert "it was rebuilt from the facts" in repaired.stderr
    again = run_command(data, *QUESTION)
    assert (again.data, again.stderr) == (original.answers[0], "")


@pytest.mark.torture
def test_random_damage_never_gives_another_answer(original: LoadedFolder, tmp_path: Path) -> None:
    chance = random.Random(4)
    for _ in range(torture_count(1)):
        data = copy_data(original.data, tmp_path / "data")
        path, kind = chance.choice(database_files(data)), chance.choice(KINDS)
        damage_file(path, kind, chance)
        result = run_command(data, *QUESTION)
        if result.code == 0:
            with Engine.open(Settings(data=data)):
                answers = [run_command(data, *question).data for question in OTHER_QUESTIONS]
            assert [result.data, *answers] == original.answers, (path, kind)
        else:
            assert_refused(result, 1, "vnkg load")


def test_a_damaged_graph_whose_facts_are_gone_is_refused_and_left_alone(original: LoadedFolder, data: Path) -> None:
    article = original.own_files / "articles/900.yaml"
    damaged = next((data / "engine/databases").rglob("Name_0.*.bucket"))
    damaged.write_bytes(bytes(damaged.stat().st_size))
    article.write_text(f"{ARTICLE}...\n".replace("Ccc", "Cccc"), encoding="utf-8")
    try:
        for _ in range(2):
            refused = run_command(data, *QUESTION)
            assert_refused(
                refused, 1, "is damaged", "not those of release", f"vnkg load --also {original.own_files}", str(data)
            )
        assert damaged.read_bytes() == bytes(damaged.stat().st_size)
        assert_refused(run_command(data, "load"), 1, str(original.own_files), "--also", "--replace")
    finally:
        article.write_text(f"{ARTICLE}...\n", encoding="utf-8")
    loads = run_command(data, "load", "--also", str(original.own_files))
    assert "damaged" in loads.stderr
    assert run_command(data, *QUESTION).data == original.answers[0]


def test_doctor_names_damage_and_a_forced_load_repairs_it(original: LoadedFolder, data: Path) -> None:
    checks = run_command(data, "doctor", "--json").data
    assert checks["ok"] is True
    names = [check["name"] for check in checks["checks"]]
    assert names == ["data folder", "passwords", "locks", "files", "engine", "release", "content"]
    with Engine.open(Settings(data=data)) as engine:
        run_foreign_write(engine, "MATCH (n:Entity {id: 'province:da-nang'}) SET n.name = 'Other'")
        sick = run_command(data, "doctor")
        assert sick.code == 1
        assert "wrong content: Entity: 1 not as they were written, such as 'province:da-nang'" in sick.stdout
        assert "vnkg load --force" in sick.stdout
        forced = run_command(data, "load", "--also", str(original.own_files), "--force")
        assert forced.code == 0, forced.stderr
        assert run_command(data, "doctor").code == 0
        assert run_command(data, *QUESTIONS[2]).data == original.answers[2]


def test_doctor_of_a_new_folder_makes_nothing(tmp_path: Path) -> None:
    result = run_command(tmp_path / "new", "doctor")
    assert (result.code, "does not exist yet" in result.stdout) == (0, True)
    assert not (tmp_path / "new").exists()


@pytest.fixture
def login(neo4j_settings: Settings) -> Iterator[dict[str, str]]:
    """The variables of a Neo4j, whose database is emptied before and after."""
    assert neo4j_settings.neo4j_uri is not None
    with Engine.open(neo4j_settings) as engine:
        clear_database(engine)
        yield {
            "NEO4J_URI": neo4j_settings.neo4j_uri,
            "NEO4J_PASSWORD": neo4j_settings.neo4j_password.get_secret_value(),
        }
        clear_database(engine)


def test_serve_refuses_a_changed_neo4j_until_a_forced_load(
    tmp_path: Path, neo4j_settings: Settings, login: dict[str, str]
) -> None:
    assert run_command(tmp_path, "load", **login).code == 0
    with Engine.open(neo4j_settings) as engine:
        run_foreign_write(engine, "MATCH (n:Entity {id: 'province:da-nang'}) SET n.name = 'Other'")
    refused = run_process(tmp_path, "serve", "--port", "0", **login)
    assert_refused(refused, 1, "is damaged", "province:da-nang", "vnkg load --force")
    assert "wrong content" in run_command(tmp_path, "doctor", **login).stdout
    assert "nothing was written" in run_command(tmp_path, "load", **login).stdout
    assert run_command(tmp_path, "load", "--force", **login).code == 0
    assert run_command(tmp_path, "doctor", **login).code == 0
