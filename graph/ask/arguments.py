"""The parameters of a query from a question: entities, values of closed lists, dates, numbers."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain

from ..catalogue.parameters import Parameter
from ..catalogue.query import Query
from ..model.schema import schema
from .names import NamedEntity
from .question import Description, Question

Arguments = dict[str, str | list[str]]
Describe = Callable[[tuple[str, ...]], Description | None]
"""Returns what the question describes of some node types (`described_entity`)."""
PLANS = frozenset({"plan", "consider", "propose"})
COUNTS = frozenset({"count", "number"})
DESCRIBED_TYPES = ("Fund", "Centre", "Event", "Programme", "Policy")
"""Types of things that a question may describe where a parameter takes any entity."""
NEVER_DESCRIBED = ("entity_a", "entity_b")
DATE_PARAMETERS: Mapping[str, Sequence[str]] = {
    "until": ("until", "to_date", "last_year"),
    "since": ("from_date",),
    "at": ("as_of",),
    "": ("until", "from_date", "to_date", "last_year"),
}
"""Which parameters take a date, by the word before it; without one, a year is the first and the last of a period."""


class ArgumentFiller:
    """Fills the parameters of a query from a question.

    `arguments` are those that differ from the defaults, `concepts` what they used of the question, `missing` the
    required parameters without a value, `ambiguous` those whose name fits several entities: the ids. `is_certain` is
    false if an entity was only described, has a common noun as its name, or may belong to another parameter.
    """

    def __init__(self, question: Question, query: Query, describe: Describe) -> None:
        self.arguments: Arguments = {}
        self.concepts: set[str] = set()
        self.ambiguous: dict[str, tuple[str, ...]] = {}
        self.is_certain = not any(entity.text.islower() or not entity.is_complete for entity in question.entities)
        self._question, self._describe = question, describe
        self._open_entities = list(question.entities)
        self._description: set[str] = set()
        # "What does it plan" is no question about a status.
        self._excluded_concepts = PLANS.intersection(chain.from_iterable(query.needs))
        for parameter in sorted(query.params.values(), key=lambda item: _priority(item, query.about)):
            self._fill(parameter)
        self._fill_kinds(query)
        given = {
            name: self.arguments[name]
            for name, parameter in query.params.items()
            if name in self.arguments and not _is_default(parameter, self.arguments[name])
        }
        self.arguments = given
        # Who gives and who receives may be told in any order.
        self.is_certain = self.is_certain and not query.about
        self.missing = tuple(item.name for item in query.params.values() if item.is_required and item.name not in given)

    def _fill(self, parameter: Parameter) -> None:
        if parameter.type == "entity":
            self._fill_entity(parameter)
            return
        values: list[str] = []
        if parameter.values:
            if (parameter.values_of or parameter.name) not in self._description:
                values = list(self._listed_values(parameter))
        elif parameter.name == "indicator":
            values = self._question.values("indicators")
            self.concepts.update(["indicators"] if values else ())
        elif parameter.type == "date" or parameter.name == "last_year":
            values = self._dates(parameter)
            self.concepts.update(["#date"] if values else ())
        elif parameter.type == "number":
            values = self._question.numbers[:1]
            self.concepts.update(["#number"] if values else ())
        if values:
            self.arguments[parameter.name] = values if parameter.allows_multiple else values[0]

    def _fill_kinds(self, query: Query) -> None:
        """Where no parameter takes a named thing, take its kind, and its province if the name says it."""
        for parameter in query.params.values():
            node_type, _, name = (parameter.values_of or "").partition(".")
            if name != "kind" or parameter.name in self.arguments:
                continue
            entity = next((item for item in self._open_entities if _has_one_kind(item, node_type)), None)
            if entity is None:
                continue
            kind = next(kind for kind in entity.kinds if kind)
            self.arguments[parameter.name] = [kind] if parameter.allows_multiple else kind
            self.concepts.add(f"@{node_type}")
            self.is_certain = False
            for other in query.params.values():
                if other.node_types == ("Province",) and other.name not in self.arguments and entity.provinces:
                    self.arguments[other.name] = entity.provinces[0]

    def _fill_entity(self, parameter: Parameter) -> None:
        ids: list[str] = []
        for entity, fitting_ids in self._take_entities(parameter):
            self.concepts.update(f"@{node_type}" for node_type in entity.types)
            ids.append(fitting_ids[0])
            if len(fitting_ids) > 1:
                self.ambiguous[parameter.name] = fitting_ids
        if ids:
            self.arguments[parameter.name] = ids if parameter.allows_multiple else ids[0]
        if not ids or not parameter.node_types:
            self._fill_description(parameter)

    def _fill_description(self, parameter: Parameter) -> None:
        """Take what the question only describes, such as the fund of a province, rather than the province."""
        is_counted = not parameter.node_types and not COUNTS.isdisjoint(self._question.values("concepts"))
        if parameter.node_types == ("Province",) or is_counted or parameter.name in NEVER_DESCRIBED:
            return
        description = self._describe(parameter.node_types or DESCRIBED_TYPES)
        if description is None:
            return
        ids = description.entity.ids
        if len(ids) == 1 and ids[0] in self.arguments.values():
            return
        if len(ids) == 1:
            self.arguments[parameter.name] = [ids[0]] if parameter.allows_multiple else ids[0]
            self.is_certain = False
            self.concepts |= description.concepts
            self._description |= description.concepts
        elif parameter.is_required:
            self.ambiguous[parameter.name] = ids

    def _take_entities(self, parameter: Parameter) -> Iterator[tuple[NamedEntity, tuple[str, ...]]]:
        """Take the entities of the parameter's types from those not yet taken: one, or all if it allows several."""
        for entity in list(self._open_entities):
            ids = tuple(
                entity_id
                for entity_id, node_type in zip(entity.ids, entity.types, strict=True)
                if not parameter.node_types or node_type in parameter.node_types
            )
            if ids:
                self._open_entities.remove(entity)
                yield entity, ids
                if not parameter.allows_multiple:
                    return

    def _listed_values(self, parameter: Parameter) -> Iterator[str]:
        """Yield the values of the parameter's closed list that the question names."""
        name = parameter.values_of or parameter.name
        names: Collection[str] = [name]
        if name == "nodes":
            names = ["concepts"]
        elif name == "kinds":
            names = [f"{node}.kind" for node in schema().nodes]
        elif name.endswith(".statuses"):
            names = ["statuses"]
        for list_name in names:
            for value in self._question.values(list_name, excluded_concepts=self._excluded_concepts):
                if value in parameter.values:
                    self.concepts.add(value if list_name == "concepts" else list_name)
                    yield value

    def _dates(self, parameter: Parameter) -> list[str]:
        fitting = (date for relation, date in self._question.dates if parameter.name in DATE_PARAMETERS[relation])
        return list(fitting)[:1]


def _has_one_kind(entity: NamedEntity, node_type: str) -> bool:
    """Tell whether all that a name fits is of one type and of one kind."""
    return set(entity.types) == {node_type} and len({kind for kind in entity.kinds if kind}) == 1


def _priority(parameter: Parameter, about: str) -> tuple[bool, bool, bool]:
    """Return the sort key of the order in which parameters take entities: those that take few types first."""
    return parameter.name != about, not parameter.node_types, not parameter.is_required


def _is_default(parameter: Parameter, value: str | list[str]) -> bool:
    default = parameter.default
    if default is None:
        return False
    defaults = set(default) if isinstance(default, tuple) else {str(default)}
    return ({value} if isinstance(value, str) else set(value)) == defaults
