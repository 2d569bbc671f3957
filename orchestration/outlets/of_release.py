"""Which outlets a release of this project has, in the order in which they need each other."""

from orchestration.documentation.glossary import Glossary
from orchestration.documentation.published import published_tables
from orchestration.outlets.changes import change_log
from orchestration.outlets.datapackage import Described, data_package
from orchestration.outlets.model_pages import model_pages
from orchestration.outlets.spreadsheets import write_spreadsheets
from orchestration.paths import Paths
from orchestration.release import Outlet


def outlets(paths: Paths) -> list[Outlet]:
    """What is added to a release beside its tables and pages."""
    about = described(paths)
    # the package lists the spreadsheets there are
    return [write_spreadsheets, data_package(about), change_log(about), model_pages(paths.dbt_manifest)]


def described(paths: Paths) -> Described:
    """What the models and the glossary say; code that is installed without its repository has no glossary."""
    tables = published_tables(paths.dbt_manifest) if paths.dbt_manifest.is_file() else {}
    return Described(tables, Glossary.load(paths.glossary) if paths.glossary.is_file() else None)
