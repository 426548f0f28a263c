-- The audit of batch.py once more, by hand: each claimed or reimbursed act on its own day, under the default readings.
-- Written from the two French texts and what is agreed on their words, never from logic/: an independent check.
-- A condition is a column: true, it fails; false, it is met or does not apply; NULL, it hangs on what is not known.
-- It wants to know every status and every breast, and that no act is left out: `pyreco synth` without noise.
-- An act in the way is the first that breaks the first clause, in the order of the text, that another act breaks.
-- Variables: acts (Parquet), facts (CSV: patient, path, value, date; without a patient: of everybody), and answers.

CREATE OR REPLACE TEMP TABLE codes AS
SELECT unnest([printf('%06d', a), printf('%06d', b)]) AS code, a AS benefit FROM (
    VALUES
        (252652, 252663), (252696, 252700), (252674, 252685), (252711, 252722), (252733, 252744), (252755, 252766),
        (252770, 252781), (252792, 252803), (252814, 252825), (250176, 250180), (250191, 250202), (250213, 250224),
        (251856, 251860), (251871, 251882), (251893, 251904), (251812, 251823), (251834, 251845), (251915, 251926),
        (251930, 251941), (251274, 251285), (251296, 251300), (251311, 251322), (251333, 251344), (253654, 253665),
        (253676, 253680), (251355, 251366), (251370, 251381), (251672, 251683), (251716, 251720), (251694, 251705),
        (251731, 251742), (251753, 251764), (251775, 251786), (251576, 251580), (251613, 251624), (251635, 251646),
        (251650, 251661), (251790, 251801), (252431, 252442), (252453, 252464), (252475, 252486), (252490, 252501),
        (252512, 252523), (253116, 253120), (253131, 253142), (253153, 253164), (253175, 253186), (253190, 253201),
        (253212, 253223), (253315, 253326), (253551, 253562), (253573, 253584), (253595, 253606), (253610, 253621),
        (253632, 253643), (227636, 227640), (227651, 227662), (227673, 227684), (227695, 227706), (227710, 227721),
        (227894, 227905), (251952, 251963), (252571, 252582), (252593, 252604), (252615, 252626), (226973, 226984),
        (226995, 227006), (227010, 227021), (227032, 227043), (227054, 227065)
) AS pairs(a, b);

-- The fees of 2016, in euros; benefits of the nomenclature have points alone.
CREATE OR REPLACE TEMP TABLE fees(benefit, fee_eur) AS
VALUES (252652, 3088.44), (252696, 3088.44), (252674, 4693.06), (252711, 4693.06), (252733, 684.20), (252755, 796.20),
    (252770, 342.10), (252792, 97.14), (252814, 194.27);

CREATE OR REPLACE TEMP TABLE acts AS
SELECT row, patient, c.benefit, code, day, (day - DATE '1900-01-01') * 10000000000000 + row AS key, session, status,
    status IN ('claimed', 'reimbursed') AS granted, status = 'reimbursed' AS reimbursed, quantity,
    coalesce(breast, 'none') AS breast,
    coalesce(breast IN ('left', 'both'), false) AS l, coalesce(breast IN ('right', 'both'), false) AS r
FROM (
    SELECT *, date AS day, file_row_number + 1 AS row FROM read_parquet(getvariable('acts'), file_row_number = true)
    UNION ALL BY NAME SELECT NULL::VARCHAR AS session, NULL::INTEGER AS quantity WHERE false
) JOIN codes c USING (code);

-- What the file says of people.
CREATE OR REPLACE TEMP TABLE said AS
SELECT patient, path, value, date FROM (
    SELECT * FROM read_csv(getvariable('facts'), all_varchar = true, header = true)
    UNION ALL BY NAME SELECT NULL::VARCHAR AS patient, NULL::VARCHAR AS date WHERE false)
WHERE path NOT LIKE 'claim.%' AND path NOT LIKE 'operation.%';

