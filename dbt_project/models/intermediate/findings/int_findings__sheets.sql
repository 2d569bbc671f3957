-- Where an indicator sheet contradicts itself: what it declares against the values it prints, the target against its
-- note, the method against its variables.
with sheets as (
    select
        *,
        {{ first_match(first_match('final_target_note', '[0-9]+([.,][0-9]+)?[ ]?%'), '[0-9]+([.,][0-9]+)?') }}
            as note_percent_raw
    from {{ ref('int_sheets__select') }}
),

variables as (
    select * from {{ ref('int_indicator_variables__select') }}
),

accumulating as (
    select
        'accumulation_contradicts_values' as rule_id,
        *,
        'Se declara «' || accumulation_name || '» y de tendencia «' || coalesce(direction_name, 'no declarada')
        || '», pero las metas suben cada año (' || targets_values_text
        || '), como si cada una contuviera las anteriores.' as evidence_es,
        'It is declared "' || accumulation_name || '" with the direction "' || coalesce(direction_name, 'not declared')
        || '", but the targets rise every year (' || targets_values_text
        || '): each contains those before it.' as evidence_en
    from sheets
    where
        accumulation_type = 'periodic'
        and targets_number_count > 1
        and targets_rising_count = targets_number_count - 1
        and direction_code <> 'ascending'
    union all
    select
        'accumulation_contradicts_values' as rule_id,
        *,
        'Se declara «' || accumulation_name || '», pero la meta final ' || final_target_value_raw
        || ' es la suma de las metas de ' || {{ as_text('targets_number_count') }} || ' años ('
        || targets_values_text || '), no la de un periodo (' || targets_last_raw || ').' as evidence_es,
        'It is declared "' || accumulation_name || '", but the final target ' || final_target_value_raw
        || ' is the sum of the targets of ' || {{ as_text('targets_number_count') }} || ' years ('
        || targets_values_text || '), not that of one period (' || targets_last_raw || ').' as evidence_en
    from sheets
    where
        accumulation_type = 'periodic'
        and targets_number_count > 1
        and final_target_value = targets_total_value
        and final_target_value <> targets_last_value
),

misfit as (
    select
        'unit_contradicts_values' as rule_id,
        *,
        'La unidad impresa es «' || unit_name_raw
        || '», pero los valores son conteos sin signo de porcentaje (historia '
        || coalesce(nullif(history_values_text, ''), 'sin dato') || '; metas ' || targets_values_text
        || '; meta final ' || coalesce(final_target_value_raw, 'sin dato') || ') y el método no divide nada: «'
        || calculation_method || '».' as evidence_es,
        'The printed unit is "' || unit_name_raw || '", but the values are counts without a per cent sign (history '
        || coalesce(nullif(history_values_text, ''), 'no value') || '; targets ' || targets_values_text
        || '; final target ' || coalesce(final_target_value_raw, 'no value') || ') and the method divides nothing: "'
        || calculation_method || '".' as evidence_en
    from sheets
    where
        unit_kind = 'percent'
        and targets_number_count > 0
        and targets_percent_count = 0
        and not {{ has_percent_sign('final_target_value_raw') }}
        and not is_ratio
        and calculation_method is not null
),

below_baseline as (
    select
        'target_below_baseline' as rule_id,
        *,
        'La meta más baja es ' || {{ number_words('lowest_target') }} || ' y la línea base de '
        || coalesce(baseline_year_raw, '(sin año)') || ' es ' || baseline_value_raw || ' (metas '
        || coalesce(targets_values_text, 'sin dato') || '; meta final ' || coalesce(final_target_value_raw, 'sin dato')
        || ').' as evidence_es,
        'The lowest target is ' || {{ number_words('lowest_target') }} || ' and the baseline of '
        || coalesce(baseline_year_raw, '(no year)') || ' is ' || baseline_value_raw || ' (targets '
        || coalesce(targets_values_text, 'no value') || '; final target '
        || coalesce(final_target_value_raw, 'no value')
        || ').' as evidence_en
    from (
        select
            *,
            least(targets_lowest_value, final_target_value) as lowest_target
        from sheets
    ) as sheets
    where
        lowest_target < baseline_value
        and direction_code <> 'descending'
),

against_note as (
    select
        'target_contradicts_note' as rule_id,
        *,
        'La meta ' || {{ as_text('final_target_year') }} || ' es ' || final_target_value_raw || ' y su nota dice '
        || note_percent_raw || ' %: «' || final_target_note || '».' as evidence_es,
        'The target of ' || {{ as_text('final_target_year') }} || ' is ' || final_target_value_raw
        || ' and its note says ' || note_percent_raw || ' %: "' || final_target_note || '".' as evidence_en
    from sheets
    where
        {{ has_percent_sign('final_target_value_raw') }}
        and {{ parse_quantity('note_percent_raw') }} <> final_target_value
),

