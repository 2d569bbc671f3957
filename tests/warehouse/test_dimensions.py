"""What facts are about: each code has a table that explains it, each name its span, each function its COFOG."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.paths import Paths
from orchestration.transformation import build
from tests.built_warehouse import ROOT, Warehouse, working_database
from tests.extractors.beside import needs_filings

PHASES = ("approved_amount", "adjusted_amount", "accrued_amount")
LEAVES = "fact.is_latest and fact.is_leaf and fact.is_last_period"
BY_COFOG = """
    marts.fct_budget_execution as fact
    inner join marts.bridge_function_cofog as bridge
        on fact.function_key = bridge.function_key
        and fact.period_end_date between bridge.valid_from_date and bridge.valid_to_date
    inner join marts.dim_cofog as cofog using (cofog_key)
"""


# --- COFOG


def test_cofog_has_its_divisions_and_groups(sound: Warehouse) -> None:
    # 8 + 5 + 6 + 9 + 6 + 6 + 6 + 6 + 8 + 9 = 69 groups
    assert sound.query("""
        select division_code, count(*) filter (where cofog_level = 'group')
        from marts.dim_cofog where cofog_level in ('division', 'group') group by division_code order by division_code
    """) == [
        ("01", 8),
        ("02", 5),
        ("03", 6),
        ("04", 9),
        ("05", 6),
        ("06", 6),
        ("07", 6),
        ("08", 6),
        ("09", 8),
        ("10", 9),
    ]
    assert sound.query("""
        select g.cofog_code, d.cofog_code, g.cofog_name, g.cofog_name_en, g.division_name
        from marts.dim_cofog as g inner join marts.dim_cofog as d on g.parent_cofog_key = d.cofog_key
        where g.cofog_code in ('03.3', '10.9') order by g.cofog_code
    """) == [
        ("03.3", "03", "Tribunales de justicia", "Law courts", "Orden público y seguridad"),
        ("10.9", "10", "Protección social n.e.p.", "Social protection n.e.c.", "Protección social"),
    ]


def test_every_function_has_counterparts(sound: Warehouse) -> None:
    # CONAC: 4 purposes, 28 functions, 111 subfunctions; and the three members that stand for none
    assert sound.query("""
        select f.function_level, count(distinct f.function_key),
            count(distinct f.function_key) = count(distinct b.function_key)
        from marts.dim_functions as f left join marts.bridge_function_cofog as b using (function_key)
        where f.function_scheme = 'mx-conac-funcional' or f.function_level is null
        group by f.function_level order by f.function_level nulls last
    """) == [("function", 28, True), ("purpose", 4, True), ("subfunction", 111, True), (None, 3, True)]


@pytest.mark.parametrize(
    ("function", "counterparts", "from_function"),
    [
        # the same title in both: Otros de Seguridad Social y Asistencia Social, Social protection n.e.c.
        ("2.6.9", [("10.9", "exact", Decimal(1))], "2.6.9"),
        ("1.2.3", [("03.4", "exact", Decimal(1))], "1.2.3"),
        # health of persons has no group of its own, so it is a part of the division that its function is
        ("2.3.2", [("07", "narrow", Decimal(1))], "2.3"),
        ("2.5.5", [("09", "narrow", Decimal(1))], "2.5"),
        # external affairs and economic aid to others in one function: two equal shares
        ("1.4.1", [("01.1", "split", Decimal("0.5")), ("01.2", "split", Decimal("0.5"))], "1.4"),
        # Apoyos IPAB: support to the savers of failed banks is no function of COFOG
        ("4.3.2", [("unclassifiable", "none", Decimal(1))], "4.3"),
    ],
)
def test_a_function_is_brought_to_cofog(
    function: str, counterparts: list[tuple[str, str, Decimal]], from_function: str, sound: Warehouse
) -> None:
    assert (
        sound.query(f"""
        select cofog_code, match_type, weight from marts.bridge_function_cofog
        where function_code = '{function}' order by cofog_code
    """)
        == counterparts
    )
    assert sound.query(f"""
        select distinct mapped_function_code, is_inherited from marts.bridge_function_cofog
        where function_code = '{function}'
    """) == [(from_function, function != from_function)]
    # the function itself says its counterpart only where there is one
    single = counterparts[0][:2] if len(counterparts) == 1 else (None, None)
    assert sound.query(f"""
        select cofog_code, cofog_match_type from marts.dim_functions where function_code = '{function}'
    """) == [single]


def test_the_money_of_isseg_is_social_protection_and_that_of_aduanas_is_not_known(sound: Warehouse) -> None:
    # All 15 programmes of ISSEG print 02 06 09. Their rows add up to what the form leaves blank as Total del Gasto. The
    # report of Aduanas prints no function: 49,991,864 of its second level, in force as assigned, nothing accrued.
    amounts = ", ".join(f"sum(fact.{phase} * bridge.weight)" for phase in PHASES)
    assert sound.query(f"""
        select fact.currency_code, cofog.division_code, cofog.cofog_code, cofog.cofog_name, {amounts}
        from {BY_COFOG} where {LEAVES} group by all order by fact.currency_code
    """) == [
        ("HNL", "-1", "-1", "Desconocido", Decimal("49991864.00"), Decimal("49991864.00"), None),
        (
            *("MXN", "10", "10.9", "Protección social n.e.p."),
            *(Decimal("7322661467.96"), Decimal("7370272328.52"), Decimal("6758751766.74")),
        ),
    ]


def test_money_brought_to_cofog_is_the_money_there_was(sound: Warehouse) -> None:
    for phase in PHASES:
        # every row of the fact, whatever level it is printed at
        assert sound.query(f"""
            select (select sum(fact.{phase} * bridge.weight) from {BY_COFOG})
                = (select sum({phase}) from marts.fct_budget_execution)
        """) == [(True,)], phase
    # 100.01 on each of the 4 + 28 + 111 codes, shared out where a code is split: 143 x 100.01 = 14,301.43, of which
    # 01.2 has the half of Relaciones Exteriores twice (function and subfunction): 2 x 50.005 = 100.01
    each = "cast(100.01 as decimal(18, 2)) * weight"
    assert sound.query(f"""
        select sum({each}), sum({each}) filter (where cofog_code = '01.2')
        from marts.bridge_function_cofog where function_scheme = 'mx-conac-funcional'
    """) == [(Decimal("14301.43"), Decimal("100.01"))]


@needs_filings
def test_the_money_of_adult_education_is_education(quarters: Warehouse) -> None:
    # 02 05 05 Educación para Adultos in all eleven forms
    assert quarters.query(f"""
        select cofog.cofog_code, cofog.cofog_name, count(*) = (select count(*) from marts.fct_budget_execution)
        from {BY_COFOG} group by all
    """) == [("09", "Educación", True)]


# --- codes


def test_every_null_kind_of_a_fact_is_explained(sound: Warehouse) -> None:
    columns = sound.query("""
        select table_name, column_name from duckdb_columns()
        where schema_name = 'marts' and table_name like 'fct_%' and column_name like '%null_kind'
    """)
    assert len(columns) >= 10
    used = {
        kind
        for table, column in columns
        for (kind,) in sound.query(f"select distinct {column} from marts.{table} where {column} is not null")
    }
    explained = {kind for (kind,) in sound.query("select null_kind from marts.dim_null_kinds")}
    assert {"blank", "not_available", "not_reported", "not_on_form", "words"} <= used <= explained


def test_every_null_kind_that_parsing_can_give_is_explained(sound: Warehouse) -> None:
    parsing = (ROOT / "dbt_project" / "macros" / "parsing" / "null_kind.sql").read_text("utf-8")
    given = set(re.findall(r"(?:then|else) '([a-z_]+)'", parsing))
    assert {"blank", "not_applicable", "not_available", "not_reported", "unparsable", "words"} <= given
    assert given <= {kind for (kind,) in sound.query("select null_kind from marts.dim_null_kinds")}


def test_nothing_printed_is_told_apart_from_a_printed_reason(sound: Warehouse) -> None:
    # IPAB: six blanks and seven ND in the series; ISSEG: Subtotal 2 and Total del Gasto print nothing
    assert sound.query("""
        select value_raw, null_kind_name, statement, count(*)
        from marts.fct_indicator_values inner join marts.dim_null_kinds on value_null_kind = null_kind
        group by all order by value_raw
    """) == [("", "En blanco", "nothing_printed", 6), ("ND", "No disponible", "printed_reason", 7)]
    assert sound.query("""
        select distinct totals.scope, kinds.statement
        from marts.fct_printed_totals as totals
        inner join marts.dim_null_kinds as kinds using (null_kind)
        inner join marts.dim_documents as documents using (document_key)
        where documents.file_path like '%/isseg_2020_%'
        order by totals.scope
    """) == [("subtotal 2", "nothing_printed"), ("total", "nothing_printed")]


def test_currencies_have_their_decimals(sound: Warehouse) -> None:
    # ISO 4217: the Chilean peso has no minor unit
    assert sound.query("""
        select country_code, country_name, currency_code, minor_units
        from marts.dim_countries inner join marts.dim_currencies using (currency_code) order by country_code
    """) == [
        ("AR", "Argentina", "ARS", 2),
        ("BR", "Brasil", "BRL", 2),
        ("CL", "Chile", "CLP", 0),
        ("CO", "Colombia", "COP", 2),
        ("HN", "Honduras", "HNL", 2),
        ("MX", "México", "MXN", 2),
        ("PE", "Perú", "PEN", 2),
        ("SV", "El Salvador", "USD", 2),
    ]


@pytest.mark.parametrize(
    ("table", "key", "printed", "name"),
    [
        # sheets of IPAB: Acumulado o periódico, Tendencia esperada, Frecuencia de medición; ISSEG: Mensual
        ("dim_accumulation_types", "accumulation_type", "accumulation_name", "Periódico"),
        ("dim_directions", "direction_code", "direction_name", "Constante"),
        ("dim_frequencies", "frequency_code", "frequency_name", "Mensual"),
    ],
)
def test_a_printed_term_joins_to_its_code(table: str, key: str, printed: str, name: str, sound: Warehouse) -> None:
    column = key.replace("_code", "_name").replace("_type", "_name")
    assert sound.query(f"""
        select distinct codes.{printed} from marts.dim_indicators as indicators
        inner join marts.{table} as codes using ({key}) where lower(indicators.{column}) = lower('{name}')
    """) == [(name,)]
    assert sound.query(f"""
        select count(*) = (select count(*) from marts.dim_indicators)
        from marts.dim_indicators inner join marts.{table} using ({key})
    """) == [(True,)]


# --- names and versions


@pytest.mark.parametrize(
    ("printed", "unit", "role"),
    [
        # the monthly tables, the quarterly one and the column of those responsible call one department three names
        ("EDUCACION", "Educación Cooperativa", "own"),
        ("UNIDAD DE EDUCACION", "Educación Cooperativa", "own"),
        ("DEPARTAMENTO DE EDUCACION COOPERATIVA", "Educación Cooperativa", "own"),
        ("OFICINA REGIONAL OCCIDENTE", "Oficina Regional Occidental", "own"),
        ("ADMINISTRADOR DE FIDECOSAL", "Administración de FIDECOSAL", "head"),
    ],
)
def test_a_printed_name_finds_its_unit(printed: str, unit: str, role: str, sound: Warehouse) -> None:
    assert sound.query(f"""
        select units.org_unit_name, names.name_role, names.place_count > 0
        from marts.dim_org_unit_names as names inner join marts.dim_org_units as units using (org_unit_key)
        where names.printed_name_folded = '{printed}' and names.is_current
    """) == [(unit, role, True)]


def test_every_printed_name_of_a_unit_is_an_alias(sound: Warehouse) -> None:
    assert (
        sound.query("""
        select distinct name_folded from intermediate.int_org_unit_names__collect
        where name_folded not in (select printed_name_folded from marts.dim_org_unit_names)
    """)
        == []
    )


def test_an_institution_is_found_by_any_of_its_printed_names(sound: Warehouse) -> None:
    # the forms of 2018 and 2019 end the name of INAEBA otherwise than those of 2020
    assert sound.query("""
        select names.printed_name, institutions.institution_name
        from marts.dim_institution_names as names
        inner join marts.dim_institutions as institutions using (institution_key)
        where names.institution_code = '3035' order by length(names.printed_name)
    """) == [
        (name, "Instituto de Alfabetización y Educación Básica para Adultos del Estado de Guanajuato")
        for name in (
            "INSTITUTO DE ALFABETIZACIÓN Y EDUCACIÓN BÁSICA PARA ADULTOS",
            "INSTITUTO DE ALFABETIZACIÓN Y EDUCACIÓN BÁSICA PARA ADULTOS DEL ESTADO DE GTO.",
        )
    ]
    # two ways of printing one name are no change of name
    assert sound.query("""
        select version_no, is_current, changed_attributes from marts.dim_institution_versions
        where institution_code = '3035'
    """) == [(1, True, None)]


@pytest.mark.parametrize("fact", ["fct_indicator_goals", "fct_budget_execution", "fct_unit_compliance"])
def test_every_fact_has_the_one_name_its_institution_had(fact: str, sound: Warehouse) -> None:
    assert sound.query(f"""
        select count(*) = (select count(*) from marts.{fact}), count(*) > 0
        from marts.{fact} as fact inner join marts.dim_institution_versions as versions
            on fact.institution_key = versions.institution_key
            and fact.period_end_date between versions.valid_from_date and versions.valid_to_date
    """) == [(True, True)]


def agrees_with_indicators(warehouse: Warehouse) -> bool:
    ((differences,),) = warehouse.query("""
        select count(*) from marts.dim_indicators as indicators
        left join (
            select
                indicator_key,
                count(distinct definition_hash) as definition_count,
                max(case when is_current then definition_hash end) as current_hash,
                count(*) filter (where is_current) as current_count
            from marts.dim_indicator_versions group by indicator_key
        ) as versions using (indicator_key)
        where indicators.indicator_key > 0 and (
            versions.definition_count is distinct from indicators.definition_count
            or versions.current_hash is distinct from indicators.definition_hash
            or versions.current_count is distinct from 1
            or indicators.has_changed_definition is distinct from (versions.definition_count > 1)
        )
    """)
    return differences == 0


def test_versions_agree_with_the_indicators(sound: Warehouse) -> None:
    assert agrees_with_indicators(sound)


def test_a_name_that_a_reissue_of_the_month_replaced_was_never_in_force(sound: Warehouse) -> None:
    # Product 93 of Aduanas: the preliminary issue calls the reports "diseñados", the published one "creados". Both are
    # of January 2021, so no period is left for the first. No other definition changes.
    assert sound.query("""
        select indicator_name, version_no, changed_attributes, is_replaced, is_current,
            valid_from_date::varchar, valid_to_date::varchar
        from marts.dim_indicator_versions
        where indicator_key in (select indicator_key from marts.dim_indicator_versions where version_no > 1)
        order by version_no
    """) == [
        (
            "Tableros y reportes dinámicos, diseñados en el sistema de inteligencia aduanera.",
            *(1, None, True, False, "2021-01-31", "2021-01-30"),
        ),
        (
            "Tableros y reportes dinámicos, creados en el sistema de inteligencia aduanera.",
            *(2, "name", False, True, "2021-01-31", "9999-12-31"),
        ),
    ]


@needs_filings
def test_a_definition_holds_until_the_form_that_rewrites_it(quarters: Warehouse) -> None:
    assert agrees_with_indicators(quarters)
    # The form of March 2019 divides by those without secundaria where the four of 2018 divide by those without
    # educación básica; the seven forms since keep it. Reading and writing has one definition in all eleven, primaria
    # came in 2019.
    assert quarters.query("""
        select indicator_name, version_no, valid_from_date::varchar, valid_to_date::varchar, filing_count,
            changed_attributes
        from marts.dim_indicator_versions order by indicator_name, version_no
    """) == [
        (
            "Porcentaje de personas de 15 años y más que no han concluido la educación básica.",
            *(1, "2018-03-31", "2019-03-30", 4, None),
        ),
        (
            "Porcentaje de personas de 15 años y más que no han concluido la educación básica.",
            *(2, "2019-03-31", "9999-12-31", 7, "formula"),
        ),
        (
            "Porcentaje de personas de 15 años y más que no han concluido la primaria",
            *(1, "2019-03-31", "9999-12-31", 7, None),
        ),
        (
            "Porcentaje de personas de 15 años y más que no saben leer nI escribir.",
            *(1, "2018-03-31", "9999-12-31", 11, None),
        ),
    ]
    # and every goal finds the definition it was set under
    assert quarters.query("""
        select count(*) = (select count(*) from marts.fct_indicator_goals)
        from marts.fct_indicator_goals as goals inner join marts.dim_indicator_versions as versions
            on goals.indicator_key = versions.indicator_key
            and goals.period_end_date between versions.valid_from_date and versions.valid_to_date
    """) == [(True,)]


@needs_filings
def test_a_programme_goes_on_from_year_to_year(quarters: Warehouse) -> None:
    # E024 in all three years, without a name of its own. Both indicators of 2018 come back in 2019, which adds
    # primaria; 2020 has the three of 2019.
    assert quarters.query("""
        select from_program_code, to_program_code, from_fiscal_year, to_fiscal_year, relation, basis, is_inferred,
            shared_indicator_count
        from marts.bridge_program_lineage order by from_fiscal_year
    """) == [
        ("E024", "E024", 2018, 2019, "continues", "same_code_no_name", True, 2),
        ("E024", "E024", 2019, 2020, "continues", "same_code_no_name", True, 3),
    ]


def test_programmes_of_one_year_have_no_lineage(sound: Warehouse) -> None:
    # ISSEG of 2020 and Aduanas of 2021 are two institutions with one year each
    assert sound.query("select count(*) from marts.bridge_program_lineage") == [(0,)]


# --- members that stand for none


def test_a_link_of_a_plan_has_a_member_on_every_side(sound: Warehouse) -> None:
    # Programme of IPAB: its three objectives serve the national one, its nine indicators name an objective each
    assert sound.query("""
        select links.alignment_kind, count(*),
            min(indicators.indicator_name) filter (where indicators.indicator_key < 0),
            min(elements.element_name) filter (where elements.plan_element_key < 0)
        from marts.bridge_plan_alignment as links
        inner join marts.dim_indicators as indicators using (indicator_key)
        inner join marts.dim_plan_elements as elements using (plan_element_key)
        inner join marts.dim_plan_elements as served on links.aligned_plan_element_key = served.plan_element_key
        group by links.alignment_kind order by links.alignment_kind
    """) == [
        ("indicator_to_objective", 9, None, "No aplica"),
        ("objective_to_national_objective", 3, "No aplica", None),
    ]
    # an objective of the nation is of no one institution
    assert sound.query("""
        select elements.plan_scheme, institutions.institution_name
        from marts.dim_plan_elements as elements
        inner join marts.dim_institutions as institutions using (institution_key)
        where elements.element_level = 'national_objective'
    """) == [("mx-pronafide", "No aplica")]


def test_no_key_of_a_fact_or_bridge_to_a_dimension_is_empty(sound: Warehouse) -> None:
    keys = sound.query("""
        select facts.table_name, facts.column_name
        from duckdb_columns() as facts
        where facts.schema_name = 'marts' and (facts.table_name like 'fct_%' or facts.table_name like 'bridge_%')
            and facts.column_name like '%_key' and facts.data_type = 'BIGINT'
    """)
    assert len(keys) > 20
    empty = [
        (table, column)
        for table, column in keys
        if sound.query(f"select count(*) from marts.{table} where {column} is null") != [(0,)]
    ]
    assert empty == []


# --- what the guards stop

# a row of the seed that nothing loaded matches, so that a mutation has something to damage
BY_HAND = (
    "insert into seeds.program_lineage values ('s', 'MX', '3031', '2019', 'A', '2020', 'B', 'merged', 'r', 'd', 's')"
)
MART_GUARDS = {
    "shares_add_up_bridge_function_cofog_weight__function_key__valid_from_date__valid_to_date": """
        update marts.bridge_function_cofog set weight = 0.4 where function_code = '1.4.1' and cofog_code = '01.1'
    """,
    "relationships_dim_functions_function_key__function_key__ref_bridge_function_cofog_": """
        delete from marts.bridge_function_cofog where function_code = '2.6.9'
    """,
    "relationships_fct_indicator_values_value_null_kind__null_kind__ref_dim_null_kinds_": """
        delete from marts.dim_null_kinds where null_kind = 'not_available'
    """,
    "no_overlap_dim_institution_versions_institution_key__valid_from_date__valid_to_date": """
        insert into marts.dim_institution_versions by name
        select * replace (institution_version_key + 1 as institution_version_key, 'other' as institution_version_id)
        from marts.dim_institution_versions where institution_code = '3031'
    """,
}
# apart, because what stops at a seed is not looked at any further
SEED_GUARDS = {
    "program_lineage_goes_forward": "update seeds.program_lineage set to_fiscal_year = '2019'",
    "function_cofog_map_match_types_are_known": """
        update seeds.function_cofog_map set weight = '0.5' where function_code = '2.6.9'
    """,
}


def test_each_guard_stops_what_it_is_for(sound: Warehouse, tmp_path: Path) -> None:
    shutil.copytree(sound.paths.home / "build", tmp_path / "build")
    paths = Paths(ROOT, ROOT / "documents", tmp_path)

    def damage(statements: Iterable[str]) -> None:
        with working_database(paths, read_only=False) as connection:
            for statement in statements:
                connection.execute(statement)

    def statuses(guards: Iterable[str]) -> dict[str, str]:
        nodes = build(paths, "test", select=list(guards)).nodes
        return {node.name: node.status for node in nodes if node.resource_type == "test"}

    damage([BY_HAND])
    assert statuses([*MART_GUARDS, *SEED_GUARDS]) == dict.fromkeys([*MART_GUARDS, *SEED_GUARDS], "pass")
    for guards in (MART_GUARDS, SEED_GUARDS):
        damage(guards.values())
        assert statuses(guards) == dict.fromkeys(guards, "fail")