CREATE OR REPLACE TEMP TABLE people AS
WITH own AS (
    SELECT patient,
        any_value(value = 'true') FILTER (path = 'surgeon.eligible') AS eligible,
        any_value(value = 'true') FILTER (path = 'surgeon.plastic_surgery_specialist') AS specialist,
        any_value(try_cast(value AS DATE)) FILTER (path = 'hospital.convention_signed') AS signed,
        bool_or(path LIKE 'agreements%') AS agreements,
        list(value) FILTER (path = 'breasts.left.indication') AS l_indications,
        list(value) FILTER (path = 'breasts.right.indication') AS r_indications,
        any_value(value = 'true') FILTER (path = 'breasts.left.tumour_board_indication') AS l_board,
        any_value(value = 'true') FILTER (path = 'breasts.right.tumour_board_indication') AS r_board,
        any_value(value = 'true') FILTER (path = 'breasts.left.joint_decision_with_plastic_surgeon') AS l_joint,
        any_value(value = 'true') FILTER (path = 'breasts.right.joint_decision_with_plastic_surgeon') AS r_joint,
        any_value(value = 'true') FILTER (path = 'breasts.left.tumour_board_report_on_file') AS l_report,
        any_value(value = 'true') FILTER (path = 'breasts.right.tumour_board_report_on_file') AS r_report,
        any_value(value = 'true') FILTER (path = 'breasts.left.oncology_consultation_report') AS l_consultation,
        any_value(value = 'true') FILTER (path = 'breasts.right.oncology_consultation_report') AS r_consultation,
        any_value(value = 'true') FILTER (path = 'breasts.left.total_loss') AS l_loss,
        any_value(value = 'true') FILTER (path = 'breasts.right.total_loss') AS r_loss,
        any_value(value = 'true') FILTER (path = 'breasts.left.feasibility_report') AS l_feasible,
        any_value(value = 'true') FILTER (path = 'breasts.right.feasibility_report') AS r_feasible,
        any_value(value = 'true') FILTER (path = 'breasts.left.mutilating_treatment') AS l_mutilated,
        any_value(value = 'true') FILTER (path = 'breasts.right.mutilating_treatment') AS r_mutilated,
        any_value(value = 'true') FILTER (path = 'breasts.left.congenital_hypoplasia') AS l_hypoplasia,
        any_value(value = 'true') FILTER (path = 'breasts.right.congenital_hypoplasia') AS r_hypoplasia,
        any_value(value = 'true') FILTER (path = 'breasts.left.tuberous') AS l_tuberous,
        any_value(value = 'true') FILTER (path = 'breasts.right.tuberous') AS r_tuberous,
        any_value(value = 'true') FILTER (path = 'breasts.left.functional_discomfort') AS l_discomfort,
        any_value(value = 'true') FILTER (path = 'breasts.right.functional_discomfort') AS r_discomfort
    FROM said GROUP BY patient
)
SELECT p.patient, coalesce(o.eligible, e.eligible) AS eligible, coalesce(o.specialist, e.specialist) AS specialist,
    coalesce(o.signed, e.signed) AS signed, coalesce(o.agreements, false) AS agreements,
    o.* EXCLUDE (patient, eligible, specialist, signed, agreements)
FROM (SELECT DISTINCT patient FROM acts) p LEFT JOIN own o USING (patient)
LEFT JOIN (SELECT * FROM own WHERE patient IS NULL) e ON true;

CREATE OR REPLACE TEMP TABLE decisions AS
SELECT patient, part[2] AS decider, part[3]::INTEGER AS benefit, coalesce(part[4], 'both') AS breast, value AS decision,
    date::DATE AS day
FROM (SELECT *, string_split(path, '.') AS part FROM said WHERE path LIKE 'agreements.%');

CREATE OR REPLACE TEMP TABLE lines AS
SELECT * FROM acts WHERE granted AND (
    benefit IN (252652, 252674, 252696, 252711, 252733, 252755, 252770, 252792, 252814)
    OR benefit BETWEEN 250176 AND 253632 AND benefit NOT IN (251952, 252571, 252593, 252615));

-- Of the decisions on the benefit and breast dated before the operation the latest counts; on one day the refusal.
CREATE OR REPLACE TEMP TABLE agreed AS
SELECT l.row, arg_max(d.decision, (d.day, d.decision = 'refused')) = 'approved' AS approved
FROM lines l JOIN decisions d ON d.patient = l.patient AND d.benefit = l.benefit AND d.day < l.day
    AND d.decider = CASE WHEN l.benefit IN (252696, 252711) THEN 'college' ELSE 'medical_adviser' END
    AND d.breast IN ('both', l.breast)
