"""Partial changes as JSON merge patches (RFC 7396)."""

from typing import Annotated, Any, TypeVar

from pydantic import Field, create_model

from api.fields import Input, Version, without_default
from api.inputs import validate

Schema = TypeVar("Schema", bound=Input)


class Patch(Input):
    """A merge patch: what is left out stays, null gives a field its default again."""

    version: Version = Field(
        description="The version that the change is based on; another is refused (1009)."
    )

    def apply(self, schema: type[Schema], current: dict[str, Any]) -> Schema:
        """Return what `current` becomes; raises ApiError naming each field that is wrong then."""
        changes = self.model_dump(exclude_unset=True, exclude={"version"})
        return validate(schema, merge(current, changes))


def merge(target: Any, patch: Any) -> Any:
    """Apply a merge patch to a JSON value (RFC 7396, section 2)."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge(merged.get(name), value)
    return merged


def patch_of(name: str, schema: type[Input]) -> type[Patch]:
    """Return the patch of a schema: each field may be left out, or null if it has a default."""
    fields: dict[str, Any] = {}
    for key, field in schema.model_fields.items():
        kind: Any = field.annotation
        if field.metadata:
            kind = Annotated[(kind, *field.metadata)]
        described = Field(
            None,
            description=field.description,
            examples=field.examples,
            json_schema_extra=without_default,
        )
        fields[key] = (kind if field.is_required() else kind | None, described)
    return create_model(name, __base__=Patch, **fields)
