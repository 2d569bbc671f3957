-- What the compliance that an institution prints of itself shows: a quarter below its own threshold, and a mean taken
-- over another number of units than the table lists. The months of one table are told together.
with thresholds as (
    select
        institution_key,
        valid_from_date,
        valid_to_date,
        -- the threshold is the lower bound of the last band that still counts as met
        min(case when is_met then lower_bound_pct end) as threshold_pct
    from {{ ref('dim_threshold_schemes') }}
    where measure = 'compliance_pct' and institution_key is not null
    group by institution_key, valid_from_date, valid_to_date
),

printed as (
    select
        compared.*,
        documents.institution_key,
        institutions.institution_name,
        thresholds.threshold_pct
    from {{ ref('int_institution_compliance__compare') }} as compared
    inner join {{ ref('int_documents__identify') }} as documents
        on compared.document_sha256 = documents.document_sha256
    inner join {{ ref('dim_institutions') }} as institutions on documents.institution_key = institutions.institution_key
    left join thresholds
        on
            documents.institution_key = thresholds.institution_key
            and compared.period_end_date between thresholds.valid_from_date and thresholds.valid_to_date
),

other_bases as (
    select
        document_sha256,
        source_id,
        table_name,
        institution_key,
        institution_name,
        unit_count,
        implied_base,
        min(row_seq) as row_seq,
        min(page_no) as page_no,
        min(table_no) as table_no,
        min(row_no) as row_no,
        {{ ordered_concat('compliance_pct_raw', ', ', 'row_seq') }} as printed_raw
    from printed
    where implied_base <> unit_count
    group by document_sha256, source_id, table_name, institution_key, institution_name, unit_count, implied_base
)

select
    'institution_below_threshold' as rule_id,
    source_id,
    table_name,
    document_sha256,
    row_seq,
    institution_name as subject,
    {{ as_text('institution_key') }} as subject_key,
    institution_key,
    'El cumplimiento institucional impreso del trimestre es ' || compliance_pct_raw || ', por debajo de '
    || {{ percent_text('threshold_pct') }} || ', el umbral de la propia institución.' as evidence_es,
    'The printed compliance of the institution in the quarter is ' || compliance_pct_raw || ', below '
    || {{ percent_text('threshold_pct') }} || ', its own threshold.' as evidence_en,
    page_no,
    table_no,
    row_no
from printed
where period_type = 'quarter' and compliance_pct < threshold_pct
union all
select
    'unit_left_out_of_base' as rule_id,
    source_id,
    table_name,
    document_sha256,
    row_seq,
    institution_name || ', base ' || {{ as_text('implied_base') }} as subject,
    {{ as_text('institution_key') }} as subject_key,
    institution_key,
    'El cumplimiento institucional impreso (' || printed_raw || ') es la suma de las ' || {{ as_text('unit_count') }}
    || ' unidades de la tabla entre ' || {{ as_text('implied_base') }}
    || ': la base no es el número de unidades, y el documento no dice cuáles cuentan.' as evidence_es,
    'The printed compliance of the institution (' || printed_raw || ') is the sum of the '
    || {{ as_text('unit_count') }} || ' units of the table over ' || {{ as_text('implied_base') }}
    || ': the base is not the number of units, and the document does not say which of them count.' as evidence_en,
    page_no,
    table_no,
    row_no
from other_bases
