/**
 * What the service asks of every session, whatever the server, the database or the role have set: each statement sees what
 * was committed before it began, waits and works for a bounded time, and is told committed when that is on the disk.
 */
const settings: readonly (readonly [name: string, value: string])[] = [
  ["application_name", "'install-summary'"],
  ["default_transaction_isolation", "'read committed'"],
  // Rows are sent as arrays, and NULL in them means null, not the text.
  ["array_nulls", "'on'"],
  // Milliseconds.
  ["statement_timeout", "'5000'"],
  ["lock_timeout", "'4000'"],
  ["idle_in_transaction_session_timeout", "'10000'"],
  // To start further processes takes longer than a page does, and a search gets no more than one.
  ["max_parallel_workers_per_gather", "'0'"],
  // Raised where it may lose what was acknowledged; more than `on` stays.
  [
    "synchronous_commit",
    "CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on' ELSE current_setting('synchronous_commit') END",
  ],
];

/** Those that servers before PostgreSQL 17 do not have. */
const laterSettings: typeof settings = [
  // A migration is one transaction, however long it takes.
  ["transaction_timeout", "'0'"],
];

/** Sets them for as long as the session lasts. */
export const setForSession: string = `SELECT ${setConfig(false)}`;

/** Sets them for a transaction, in its first statement: a pooler gives each transaction another session. */
export const setForTransaction: string = `SELECT ${setConfig(true)}`;

function setConfig(isLocal: boolean): string {
  const set = ([name, value]: (typeof settings)[number]): string =>
    `set_config('${name}', ${value}, ${isLocal})`;
  const setWhereKnown = (setting: (typeof settings)[number]): string =>
    `CASE WHEN current_setting('${setting[0]}', true) IS NOT NULL THEN ${set(setting)} END`;
  return [...settings.map(set), ...laterSettings.map(setWhereKnown)].join(", ");
}
