"""What dbt gives to templates and sqlfluff's Jinja does not: just enough to make SQL of the right shape to lint.

Nothing here runs in a build. `adapter.dispatch` picks no dialect: it writes the macro's name as a function call.
"""

from collections.abc import Callable


class _Adapter:
    def dispatch(self, macro_name: str, macro_namespace: str | None = None) -> Callable[..., str]:
        """A function call with the macro's first argument, which is the SQL expression."""

        def call(expression: str = "x", *_: object, **__: object) -> str:
            return f"{macro_name}({expression})"

        return call


class _Dbt:
    def type_string(self) -> str:
        return "text"

    def type_timestamp(self) -> str:
        return "timestamp"

    def hash(self, expression: str) -> str:
        return f"md5({expression})"

    def dateadd(self, datepart: str, interval: str, from_date_or_timestamp: str) -> str:
        return f"date_add({from_date_or_timestamp}, {interval})"

    def datediff(self, first_date: str, second_date: str, datepart: str) -> str:
        return f"date_diff('{datepart}', {first_date}, {second_date})"

    def last_day(self, date: str, datepart: str) -> str:
        return f"last_day({date})"

    def position(self, substring: str, text: str) -> str:
        return f"strpos({text}, {substring})"


adapter = _Adapter()
dbt = _Dbt()


class _Builtins:
    def ref(self, model_name: str) -> str:
        return model_name

    def source(self, source_name: str, table_name: str) -> str:
        return f"{source_name}.{table_name}"


builtins = _Builtins()
