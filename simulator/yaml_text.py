"""How does YAML enter? Plain values with the line of each, and no aliases, doubles or surprises."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import yaml

from simulator.records import InputError, Problem

DEEPEST = 12
"""Levels of nesting; a scenario needs five."""

Place: TypeAlias = tuple[str | int, ...]


def read_yaml(text: str, file: str) -> tuple[Any, Mapping[Place, int]]:
    """The document of a YAML text, and the line of every key and item by its place.

    Raises InputError for text that is not YAML, is empty, holds an alias or several documents,
    is nested too deeply, or has a doubled key or a key that is not text.
    """
    try:
        _refuse_hazards(text, file)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise InputError([_syntax_problem(error, file)]) from None
    if node is None:
        raise InputError([Problem(file, 1, "", "the file is empty", "a mapping of keys to values")])
    builder = _Builder(file)
    value = builder.build(node, ())
    if builder.problems:
        raise InputError(builder.problems)
    return value, builder.lines


def _syntax_problem(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    wrong = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Problem(file, mark.line + 1 if mark else None, "", f"not YAML: {wrong}")


def _refuse_hazards(text: str, file: str) -> None:
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent):
            wrong = f"alias *{event.anchor}"
            raise InputError([Problem(file, line, "", wrong, "values written out, no aliases")])
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise InputError([Problem(file, line, "", "a second document", "one document")])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                wrong = "nested too deeply"
                raise InputError([Problem(file, line, "", wrong, f"at most {DEEPEST} levels")])
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class _Builder:
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self.scalars = yaml.constructor.SafeConstructor()

    def build(self, node: yaml.Node, place: Place) -> Any:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*place, at)) for at, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self._scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str):
                self.problems.append(Problem(self.file, line, str(key), "a key that is not text"))
                continue
            here = (*place, key)
            if key in result:
                first = self.lines[here]
                self.problems.append(
                    Problem(self.file, line, key, f"doubled key, first on line {first}")
                )
                continue
            self.lines[here] = line
            result[key] = self.build(value_node, here)
        return result

    def _scalar(self, node: yaml.Node) -> Any:
        try:
            return self.scalars.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError) as error:
            line = node.start_mark.line + 1
            wrong = getattr(error, "problem", None) or str(error)
            self.problems.append(Problem(self.file, line, str(node.value), f"not YAML: {wrong}"))
            return None