GROUP BY l.row;

-- What other acts do to a line: those up to its day, and those in its session. Where it can be an act in the way, the
-- first such act, as one number: its day, then its row.
CREATE OR REPLACE TEMP TABLE beside AS
SELECT row,
    min(key) FILTER (granted AND same) AS again_by,
    min(key) FILTER (granted AND same AND here) AS again_here_by,
    min(key) FILTER (together AND granted AND same AND there) AS other_breast_by,
    min(key) FILTER (together AND granted AND benefit = 252652) AS with_252652_by,
    min(key) FILTER (together AND granted AND benefit = 252674) AS with_252674_by,
    min(key) FILTER (together AND granted AND benefit = 252696) AS with_252696_by,
    min(key) FILTER (together AND granted AND benefit = 252711) AS with_252711_by,
    min(key) FILTER (together AND granted AND benefit IN
        (250176, 250191, 251856, 251871, 251893, 251812, 251834, 251952, 252571)) AS with_flap_by,
    min(key) FILTER (together AND granted AND benefit IN
        (251672, 251716, 252490, 252512, 252571, 252593)) AS with_remodelling_by,
    min(key) FILTER (together AND granted AND benefit = 252615) AS with_tattoo_by,
    min(key) FILTER (together AND granted AND benefit IN (252652, 252674, 252696, 252711)) AS with_phase_1_by,
    min(key) FILTER (together AND granted AND benefit IN (252733, 252755, 252770)) AS with_phase_2_by,
    min(key) FILTER (together AND granted AND benefit IN
        (251274, 251296, 251311, 251333, 251355, 251370, 253676)) AS with_graft_by,
    bool_or(together AND ablation AND l) AS primary_l,
    bool_or(together AND ablation AND r) AS primary_r,
    bool_or(qualifying AND l AND (before AND reimbursed OR together AND granted)) AS ablated_l,
    bool_or(qualifying AND r AND (before AND reimbursed OR together AND granted)) AS ablated_r,
    bool_or(benefit IN (252652, 252696) AND here AND (before OR together)) AS flap_done,
    bool_or(benefit IN (252652, 252696) AND here AND before AND reimbursed) AS flap_paid,
    bool_or(benefit IN (252674, 252711) AND before AND reimbursed) AS flaps_paid,
    bool_or(benefit IN (252733, 252755) AND before AND reimbursed) AS nipple_paid,
    bool_or(ablation AND NOT qualifying AND l AND (before OR together)) AS earlier_l,
    bool_or(ablation AND NOT qualifying AND r AND (before OR together)) AS earlier_r
FROM (
    SELECT line.row, a.key, a.benefit, a.granted, a.reimbursed, a.l, a.r, a.day < line.day AS before,
        coalesce(a.session = line.session, a.day = line.day) AS together, a.benefit = line.benefit AS same,
        line.l AND a.l OR line.r AND a.r AS here, line.l AND a.r OR line.r AND a.l AS there,
        a.benefit IN (227636, 227651, 227673, 227695, 227710, 227894) AS qualifying,
        qualifying OR a.benefit IN (226973, 226995, 227010, 227032, 227054) AS ablation
    FROM lines line JOIN acts a ON a.patient = line.patient AND a.row <> line.row
    WHERE a.day <= line.day OR coalesce(a.session = line.session, false)
) GROUP BY row;

-- The total loss of a breast for which the College may agree; after a necrosis if the surgeon's report shows how.
CREATE OR REPLACE TEMP MACRO exceptional(indications, feasible, loss) AS loss AND (
    list_has_any(indications, ['poland_syndrome', 'severe_trauma', 'severe_infection', 'benign_tumour_or_reclus'])
    OR list_contains(indications, 'necrosis') AND feasible
);

