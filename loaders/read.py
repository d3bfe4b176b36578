"""Read all facts: the built-in article files and reference tables, and a user's own files in addition."""

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import resources
from itertools import product
from pathlib import Path

from ..graph.errors import InputError
from ..graph.model.facts import EntityRecord, Facts, Name, SourceLocation, Statement
from ..graph.model.schema import Schema, schema
from .article_file import FileFacts, FileReader
from .article_texts import Texts
from .cross_checks import check_files
from .yaml_lines import Problems, read_yaml


def built_in_folder() -> Path:
    """Return the folder of the facts that ship with this package."""
    return Path(str(resources.files("vnkg.loaders"))) / "data"


def read_facts(
    extra_paths: Sequence[Path] = (),
    texts_folder: Path | None = None,
    *,
    base: Path | None = None,
    model: Schema | None = None,
) -> Facts:
    """Read and check every facts file; raise `FactsError` with all problems at once.

    `extra_paths` are a user's own article files, or folders of them. If `texts_folder` is given, the passages of the
    articles whose text is there are checked against it. `base` replaces the built-in folder, `model` the built-in
    schema.
    """
    model = model or schema()
    problems = Problems()
    root = base or built_in_folder()
    files = _read_files(extra_paths, root, model, problems)
    complete_files = _with_province_bodies(file for file in files if file is not None)
    if None not in files:
        check_files(complete_files, model, problems, Texts(texts_folder) if texts_folder else None)
    problems.raise_if_any()
    return _combine(complete_files)


def known_entities(extra_paths: Sequence[Path] = (), *, base: Path | None = None) -> tuple[EntityRecord, ...]:
    """Return the entities of every file with all their names; unlike `read_facts`, accept unfinished files.

    Raises `FactsError` if a file is not valid YAML: otherwise its names would be missing silently.
    """
    problems = Problems()
    files = _read_files(extra_paths, base or built_in_folder(), schema(), problems)
    if None in files:
        problems.raise_if_any()
    return _combine(_with_province_bodies(file for file in files if file is not None)).entities


def _read_files(extra_paths: Iterable[Path], root: Path, model: Schema, problems: Problems) -> list[FileFacts | None]:
    files = [_read_file(path, root, model, problems) for path in _yaml_files(root)]
    return files + [_read_file(path, path.parent, model, problems) for path in _expand_paths(extra_paths)]


def _expand_paths(extra_paths: Iterable[Path]) -> list[Path]:
    yaml_files: list[Path] = []
    for path in extra_paths:
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
            matches = _yaml_files(path) if is_folder else [path]
        except (FileNotFoundError, NotADirectoryError) as error:
            raise InputError(f"{path}: no such file or folder; expected article files (*.yaml)") from error
        except (OSError, ValueError) as error:
            raise InputError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
        if not matches:
            raise InputError(f"{path}: no *.yaml file in it; expected article files")
        yaml_files += matches
    return yaml_files


def _yaml_files(folder: Path) -> list[Path]:
    """Return the `*.yaml` files below a folder, sorted; unlike `rglob`, raise `OSError` for a folder it cannot read."""

    def refuse(error: OSError) -> None:
        raise error

    return sorted(
        Path(parent, name) for parent, _, names in os.walk(folder, onerror=refuse) for name in names
        if name.endswith(".yaml")
    )  # fmt: skip


def _read_file(path: Path, root: Path, model: Schema, problems: Problems) -> FileFacts | None:
    name = path.relative_to(root).as_posix()
    tree = read_yaml(path, name, problems)
    if tree is None:
        return None
    reader = FileReader(name, model, problems)
    return reader.read_article(tree) if "article" in tree or "sentences" in tree else reader.read_reference_table(tree)


def _combine(files: Sequence[FileFacts]) -> Facts:
    forms: dict[str, list[Name]] = {}
    for file in files:
        for entity, name, _ in file.forms:
            forms.setdefault(entity, []).append(name)
    records: dict[str, EntityRecord] = {}
    for record in (record for file in files for record in file.entities):
        records[record.id] = _merge_declarations(records[record.id], record) if record.id in records else record
    return Facts(
        entities=tuple(_with_forms(record, forms.get(record.id, ())) for record in records.values()),
        statements=tuple(statement for file in files for statement in file.statements),
        mentions=tuple(mention for file in files for mention, _ in file.mentions),
        sentences=tuple(sentence for file in files for sentence in file.sentences),
        disagreements=tuple(item for file in files for item in file.disagreements),
        retired_ids=tuple(pair for file in files for pair in file.retired_ids),
        forms=tuple(
            (entity, name, SourceLocation(file.file, line)) for file in files for entity, name, line in file.forms
        ),
    )


def _with_province_bodies(files: Iterable[FileFacts]) -> list[FileFacts]:
    """Return files after the bodies of provinces that they use, so that a declaration that differs is a mistake."""
    complete_files = list(files)
    return [_province_bodies(complete_files), *complete_files]


def _province_bodies(files: Sequence[FileFacts]) -> FileFacts:
    """Return the bodies of provinces that statements use, named by rule, each as a part of its province."""
    facts = FileFacts("")
    provinces = {record.id: record for file in files for record in file.entities if record.type == "Province"}
    rules = {suffix: rule for file in files for suffix, rule in file.body_rules.items()}
    used_ids = {
        entity
        for file in files
        for statement in file.statements
        for entity in (statement.subject, statement.object, statement.speaker, *statement.about)
        if entity is not None
    }
    for (suffix, rule), (province_id, province) in product(sorted(rules.items()), sorted(provinces.items())):
        slug = province_id.partition(":")[2]
        body_id = f"agency:{slug}-{suffix}"
        if body_id not in used_ids:
            continue
        is_city = province.attributes.get("kind") == "city" and "city_since" not in province.attributes
        names = tuple(
            replace(name, text=name.text.format(province=_name_in(province, name.language)))
            for name in (rule.city_name if is_city else rule.name, *rule.names)
        )
        attributes = {"kind": rule.kind}
        abolished_on = province.attributes.get("abolished_on")
        facts.entities.append(EntityRecord(body_id, "Agency", names[0].text, names, attributes, rule.source_location))
        facts.statements.append(
            Statement(
                f"statement:ref-{slug}-{suffix}",
                "relation",
                body_id,
                "reference",
                "",
                predicate="PART_OF",
                object=province_id,
                status="past" if abolished_on else "existing",
                as_of=str(abolished_on) if abolished_on else None,
                as_of_from="sentence" if abolished_on else None,
                source=rule.source,
                checked_on=rule.checked_on,
                source_location=rule.source_location,
            )
        )
    return facts


def _name_in(record: EntityRecord, language: str) -> str:
    """Return the first name of an entity in a language, or its main name."""
    if language == "vi":
        return record.name
    return next((name.text for name in record.names if (name.language, name.kind) == (language, "name")), record.name)


def _merge_declarations(record: EntityRecord, other_record: EntityRecord) -> EntityRecord:
    """Return one record of two that declare the same entity in different files."""
    attributes = {**other_record.attributes, **record.attributes}
    names = tuple(dict.fromkeys((*record.names, *other_record.names)))
    return replace(record, names=names, attributes=attributes)


def _with_forms(record: EntityRecord, forms: Iterable[Name]) -> EntityRecord:
    names = tuple(dict.fromkeys((*record.names, *forms)))
    return EntityRecord(record.id, record.type, record.name, names, record.attributes, record.source_location)
