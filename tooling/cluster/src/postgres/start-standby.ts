import { execFile } from "node:child_process";
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { findBinaries, freePorts, runServer, type PostgresServer } from "@tooling/postgres";
import { Client } from "pg";
import { openLink, type Link } from "../processes/link.ts";
import { makePlace, type Place } from "../processes/place.ts";
import { until } from "../processes/until.ts";

/** A server that repeats what another one writes. */
export interface Standby extends AsyncDisposable {
  /** What it gets from the primary comes over this link. */
  readonly link: Link;
  /** The URL of a database on either server, the primary first. */
  urlBehind(primary: PostgresServer, database: string): string;
  /** Makes it a primary, and waits until it takes writes. */
  promote(): Promise<void>;
}

const standbyName = "standby";

/** Copies a server while it runs, and starts the copy as its standby; resolves when it streams. */
export async function startStandby(primary: PostgresServer): Promise<Standby> {
  const binaries = findBinaries();
  if ("missing" in binaries) throw new Error(binaries.missing);
  await using started = new AsyncDisposableStack();
  const place = started.use(makePlace());
  const link = started.use(await openLink(primary.port));
  const [port = 0] = await freePorts(1);
  const data = await copyData(primary, place);
  const source = `host=127.0.0.1 port=${link.port} user=${primary.user} password=${primary.password}`;
  appendFileSync(
    join(data, "postgresql.auto.conf"),
    `primary_conninfo = '${source} application_name=${standbyName}'\n`,
  );
  const settings = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: place.folder,
    shared_buffers: "32MB",
    // A standby wants as many as its primary has.
    max_connections: String((await primary.query("SHOW max_connections"))[0]?.["max_connections"]),
    timezone: "UTC",
  };
  await runServer({
    program: binaries.postgres,
    args: ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    folder: place.folder,
  });
  await until(async () => ((await isStreaming(primary)) ? true : undefined), {
    what: "standby that streams",
  });
  const { user, password } = primary;
  const owned = started.move();
  return {
    link,
    urlBehind: (first, database) =>
      `postgres://${user}:${password}@127.0.0.1:${first.port},127.0.0.1:${port}/${database}?sslmode=disable`,
    promote: async () =>
      void (await withClient({ port, user, password }, (client) => client.query("SELECT pg_promote()"))),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Lets each commit of a primary wait for its standby from now on. */
export async function waitForStandby(primary: PostgresServer): Promise<void> {
  await primary.query(`ALTER SYSTEM SET synchronous_standby_names = '${standbyName}'`);
  await primary.query("SELECT pg_reload_conf()");
  const isSynchronous = async () =>
    (await primary.query("SELECT FROM pg_stat_replication WHERE sync_state = 'sync'")).length > 0 ||
    undefined;
  await until(isSynchronous, { what: "synchronous standby" });
}

/** Copies the files of a running server, so that a standby can begin with them, and resolves to their folder. */
async function copyData(primary: PostgresServer, place: Place): Promise<string> {
  return withClient(primary, async (client) => {
    await client.query("SELECT pg_backup_start('standby', true)");
    const data = join(place.folder, "data");
    await promisify(execFile)("cp", ["-a", join(primary.folder, "data"), data]);
    const { rows } = await client.query<{ labelfile: string }>("SELECT labelfile FROM pg_backup_stop(false)");
    rmSync(join(data, "postmaster.pid"));
    place.writeFile("data/backup_label", rows[0]?.labelfile ?? "");
    place.writeFile("data/standby.signal", "");
    return data;
  });
}

/** A backup begins and ends on one connection. */
async function withClient<Result>(
  { port, user, password }: Pick<PostgresServer, "port" | "user" | "password">,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ host: "127.0.0.1", port, user, password, database: "postgres" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function isStreaming(primary: PostgresServer): Promise<boolean> {
  const rows = await primary.query("SELECT FROM pg_stat_replication WHERE state = 'streaming'");
  return rows.length > 0;
}