-- Each condition, for each line. Nothing in a table of acts tells the flap, the area and the like.
CREATE OR REPLACE TEMP TABLE conditions AS
SELECT line.row, patient, benefit, code, day, breast, session, status, quantity,
    COLUMNS('_by$'),
    benefit = 252652 AND (other_breast OR with_252674) AS conv_3a_1,
    benefit = 252674 AND with_252652 AS conv_3a_2,
    benefit = 252696 AND (other_breast OR with_252711) AS conv_3a_3,
    benefit = 252711 AND with_252696 AS conv_3a_4,
    phase_1 AND NULL::BOOLEAN AS conv_3a_7,
    by_cancer AND (line.l AND l_no_cancer OR line.r AND r_no_cancer) AS conv_3b_1a,
    by_cancer AND (line.l AND NOT l_board OR line.r AND NOT r_board) AS conv_3b_1c,
    by_cancer AND (line.l AND primary_l AND NOT l_joint OR line.r AND primary_r AND NOT r_joint) AS conv_3b_1d,
    by_cancer AND
        (line.l AND NOT primary_l AND NOT l_report OR line.r AND NOT primary_r AND NOT r_report) AS conv_3b_1e,
    by_cancer AND
        (line.l AND NOT primary_l AND NOT l_consultation OR line.r AND NOT primary_r AND NOT r_consultation)
        AS conv_3b_1f,
    benefit = 252652 AND again_here AS conv_3b_2a,
    benefit = 252652 AND (line.l AND NOT ablated_l OR line.r AND NOT ablated_r) AS conv_3b_2b,
    benefit = 252674 AND (again OR several) AS conv_3b_3a,
    benefit = 252674 AND (line.l AND NOT ablated_l OR line.r AND NOT ablated_r) AS conv_3b_3b,
    by_college AND CASE WHEN agreements THEN NOT approved END AS conv_3b_4a,
    by_college AND (line.l AND NOT l_exceptional OR line.r AND NOT r_exceptional) AS conv_3b_4b,
    benefit = 252696 AND again_here AS conv_3b_5,
    benefit = 252711 AND (again OR several) AS conv_3b_6,
    (phase_1 OR benefit IN (250176, 250191, 251812, 251834, 251856, 251871, 251893)) AND
        CASE WHEN phase_1 THEN with_flap ELSE with_phase_1 END AS conv_3b_7,
    benefit = 252733 AND again AS conv_4b_1a,
    benefit = 252733 AND NOT flap_done AS conv_4b_1b,
    benefit = 252755 AND (again OR several) AS conv_4b_2a,
    benefit = 252755 AND NOT flaps_paid AS conv_4b_2b,
    benefit = 252770 AND (again OR several) AS conv_4b_3a,
    benefit = 252770 AND NOT nipple_paid AS conv_4b_3b,
    (phase_2 OR benefit IN (251672, 251716, 252490, 252512)) AND
        CASE WHEN phase_2 THEN with_remodelling ELSE with_phase_2 END AS conv_4b_4,
    benefit = 252792 AND again AS conv_5b_1a,
    benefit = 252792 AND NOT flap_paid AS conv_5b_1b,
    benefit = 252814 AND (again OR several) AS conv_5b_2a,
    benefit = 252814 AND NOT flaps_paid AS conv_5b_2b,
    phase_3 AND with_tattoo AS conv_5b_3,
    convention AND NOT eligible AS conv_7_1a,
    convention AND day < date_trunc('month', signed) + INTERVAL 1 MONTH AS conv_16_1,
    NOT convention AND NOT specialist AS nps_0_2,
    benefit = 250213 AND NULL::BOOLEAN AS nps_i1_250213,
    benefit = 251274 AND NULL::BOOLEAN AS nps_i3_251274,
    benefit = 251296 AND NULL::BOOLEAN AS nps_i3_251296,
    benefit = 251311 AND NULL::BOOLEAN AS nps_i3_251311,
    benefit = 251333 AND NULL::BOOLEAN AS nps_i3_251333,
    benefit = 253654 AND NULL::BOOLEAN AS nps_i3_253654,
    benefit = 253676 AND NULL::BOOLEAN AS nps_i3_253676,
    benefit = 251355 AND NULL::BOOLEAN AS nps_i3_251355,
    benefit = 251370 AND NULL::BOOLEAN AS nps_i3_251370,
    graft AND (with_graft OR several) AS nps_i3_n1,
    (graft OR benefit = 250176) AND NULL::BOOLEAN AS nps_i3_n3,
    benefit = 251694 AND NULL::BOOLEAN AS nps_i4_n1,
    benefit = 251731 AND NULL::BOOLEAN AS nps_i5_n1,
    benefit = 251753 AND NULL::BOOLEAN AS nps_i5_251753,
    benefit = 251775 AND NULL::BOOLEAN AS nps_i5_251775,
    benefit = 251576 AND (line.l AND NOT l_tuberous OR line.r AND NOT r_tuberous) AS nps_ii1_251576,
    benefit = 251613 AND (line.l AND NOT l_discomfort OR line.r AND NOT r_discomfort) AS nps_ii1_251613,
    benefit = 251635 AND (line.l AND NOT r_hypoplasia OR line.r AND NOT l_hypoplasia) AS nps_ii1_251635,
    benefit = 251650 AND (line.l AND NOT l_hypoplasia OR line.r AND NOT r_hypoplasia) AS nps_ii1_251650,
    benefit IN (251576, 251613, 251635, 251650) AND CASE WHEN agreements THEN NOT approved END AS nps_ii1_n3,
    benefit = 252431 AND
        (line.l AND NOT l_hypoplasia AND NOT l_mutilated OR line.r AND NOT r_hypoplasia AND NOT r_mutilated)
        AS nps_ii1_n4,
    benefit IN (252453, 252475) AND (line.l AND NOT earlier_l OR line.r AND NOT earlier_r) AS nps_ii1_n5,
    benefit IN (253153, 253175) AND NULL::BOOLEAN AS nps_ii2_n1,
    benefit = 253610 AND NULL::BOOLEAN AS nps_ii3_253610,
    benefit = 253632 AND NULL::BOOLEAN AS nps_ii3_253632,
    NOT convention AND day < DATE '2003-04-01' AS nps_0_3
