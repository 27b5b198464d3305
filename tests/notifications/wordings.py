"""Wordings that an operator could have written, for tests that use or spoil them."""

SUBJECT = "{{ provider }}: notice {{ reference }}"

_ASKED_BY = """{{ agency }} has sent us {{ order }}, which reached us on {{ received_on }}. It rests on {{ law }}.

It names:
{{ accounts }}"""
_STATED = """{% if effects %}
# What it does
{{ effects }}
{% endif %}
{% if reasons %}
# Why
{{ reasons }}
{% endif %}
{% if redress %}
# What you can do
{{ redress }}
{% endif %}"""

GOOD = {
    "request_for_data": f"""# Somebody asks for your data

{_ASKED_BY}

You have until the end of {{{{ window_until }}}}.

What is asked for:
{{{{ asked }}}}

What is not:
{{{{ not_asked }}}}""",
    "delayed_after_order": f"""# We may tell you now

{_ASKED_BY}

{{{{ silence }}}}

{{{{ result }}}}

{{% if window_until %}}You have until the end of {{{{ window_until }}}}.{{% endif %}}

{{% if asked %}}{{% if keeps %}}We keep a copy of:{{% endif %}}{{% if not keeps %}}Asked for:{{% endif %}}{{% endif %}}
{{{{ asked }}}}

{{% if not_asked %}}Not asked for:{{% endif %}}
{{{{ not_asked }}}}

{_STATED}""",
    "order_against_content": f"""{_ASKED_BY}

{{{{ silence }}}}

{{{{ result }}}}

{_STATED}""",
    "affected": """{{ agency }} has sent us {{ order }} on {{ received_on }} ({{ law }}).

{{ hit }}

{{ hit_effects }}

{% if is_lifted %}It is over.{% endif %}""",
}
