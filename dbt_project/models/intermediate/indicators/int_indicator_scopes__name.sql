-- The places of an indicator with the indicator that their sheet is of, of every document.
select
    {{ place_columns('scopes') }},
    scopes.record_no,
    sheets.indicator_code,
    scopes.region_code,
    scopes.region_name,
    scopes.area_code,
    scopes.area_name
from {{ ref('stg_pe_mef_fichas__indicator_scopes') }} as scopes
inner join {{ ref('stg_pe_mef_fichas__indicator_sheets') }} as sheets
    on
        scopes.document_sha256 = sheets.document_sha256
        and scopes.record_no = sheets.record_no