FROM (
    SELECT l.*, p.* EXCLUDE (patient), coalesce(COLUMNS(b.* EXCLUDE (
            row, again_by, again_here_by, other_breast_by, with_252652_by, with_252674_by, with_252696_by,
            with_252711_by, with_flap_by, with_remodelling_by, with_tattoo_by, with_phase_1_by, with_phase_2_by,
            with_graft_by
        )), false),
        COLUMNS('_by$'),
        again_by IS NOT NULL AS again, again_here_by IS NOT NULL AS again_here,
        other_breast_by IS NOT NULL AS other_breast, with_252652_by IS NOT NULL AS with_252652,
        with_252674_by IS NOT NULL AS with_252674, with_252696_by IS NOT NULL AS with_252696,
        with_252711_by IS NOT NULL AS with_252711, with_flap_by IS NOT NULL AS with_flap,
        with_remodelling_by IS NOT NULL AS with_remodelling, with_tattoo_by IS NOT NULL AS with_tattoo,
        with_phase_1_by IS NOT NULL AS with_phase_1, with_phase_2_by IS NOT NULL AS with_phase_2,
        with_graft_by IS NOT NULL AS with_graft,
        coalesce(a.approved, false) AS approved,
        coalesce(l.quantity > 1, false) AS several,
        l.benefit IN (252652, 252674, 252696, 252711) AS phase_1, l.benefit IN (252652, 252674) AS by_cancer,
        l.benefit IN (252696, 252711) AS by_college, l.benefit IN (252733, 252755, 252770) AS phase_2,
        l.benefit IN (252792, 252814) AS phase_3, phase_1 OR phase_2 OR phase_3 AS convention,
        l.benefit IN (251274, 251296, 251311, 251333, 251355, 251370, 253676) AS graft,
        NOT list_has_any(l_indications, ['breast_cancer', 'genetic_predisposition']) AS l_no_cancer,
        NOT list_has_any(r_indications, ['breast_cancer', 'genetic_predisposition']) AS r_no_cancer,
        exceptional(l_indications, l_feasible, l_loss) AS l_exceptional,
        exceptional(r_indications, r_feasible, r_loss) AS r_exceptional
    FROM lines l JOIN people p USING (patient) LEFT JOIN beside b USING (row) LEFT JOIN agreed a USING (row)
) line;