against_variable as (
    select
        'denominator_contradicts_variable' as rule_id,
        sheets.*,
        'La sustitución «' || sheets.substitution_raw || '» divide entre ' || sheets.second_operand_raw
        || ' y la variable ' || variables.variable_no || ', «' || variables.variable_name || '», se da como '
        || variables.variable_value_raw || '.' as evidence_es,
        'The substitution "' || sheets.substitution_raw || '" divides by ' || sheets.second_operand_raw
        || ' and variable ' || variables.variable_no || ', "' || variables.variable_name || '", is '
        || variables.variable_value_raw || '.' as evidence_en
    from sheets
    inner join variables
        on
            sheets.document_sha256 = variables.document_sha256
            and sheets.record_no = variables.record_no
            and variables.variable_role = 'denominator'
    where {{ parse_quantity('sheets.second_operand_raw') }} <> variables.variable_value
),

-- a division of counts by a percentage, or by words
not_computable as (
    select
        'formula_not_computable' as rule_id,
        sheets.*,
        'El método «' || sheets.calculation_method || '» divide entre «' || variables.variable_name
        || '», que la ficha da como «' || coalesce(nullif(variables.variable_value_raw, ''), '(en blanco)')
        || case
            when variables.variable_value is null then '», no como un número: con ese valor no se puede calcular.'
            else '», un porcentaje y no una cantidad: con ese valor no se puede calcular.'
        end as evidence_es,
        'The method "' || sheets.calculation_method || '" divides by "' || variables.variable_name
        || '", which the sheet gives as "' || coalesce(nullif(variables.variable_value_raw, ''), '(blank)')
        || case
            when variables.variable_value is null then '", not as a number: there is nothing to compute with.'
            else '", a percentage and no quantity: there is nothing to compute with.'
        end as evidence_en
    from sheets
    inner join variables
        on
            sheets.document_sha256 = variables.document_sha256
            and sheets.record_no = variables.record_no
            and variables.variable_role = 'denominator'
    where
        sheets.is_ratio
        and (variables.variable_value is null or {{ has_percent_sign('variables.variable_value_raw') }})
),

named as (
    select
        sheets.*,
        variables.variable_no,
        variables.variable_name,
        case
            when variables.variable_role = 'numerator' then {{ ratio_numerator('sheets.calculation_method') }}
            when variables.variable_role = 'denominator' then {{ ratio_denominator('sheets.calculation_method') }}
            else sheets.calculation_method
        end as named_in_formula
    from sheets
    inner join variables
        on
            sheets.document_sha256 = variables.document_sha256
            and sheets.record_no = variables.record_no
),

unknown_variable as (
    select
        'formula_names_unknown_variable' as rule_id,
        *,
        'El método nombra «' || named_in_formula || '» y la variable ' || variable_no || ' de la ficha es «'
        || variable_name || '».' as evidence_es,
        'The method names "' || named_in_formula || '" and variable ' || variable_no || ' of the sheet is "'
        || variable_name || '".' as evidence_en
    from named
    where
        {{ dbt.position(fold_name('variable_name'), fold_name('named_in_formula')) }} = 0
),

outside_history as (
    select
        'baseline_contradicts_history' as rule_id,
        *,
        'La línea base de ' || coalesce(baseline_year_raw, '(sin año)') || ' es ' || baseline_value_raw
        || ' y la serie histórica de ' || {{ as_text('history_first_year') }} || ' a '
        || {{ as_text('history_last_year') }} || ' nunca baja de ' || {{ number_words('history_lowest_value') }} || ' ('
        || history_values_text || ').' as evidence_es,
        'The baseline of ' || coalesce(baseline_year_raw, '(no year)') || ' is ' || baseline_value_raw
        || ' and the historical series from ' || {{ as_text('history_first_year') }} || ' to '
        || {{ as_text('history_last_year') }} || ' never falls below ' || {{ number_words('history_lowest_value') }}
        || ' (' || history_values_text || ').' as evidence_en
    from sheets
    where
        baseline_value < history_lowest_value
        and direction_code <> 'descending'
),

no_such_objective as (
    select
        'objective_not_in_plan' as rule_id,
        sheets.*,
        'La ficha nombra el objetivo «' || sheets.objective_name || '», que no es ninguno de los del programa.'
            as evidence_es,
        'The sheet names the objective "' || sheets.objective_name || '", which is none of those of the programme.'
            as evidence_en
    from sheets
    inner join {{ ref('int_plan_alignment__link') }} as links
        on
            sheets.document_sha256 = links.document_sha256
            and sheets.table_name = links.table_name
            and sheets.row_seq = links.row_seq
            and links.alignment_kind = 'indicator_to_objective'
    where links.link_quality = 'open'
),

found as (
    {% for member in [
        'accumulating', 'misfit', 'below_baseline', 'against_note', 'against_variable', 'not_computable',
        'unknown_variable', 'outside_history', 'no_such_objective'
    ] %}
    select
        rule_id,
        source_id,
        table_name,
        document_sha256,
        row_seq,
        indicator_name as subject,
        {{ as_text('indicator_key') }} as subject_key,
        evidence_es,
        evidence_en,
        page_no,
        table_no,
        row_no
    from {{ member }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    rule_id,
    source_id,
    table_name,
    document_sha256,
    row_seq,
    subject,
    subject_key,
    cast(null as bigint) as institution_key,
    evidence_es,
    evidence_en,
    page_no,
    table_no,
    row_no
from found
