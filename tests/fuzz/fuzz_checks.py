"""What scripts/fuzz has Schemathesis check of every answer: no fault of the server's, and nothing off the schema."""

import json
from functools import cache

import graphql
import requests
import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

FAULTS = {"INTERNAL", "UNAVAILABLE"}
SCALARS = {"Int": int, "Float": (int, float), "String": str, "ID": str, "Boolean": bool}


# What the schema's own scalars look like, and sometimes don't.
ODD = st.text(max_size=20)
DATES = st.dates().map(str)
MOMENTS = st.datetimes().map(lambda moment: moment.isoformat() + "Z")
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False).map(str)
schemathesis.graphql.scalar("JSON", (ODD | st.just('{"a":1}')).map(nodes.String))
schemathesis.graphql.scalar("Date", (DATES | ODD).map(nodes.String))
schemathesis.graphql.scalar("PartialDate", (DATES | DATES.map(lambda day: day[:7]) | ODD).map(nodes.String))
schemathesis.graphql.scalar("DateTime", (MOMENTS | ODD).map(nodes.String))
schemathesis.graphql.scalar("Decimal", (DECIMALS | ODD).map(nodes.String))
schemathesis.graphql.scalar("SecretText", ODD.map(nodes.String))


@cache
def schema_at(url, authorization):
    query, headers = {"query": graphql.get_introspection_query()}, {"Authorization": authorization}
    answer = requests.post(url, json=query, headers=headers, timeout=60).json()
    return graphql.build_client_schema(answer["data"])


@schemathesis.check
def answer_is_sound(ctx, response, case):
    """The status is no fault, every error has a code that is none, and the data is what the schema promises."""
    assert response.status_code < 500, f"status {response.status_code}: {response.text[:500]}"
    answer = json.loads(response.content)
    assert isinstance(answer, dict) and answer.keys() <= {"data", "errors", "extensions"}, answer
    for error in answer.get("errors", []):
        code = error.get("extensions", {}).get("code")
        assert code and code not in FAULTS, error
    assert "data" in answer or answer.get("errors"), "neither data nor errors"
    if answer.get("data") is None:
        return
    query = case.body["query"] if isinstance(case.body, dict) else case.body
    schema = schema_at(response.request.url, response.request.headers["Authorization"])
    document = graphql.parse(query)
    operation = next(part for part in document.definitions if isinstance(part, graphql.OperationDefinitionNode))
    fragments = {part.name.value: part for part in document.definitions if isinstance(part, graphql.FragmentDefinitionNode)}
    root = schema.get_root_type(operation.operation)
    check_object(schema, fragments, root, operation.selection_set, answer["data"], root.name)


def check(schema, fragments, expected, selections, value, path):
    if isinstance(expected, graphql.GraphQLNonNull):
        assert value is not None, f"{path} is null"
        expected = expected.of_type
    if value is None:
        return
    if isinstance(expected, graphql.GraphQLList):
        assert isinstance(value, list), f"{path} is no list: {value!r}"
        for number, item in enumerate(value):
            check(schema, fragments, expected.of_type, selections, item, f"{path}.{number}")
    elif isinstance(expected, graphql.GraphQLEnumType):
        assert value in expected.values, f"{path} is none of {expected}: {value!r}"
    elif isinstance(expected, graphql.GraphQLScalarType):
        kind = SCALARS.get(expected.name)
        fits = kind is None or (isinstance(value, kind) and (kind is bool or not isinstance(value, bool)))
        assert fits, f"{path} is no {expected}: {value!r}"
    else:
        check_object(schema, fragments, expected, selections, value, path)


def check_object(schema, fragments, expected, selections, value, path):
    assert isinstance(value, dict), f"{path} is no object: {value!r}"
    known = set()
    check_selections(schema, fragments, expected, selections, value, path, known)
    # What the type of an abstract value isn't known to have can't be told apart from what it has.
    if isinstance(expected, graphql.GraphQLObjectType):
        assert value.keys() <= known, f"{path} has what nobody asked for: {value.keys() - known}"


def check_selections(schema, fragments, expected, selections, value, path, known):
    for selection in selections.selections:
        if isinstance(selection, graphql.FieldNode):
            name = selection.name.value
            key = selection.alias.value if selection.alias else name
            known.add(key)
            skipped = bool(selection.directives)
            assert key in value or skipped, f"{path}.{key} is missing"
            if key not in value:
                continue
            if name == "__typename":
                assert isinstance(value[key], str)
            elif name in getattr(expected, "fields", {}):
                field = expected.fields[name]
                check(schema, fragments, field.type, selection.selection_set, value[key], f"{path}.{key}")
            continue
        if isinstance(selection, graphql.FragmentSpreadNode):
            selection = fragments[selection.name.value]
        condition = schema.get_type(selection.type_condition.name.value) if selection.type_condition else expected
        same = condition is expected
        if same:
            check_selections(schema, fragments, condition, selection.selection_set, value, path, known)
        else:
            known.update(value.keys())