COPY (
    SELECT o.* EXCLUDE (way, quantity), w.code AS blocking_code, w.day AS blocking_date, w.row AS blocking_row,
        f.fee_eur * coalesce(o.quantity, 1) AS tariff_eur,
        CASE WHEN o.verdict = 'billable' THEN 0 ELSE tariff_eur END AS at_stake_eur
    FROM (SELECT row, patient, code, benefit, day AS date, breast, session, status, quantity,
        CASE WHEN conv_3b_2a OR conv_3b_3a OR conv_3b_5 OR conv_3b_6 OR conv_4b_1a
                OR conv_4b_2a OR conv_4b_3a OR conv_5b_1a OR conv_5b_2a THEN 'closed'
            WHEN failing <> '' THEN 'not_yet' WHEN open <> '' THEN 'conditional' ELSE 'billable' END AS verdict,
        failing, open,
        coalesce(
            CASE WHEN conv_3a_1 THEN least(other_breast_by, with_252674_by) END,
            CASE WHEN conv_3a_2 THEN with_252652_by END,
            CASE WHEN conv_3a_3 THEN least(other_breast_by, with_252711_by) END,
            CASE WHEN conv_3a_4 THEN with_252696_by END,
            CASE WHEN conv_3b_2a THEN again_here_by END,
            CASE WHEN conv_3b_3a THEN again_by END,
            CASE WHEN conv_3b_5 THEN again_here_by END,
            CASE WHEN conv_3b_6 THEN again_by END,
            CASE WHEN conv_3b_7 AND benefit IN (252652, 252674, 252696, 252711) THEN with_flap_by
                WHEN conv_3b_7 THEN with_phase_1_by END,
            CASE WHEN conv_4b_1a OR conv_4b_2a OR conv_4b_3a THEN again_by END,
            CASE WHEN conv_4b_4 AND benefit IN (252733, 252755, 252770) THEN with_remodelling_by
                WHEN conv_4b_4 THEN with_phase_2_by END,
            CASE WHEN conv_5b_1a OR conv_5b_2a THEN again_by END,
            CASE WHEN conv_5b_3 THEN with_tattoo_by END,
            CASE WHEN nps_i3_n1 THEN with_graft_by END
        ) AS way
    FROM (SELECT *,
        concat_ws(' ', 
            CASE WHEN conv_3a_1 THEN 'conv_3a_1' END, CASE WHEN conv_3a_2 THEN 'conv_3a_2' END,
            CASE WHEN conv_3a_3 THEN 'conv_3a_3' END, CASE WHEN conv_3a_4 THEN 'conv_3a_4' END,
            CASE WHEN conv_3a_7 THEN 'conv_3a_7' END, CASE WHEN conv_3b_1a THEN 'conv_3b_1a' END,
            CASE WHEN conv_3b_1c THEN 'conv_3b_1c' END, CASE WHEN conv_3b_1d THEN 'conv_3b_1d' END,
            CASE WHEN conv_3b_1e THEN 'conv_3b_1e' END, CASE WHEN conv_3b_1f THEN 'conv_3b_1f' END,
            CASE WHEN conv_3b_2a THEN 'conv_3b_2a' END, CASE WHEN conv_3b_2b THEN 'conv_3b_2b' END,
            CASE WHEN conv_3b_3a THEN 'conv_3b_3a' END, CASE WHEN conv_3b_3b THEN 'conv_3b_3b' END,
            CASE WHEN conv_3b_4a THEN 'conv_3b_4a' END, CASE WHEN conv_3b_4b THEN 'conv_3b_4b' END,
            CASE WHEN conv_3b_5 THEN 'conv_3b_5' END, CASE WHEN conv_3b_6 THEN 'conv_3b_6' END,
            CASE WHEN conv_3b_7 THEN 'conv_3b_7' END, CASE WHEN conv_4b_1a THEN 'conv_4b_1a' END,
            CASE WHEN conv_4b_1b THEN 'conv_4b_1b' END, CASE WHEN conv_4b_2a THEN 'conv_4b_2a' END,
            CASE WHEN conv_4b_2b THEN 'conv_4b_2b' END, CASE WHEN conv_4b_3a THEN 'conv_4b_3a' END,
            CASE WHEN conv_4b_3b THEN 'conv_4b_3b' END, CASE WHEN conv_4b_4 THEN 'conv_4b_4' END,
            CASE WHEN conv_5b_1a THEN 'conv_5b_1a' END, CASE WHEN conv_5b_1b THEN 'conv_5b_1b' END,
            CASE WHEN conv_5b_2a THEN 'conv_5b_2a' END, CASE WHEN conv_5b_2b THEN 'conv_5b_2b' END,
            CASE WHEN conv_5b_3 THEN 'conv_5b_3' END, CASE WHEN conv_7_1a THEN 'conv_7_1a' END,
            CASE WHEN conv_16_1 THEN 'conv_16_1' END, CASE WHEN nps_0_2 THEN 'nps_0_2' END,
            CASE WHEN nps_i1_250213 THEN 'nps_i1_250213' END, CASE WHEN nps_i3_251274 THEN 'nps_i3_251274' END,
            CASE WHEN nps_i3_251296 THEN 'nps_i3_251296' END, CASE WHEN nps_i3_251311 THEN 'nps_i3_251311' END,
            CASE WHEN nps_i3_251333 THEN 'nps_i3_251333' END, CASE WHEN nps_i3_253654 THEN 'nps_i3_253654' END,
            CASE WHEN nps_i3_253676 THEN 'nps_i3_253676' END, CASE WHEN nps_i3_251355 THEN 'nps_i3_251355' END,
            CASE WHEN nps_i3_251370 THEN 'nps_i3_251370' END, CASE WHEN nps_i3_n1 THEN 'nps_i3_n1' END,
            CASE WHEN nps_i3_n3 THEN 'nps_i3_n3' END, CASE WHEN nps_i4_n1 THEN 'nps_i4_n1' END,
            CASE WHEN nps_i5_n1 THEN 'nps_i5_n1' END, CASE WHEN nps_i5_251753 THEN 'nps_i5_251753' END,
            CASE WHEN nps_i5_251775 THEN 'nps_i5_251775' END, CASE WHEN nps_ii1_251576 THEN 'nps_ii1_251576' END,
            CASE WHEN nps_ii1_251613 THEN 'nps_ii1_251613' END, CASE WHEN nps_ii1_251635 THEN 'nps_ii1_251635' END,
            CASE WHEN nps_ii1_251650 THEN 'nps_ii1_251650' END, CASE WHEN nps_ii1_n3 THEN 'nps_ii1_n3' END,
            CASE WHEN nps_ii1_n4 THEN 'nps_ii1_n4' END, CASE WHEN nps_ii1_n5 THEN 'nps_ii1_n5' END,
            CASE WHEN nps_ii2_n1 THEN 'nps_ii2_n1' END, CASE WHEN nps_ii3_253610 THEN 'nps_ii3_253610' END,
            CASE WHEN nps_ii3_253632 THEN 'nps_ii3_253632' END, CASE WHEN nps_0_3 THEN 'nps_0_3' END
        ) AS failing,
        concat_ws(' ', 
            CASE WHEN conv_3a_1 IS NULL THEN 'conv_3a_1' END, CASE WHEN conv_3a_2 IS NULL THEN 'conv_3a_2' END,
            CASE WHEN conv_3a_3 IS NULL THEN 'conv_3a_3' END, CASE WHEN conv_3a_4 IS NULL THEN 'conv_3a_4' END,
            CASE WHEN conv_3a_7 IS NULL THEN 'conv_3a_7' END, CASE WHEN conv_3b_1a IS NULL THEN 'conv_3b_1a' END,
            CASE WHEN conv_3b_1c IS NULL THEN 'conv_3b_1c' END, CASE WHEN conv_3b_1d IS NULL THEN 'conv_3b_1d' END,
            CASE WHEN conv_3b_1e IS NULL THEN 'conv_3b_1e' END, CASE WHEN conv_3b_1f IS NULL THEN 'conv_3b_1f' END,
            CASE WHEN conv_3b_2a IS NULL THEN 'conv_3b_2a' END, CASE WHEN conv_3b_2b IS NULL THEN 'conv_3b_2b' END,
            CASE WHEN conv_3b_3a IS NULL THEN 'conv_3b_3a' END, CASE WHEN conv_3b_3b IS NULL THEN 'conv_3b_3b' END,
            CASE WHEN conv_3b_4a IS NULL THEN 'conv_3b_4a' END, CASE WHEN conv_3b_4b IS NULL THEN 'conv_3b_4b' END,
            CASE WHEN conv_3b_5 IS NULL THEN 'conv_3b_5' END, CASE WHEN conv_3b_6 IS NULL THEN 'conv_3b_6' END,
            CASE WHEN conv_3b_7 IS NULL THEN 'conv_3b_7' END, CASE WHEN conv_4b_1a IS NULL THEN 'conv_4b_1a' END,
            CASE WHEN conv_4b_1b IS NULL THEN 'conv_4b_1b' END, CASE WHEN conv_4b_2a IS NULL THEN 'conv_4b_2a' END,
            CASE WHEN conv_4b_2b IS NULL THEN 'conv_4b_2b' END, CASE WHEN conv_4b_3a IS NULL THEN 'conv_4b_3a' END,
            CASE WHEN conv_4b_3b IS NULL THEN 'conv_4b_3b' END, CASE WHEN conv_4b_4 IS NULL THEN 'conv_4b_4' END,
            CASE WHEN conv_5b_1a IS NULL THEN 'conv_5b_1a' END, CASE WHEN conv_5b_1b IS NULL THEN 'conv_5b_1b' END,
            CASE WHEN conv_5b_2a IS NULL THEN 'conv_5b_2a' END, CASE WHEN conv_5b_2b IS NULL THEN 'conv_5b_2b' END,
            CASE WHEN conv_5b_3 IS NULL THEN 'conv_5b_3' END, CASE WHEN conv_7_1a IS NULL THEN 'conv_7_1a' END,
            CASE WHEN conv_16_1 IS NULL THEN 'conv_16_1' END, CASE WHEN nps_0_2 IS NULL THEN 'nps_0_2' END,
            CASE WHEN nps_i1_250213 IS NULL THEN 'nps_i1_250213' END,
            CASE WHEN nps_i3_251274 IS NULL THEN 'nps_i3_251274' END,
            CASE WHEN nps_i3_251296 IS NULL THEN 'nps_i3_251296' END,
            CASE WHEN nps_i3_251311 IS NULL THEN 'nps_i3_251311' END,
            CASE WHEN nps_i3_251333 IS NULL THEN 'nps_i3_251333' END,
            CASE WHEN nps_i3_253654 IS NULL THEN 'nps_i3_253654' END,
            CASE WHEN nps_i3_253676 IS NULL THEN 'nps_i3_253676' END,
            CASE WHEN nps_i3_251355 IS NULL THEN 'nps_i3_251355' END,
            CASE WHEN nps_i3_251370 IS NULL THEN 'nps_i3_251370' END,
            CASE WHEN nps_i3_n1 IS NULL THEN 'nps_i3_n1' END, CASE WHEN nps_i3_n3 IS NULL THEN 'nps_i3_n3' END,
            CASE WHEN nps_i4_n1 IS NULL THEN 'nps_i4_n1' END, CASE WHEN nps_i5_n1 IS NULL THEN 'nps_i5_n1' END,
            CASE WHEN nps_i5_251753 IS NULL THEN 'nps_i5_251753' END,
            CASE WHEN nps_i5_251775 IS NULL THEN 'nps_i5_251775' END,
            CASE WHEN nps_ii1_251576 IS NULL THEN 'nps_ii1_251576' END,
            CASE WHEN nps_ii1_251613 IS NULL THEN 'nps_ii1_251613' END,
            CASE WHEN nps_ii1_251635 IS NULL THEN 'nps_ii1_251635' END,
            CASE WHEN nps_ii1_251650 IS NULL THEN 'nps_ii1_251650' END,
            CASE WHEN nps_ii1_n3 IS NULL THEN 'nps_ii1_n3' END, CASE WHEN nps_ii1_n4 IS NULL THEN 'nps_ii1_n4' END,
            CASE WHEN nps_ii1_n5 IS NULL THEN 'nps_ii1_n5' END, CASE WHEN nps_ii2_n1 IS NULL THEN 'nps_ii2_n1' END,
            CASE WHEN nps_ii3_253610 IS NULL THEN 'nps_ii3_253610' END,
            CASE WHEN nps_ii3_253632 IS NULL THEN 'nps_ii3_253632' END, CASE WHEN nps_0_3 IS NULL THEN 'nps_0_3' END
        ) AS open
    FROM conditions)) o LEFT JOIN fees f ON f.benefit = o.benefit LEFT JOIN acts w ON w.row = o.way % 10000000000000
    ORDER BY o.patient, o.date, o.code, o.row
) TO (getvariable('answers')) (FORMAT parquet);
