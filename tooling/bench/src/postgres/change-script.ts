import { benchTenant } from "../store/fill-store.ts";

/** The tenant whose summaries pgbench changes. */
export const pgbenchTenant = `${benchTenant}-pgbench`;

/** The table by which a script finds an app by its number. */
export const numberTable = "CREATE TABLE bench_app (number integer PRIMARY KEY, id text NOT NULL)";

/**
 * A script of pgbench that makes one change as the store makes a group: the feed, the summary and the log at once. A colon
 * before a letter or a digit would be a variable of pgbench.
 */
export function changeScript(apps: number): string {
  return `\\set number random(0, ${apps - 1})
\\set value random(0, 2147483647)
WITH f AS (
  UPDATE change_feed SET last = last + 1 WHERE tenant_id = '${pgbenchTenant}' RETURNING last
), c AS (
  UPDATE install_summary s SET failed_device_count = :value, version = s.version + 1, change_sequence = f.last,
    modified_at = '2026-11-26', modified_by = 'pgbench'
  FROM f WHERE s.tenant_id = '${pgbenchTenant}' AND s.app_id = (SELECT id FROM bench_app WHERE number = :number)
  RETURNING s.app_id, s.version, f.last
)
INSERT INTO install_summary_change (tenant_id, sequence, previous_sequence, app_id, version, changed_at, actor, origin,
  request_id, client_request_id, before, after)
SELECT '${pgbenchTenant}', last, NULL, app_id, version, '2026-11-26', 'pgbench', 'api',
  '0b3ee4a4-6a67-4b0e-8c0d-1f4f1f0f6f5a', NULL, '{"failedDeviceCount": 1}', '{"failedDeviceCount": 2}' FROM c;
`;
}
