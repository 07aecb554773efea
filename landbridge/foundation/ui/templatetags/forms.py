"""Tags that write forms: `{% load forms %}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from landbridge.foundation.ui.inputs import Parts

register = template.Library()
Context = Mapping[str, Any]
COUNTED_FROM = 200
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.inclusion_tag("ui/_field.html")
def field(
    bound: BoundField, label: str = "", hint: str = "", prefix: str = "", **attributes: str
) -> dict[str, Any]:
    """`{% field form.name %}`: label, hint, error and control, tied together for screen readers.

    `label` and `hint` replace those of the form; `prefix` stands before the control ("€");
    further words become attributes of the control: `autocomplete="organization"`, `width="short"`.
    """
    hint = hint or str(bound.help_text or "")
    prefix = prefix or getattr(bound.field, "prefix", "")
    kind = _kind_of(bound)
    described = [f"{bound.auto_id}_hint"] if hint else []
    if kind == "text-area" and (getattr(bound.field, "max_length", None) or 0) >= COUNTED_FROM:
        described.append(f"{bound.auto_id}_count")
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
    return {
        "field": bound,
        "kind": kind,
        "label": label or bound.label,
        "hint": hint,
        "prefix": prefix,
        "described": " ".join(described),
        "required": bound.field.required or getattr(bound.field, "is_owed", False),
        "counted": getattr(bound.field, "max_length", None)
        if f"{bound.auto_id}_count" in described
        else None,
        "control": _control(bound, kind=kind, described=described, attributes=attributes),
    }


@register.inclusion_tag("ui/_form_errors.html")
def form_errors(form: forms.BaseForm, *more: forms.BaseForm) -> dict[str, Any]:
    """`{% form_errors form %}`: what is wrong, at the top of the page, each error a link to its field."""
    rows = []
    for each in (form, *more):
        if not each.is_bound:
            continue
        rows += [{"href": "", "text": error} for error in each.non_field_errors()]
        for bound in each:
            rows += [
                {"href": f"#{_first_id(bound)}", "text": _named(bound, str(error))} for error in bound.errors
            ]
    return {"rows": rows}


@register.simple_tag(takes_context=True)
def operation_key(context: Context, action: str = "") -> SafeString:
    """A hidden key of this operation: the same form posted twice is carried out once.

    Kept when the form comes back. Where a page holds several forms, `{% operation_key url %}` with the address
    the form posts to keeps the key for the one that was sent; the others get keys of their own.
    """
    request = context.get("request")
    came_back = request is not None and request.method == "POST" and action in ("", request.path)
    posted = request.POST.get("operation_key", "") if request is not None and came_back else ""
    return format_html('<input type="hidden" name="operation_key" value="{}">', _uuid_or_new(posted))


def _uuid_or_new(text: str) -> UUID:
    try:
        return UUID(text[:36])
    except ValueError:
        return uuid4()


def _named(bound: BoundField, error: str) -> str:
    label = str(bound.label).rstrip(".: ")
    return f"{label} {error}" if label.endswith("?") else f"{label}: {error}"


def _kind_of(bound: BoundField) -> str:
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, GROUPS):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, Parts):
        return "parts"
    return "text-area" if isinstance(widget, forms.Textarea) else "control"


def _control(
    bound: BoundField, *, kind: str, described: list[str], attributes: Mapping[str, str]
) -> SafeString:
    if kind == "choices":
        return SafeString("")
    given = {name.replace("_", "-"): value for name, value in attributes.items()}
    width = given.pop("width", getattr(bound.field, "width", ""))
    if width:
        given["class"] = f"width-{width}"
    if described and kind != "parts":
        given["aria-describedby"] = " ".join(described)
    if bound.errors:
        given["aria-invalid"] = "true"
    autocomplete = getattr(bound.field, "autocomplete", "")
    if autocomplete and "autocomplete" not in given:
        given["autocomplete"] = autocomplete
    return bound.as_widget(attrs=dict(given))


def _first_id(bound: BoundField) -> str:
    return f"{bound.auto_id}_0" if _kind_of(bound) in ("choices", "parts") else str(bound.auto_id)
