"""Printed figures as SQL: out of the form's number format into whole hundredths and back."""

from __future__ import annotations


def hundredths(text: str) -> str:
    """A figure printed with two decimals, in hundredths."""
    return f"cast(replace(replace({text}, ',', ''), '.', '') as bigint)"


def printed(value: str) -> str:
    """Hundredths as the forms print them: 1,234,567.80."""
    return (
        f"case when {value} < 0 then '-' else '' end || format('{{:,}}', abs({value}) // 100) "
        f"|| '.' || lpad(cast(abs({value}) % 100 as varchar), 2, '0')"
    )


def percent(part: str, whole: str) -> str:
    """A share in whole percent, half up, as the forms print it."""
    return f"cast((200 * {part} + {whole}) // (2 * {whole}) as varchar) || '%'"
