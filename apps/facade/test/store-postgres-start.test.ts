import { UserError } from "@install-summary/command-line/errors";
import { freePorts } from "@tooling/postgres";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { formatStoreLocation } from "../src/store/location.ts";
import { describePostgresStore } from "../src/store/postgres/describe-store.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { readSchema } from "../src/store/postgres/open-store-database.ts";
import { migrations } from "../src/store/postgres/schema.ts";
import type { PostgresLocation } from "../src/store/postgres-location.ts";
import { authorityFile, openLocalCertificate } from "../src/tls/local-certificate.ts";
import { report } from "./facades.ts";
import { startLosingLink } from "./losing-link.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import { runFacade } from "./programs.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";
import { temporaryFolder } from "./stores.ts";

const { server, createDatabase } = usePostgres({
  settings: { listen_addresses: "127.0.0.1,127.0.0.2" },
});

/** The sentence with which a store is refused, with the exit code of a setting that is wrong by default. */
async function refusal(changed: Partial<PostgresLocation>, database = "postgres", exit = 2): Promise<string> {
  const location = { ...locationOf(server().url(database)), ...changed };
  const error: unknown = await openPostgresStore({ location }).then(
    (store) => store.close(),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw error ?? new Error("The store was opened.");
  expect(error).toMatchObject({ exit, code: exit === 2 ? "Usage" : "ServiceUnavailable" });
  return error.message;
}

const notAFile = "is a folder, a pipe or a device, and not a file.";

const place = (): string => `The PostgreSQL server 127.0.0.1:${server().port}`;

test("a server that is not there is named, with what the network says", async () => {
  const [port = 0] = await freePorts(1);
  expect(await refusal({ hosts: [{ host: "127.0.0.1", port }] }, "postgres", 7)).toBe(
    `The PostgreSQL server 127.0.0.1:${port} cannot be used: nothing listens there (ECONNREFUSED).`,
  );
  expect(await refusal({ hosts: [{ host: "db.invalid", port: 5432 }] }, "postgres", 7)).toMatch(
    /^The PostgreSQL server db\.invalid:5432 cannot be used: its host name (?:is unknown|cannot be looked up now) \(E\w+\)\.$/,
  );
});

test("a database, a user or a password that the server does not know is named", async () => {
  expect(await refusal({ database: "nowhere" })).toBe(
    `${place()} has no database nowhere. Create it, with the encoding UTF8.`,
  );
  const refused = "does not accept the password of the user";
  expect(await refusal({ user: "mallory" })).toBe(`${place()} ${refused} mallory, or has no such user.`);
  expect(await refusal({ password: () => "canary-7c2e" })).toBe(
    `${place()} ${refused} postgres, or has no such user.`,
  );
  expect(await refusal({ password: undefined })).toBe(
    `${place()} asks for the password of the user postgres. Put it into the URL in INSTALL_SUMMARY_STORE, or name its file with storePasswordFile.`,
  );
  expect(await refusal({ password: undefined, passwordFile: "/nowhere/secret" })).toBe(
    "The password file /nowhere/secret cannot be read: no such file or directory.",
  );
});

test.each([
  { what: "a device without an end", make: (file: string) => symlinkSync("/dev/zero", file), why: notAFile },
  { what: "a pipe", make: (file: string) => void execFileSync("mkfifo", [file]), why: notAFile },
  { what: "a folder", make: (file: string) => mkdirSync(file), why: notAFile },
  {
    what: "a file of gigabytes",
    make: (file: string) => {
      writeFileSync(file, "");
      truncateSync(file, 2 ** 32);
    },
    why: "is larger than 1048576 bytes.",
  },
])("$what is not read as a password or a certificate", async ({ make, why }) => {
  const file = join(temporaryFolder(), "secret");
  make(file);
  expect(await refusal({ password: undefined, passwordFile: file })).toBe(`The password file ${file} ${why}`);
  expect(await refusal({ tls: "verify-full", rootCertificate: file })).toBe(
    `The certificate of sslrootcert ${file} ${why}`,
  );
});

test("a password in a file is read without its line break", async () => {
  const passwordFile = join(temporaryFolder(), "secret");
  writeFileSync(passwordFile, `${server().password}\n`);
  const location = { ...locationOf(server().url(await createDatabase())), password: undefined, passwordFile };
  const store = await openPostgresStore({ location });
  expect(await store.check()).toBeUndefined();
  await store.close();
});

test("a user, a password and a database with characters of URLs are reached, over a socket too", async () => {
  const [name, written] = ["a+b&c#d%e@f/g", "a+b&c%23d%25e%40f%2Fg"];
  await server().query(`CREATE ROLE "${name}" LOGIN PASSWORD '${name}'`);
  await server().query(`CREATE DATABASE "${name}" OWNER "${name}"`);
  onTestFinished(async () => {
    await server().query(`DROP DATABASE "${name}" WITH (FORCE)`);
    await server().query(`DROP ROLE "${name}"`);
  });
  const { folder, port } = server();
  for (const url of [
    `postgres://${written}:${written}@127.0.0.1:${port}/${written}`,
    `postgres://${written}:${written}@/${written}?host=${folder}&port=${port}`,
  ]) {
    const store = await openPostgresStore({ location: locationOf(url) });
    expect(await store.check()).toBeUndefined();
    await store.close();
  }
  const socket = locationOf(`postgres://ada@/${written}?host=${folder}&port=${port}`);
  expect(await refusal(socket)).toMatch(new RegExp(`^The PostgreSQL server ${folder}/.s.PGSQL.${port} `));
});

test("a server without TLS, one whose certificate is not trusted, and one whose name is another are refused", async () => {
  expect(await refusal({ tls: "verify-full" })).toBe(
    `${place()} does not encrypt connections. Turn its TLS on, or, in a network that only you use, set sslmode=disable.`,
  );
  expect(await refusal({ tls: "verify-full", rootCertificate: "/nowhere/ca.pem" })).toBe(
    "The certificate of sslrootcert /nowhere/ca.pem cannot be read: no such file or directory.",
  );
  const rootCertificate = await turnTlsOn();
  const database = await createDatabase();
  const help =
    "Name the certificate of its authority with sslrootcert, and the server as its certificate does.";
  expect(await refusal({ tls: "verify-full" }, database)).toMatch(
    new RegExp(`^${place()} cannot be used: its certificate is not trusted \\(\\w+\\)\\. ${help}$`),
  );
  const elsewhere = [{ host: "127.0.0.2", port: server().port }];
  expect(await refusal({ tls: "verify-full", rootCertificate, hosts: elsewhere }, database)).toContain(
    "cannot be used: its certificate is for another name (ERR_TLS_CERT_ALTNAME_INVALID).",
  );
  for (const accepted of [
    { tls: "verify-full", rootCertificate },
    { tls: "verify-ca", rootCertificate, hosts: elsewhere },
    { tls: "require" },
  ] as const) {
    const location = { ...locationOf(server().url(database)), ...accepted };
    const store = await openPostgresStore({ location });
    const rows = await server().query(
      "SELECT count(*) FROM pg_stat_ssl WHERE ssl AND pid <> pg_backend_pid()",
    );
    expect(rows).toEqual([{ count: "1" }]);
    await store.close();
  }
});

test("a database that is of another program, of a newer version or not of UTF-8 is left as it is", async () => {
  const other = await createDatabase();
  await server().query("CREATE TABLE cities (name text)", [], other);
  expect(await refusal({}, other)).toBe(
    `The database ${other} holds the table cities and is not a store of Install Summary. It was left as it is; name an empty database.`,
  );
  const newer = await createDatabase();
  await (await openPostgresStore({ location: locationOf(server().url(newer)) })).close();
  await server().query("UPDATE install_summary_store SET schema = 99", [], newer);
  expect(await refusal({}, newer)).toBe(
    `The store in the database ${newer} was written by a newer version (its schema is 99, this version knows ${migrations.length}). It was left as it is; start the newer version.`,
  );
  const ascii = await createDatabase({
    definition: "TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'",
  });
  expect(await refusal({}, ascii)).toBe(
    `The database ${ascii} has the encoding SQL_ASCII. Create one with the encoding UTF8.`,
  );
  expect(
    await server().query("SELECT count(*) FROM pg_class WHERE relname = 'mobile_app'", [], ascii),
  ).toEqual([{ count: "0" }]);
});

test("a server before PostgreSQL 15 is refused by the number that it gives", async () => {
  const old = { version: 140_020, version_name: "14.20", encoding: "UTF8", schema: "public" };
  const connection = { run: async () => ({ rows: [{ ...old, has_store: false, found: null }], count: 1 }) };
  await expect(readSchema(connection, locationOf("postgres://ada@old.example/summary"))).rejects.toThrow(
    "The PostgreSQL server old.example:5432 is PostgreSQL 14.20. Use version 15 or later.",
  );
});

test("a user that may not make the tables is told which right is missing, and needs none once they are there", async () => {
  const database = await createDatabase();
  const role = `limited_${database}`;
  await server().query(`CREATE ROLE ${role} LOGIN PASSWORD 'limited'`);
  onTestFinished(async () => {
    await server().query(`DROP OWNED BY ${role}`, [], database);
    await server().query(`DROP ROLE ${role}`);
  });
  const limited = { user: role, password: () => "limited" };
  expect(await refusal(limited, database)).toBe(
    `${place()} does not let the user ${role} do what the store needs in the database ${database}: permission denied for schema public. Grant the right, or let another user make the tables.`,
  );
  await (await openPostgresStore({ location: locationOf(server().url(database)) })).close();
  await server().query(
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`,
    [],
    database,
  );
  const store = await openPostgresStore({ location: { ...locationOf(server().url(database)), ...limited } });
  await store.check();
  await addApps(store, [sampleApp()]);
  const tenant = openTenant(store);
  await tenant.update(appId, incrementing, request);
  expect(await tenant.listApps({ top: 1, search: [{ word: "outlook" }], count: true })).toMatchObject({
    count: 1,
  });
  expect(await tenant.removeChanges("9999", 1)).toBe(1);
  await tenant.erase();
  await store.close();
});

test("the command line tells it as one sentence, and no output has the password", async () => {
  const url = server().url("nowhere");
  const env = { INSTALL_SUMMARY_STORE: url };
  const folder = temporaryFolder();
  const shown = formatStoreLocation(locationOf(url)).replace("postgres@", "…@");
  const refused = `${place()} has no database nowhere.`;
  for (const [command, exit, said] of [
    ["serve --port 0", 2, refused],
    ["doctor", 2, refused],
    ["export", 2, refused],
    ["config", 0, shown],
  ] as const) {
    const { stdout, stderr, ...ended } = await runFacade({ folder, env }, ...command.split(" "));
    expect(stdout + stderr).not.toContain(server().password);
    expect(stdout + stderr).toContain(said);
    expect({ command, ...ended }).toEqual({ command, exit });
  }
});

test("a server that is away, or has no room, ends every command in 7, so that what supervises a service starts it again", async () => {
  const [port = 0] = await freePorts(1);
  const database = await createDatabase();
  await (await openPostgresStore({ location: locationOf(server().url(database)) })).close();
  const role = `crowded_${database}`;
  await server().query(`CREATE ROLE ${role} LOGIN PASSWORD 'crowded' CONNECTION LIMIT 0`);
  onTestFinished(async () => void (await server().query(`DROP ROLE ${role}`)));
  const folder = temporaryFolder();
  writeFileSync(join(folder, "apps.csv"), report);
  for (const [url, said] of [
    [`postgres://ada@127.0.0.1:${port}/summary`, "nothing listens there (ECONNREFUSED)"],
    [`postgres://ada@/summary?host=${folder}`, "cannot be used: "],
    [
      `postgres://${role}:crowded@127.0.0.1:${server().port}/${database}?sslmode=disable`,
      `too many connections for role "${role}"`,
    ],
  ] as const) {
    for (const command of ["serve --port 0", "import apps.csv", "export", "doctor --port 0"]) {
      const from = { folder, env: { INSTALL_SUMMARY_STORE: url } };
      const { exit, stdout, stderr } = await runFacade(from, ...command.split(" "));
      const told = stdout + stderr;
      expect({ command, exit, told }).toEqual({ command, exit: 7, told: expect.stringContaining(said) });
    }
  }
});

test("a connection that is lost while a store is opened is replaced, or told in a sentence", async () => {
  const [told, replaced] = await Promise.all([createDatabase(), createDatabase()]);
  const link = await startLosingLink(server().port);
  const through = (database: string) => ({
    ...locationOf(server().url(database)),
    hosts: [{ host: "127.0.0.1", port: link.port }],
  });
  const name = `The PostgreSQL server 127.0.0.1:${link.port}`;
  link.loseNext("request", "CREATE TABLE mobile_app");
  expect(await refusal(through(told), told, 7)).toBe(
    `${name} ended the connection, or did not respond in time. Run it again once the server responds.`,
  );
  link.loseNext("response", "COMMIT\0");
  expect(await refusal(through(told), told, 7)).toBe(
    `${name} did not confirm what was written, which may be there. Run doctor to see what is there, then run the command again.`,
  );
  await (await openPostgresStore({ location: locationOf(server().url(replaced)) })).close();
  link.loseNext("response", "max(schema)");
  await (await openPostgresStore({ location: through(replaced) })).close();
  link.loseNext("response", "max(schema)");
  await expect(describePostgresStore(through(replaced), false)).rejects.toThrow(
    `${name} ended the connection`,
  );
});

test("variables of the driver's own change nothing", async () => {
  const env = {
    INSTALL_SUMMARY_STORE: server().url(await createDatabase()),
    NODE_PG_FORCE_NATIVE: "1",
    PGSSLNEGOTIATION: "direct",
    PGOPTIONS: "-c search_path=nowhere",
    PGREPLICATION: "database",
  };
  const own = { folder: temporaryFolder(), env, stdin: Readable.from([report]) };
  expect(await runFacade(own, "import", "-")).toEqual({
    exit: 0,
    stdout: "3 created, 0 changed, 0 unchanged, 0 rejected.\n",
    stderr: "",
  });
});

/** Gives the server a certificate for 127.0.0.1; returns the file of its authority. */
async function turnTlsOn(): Promise<string> {
  const folder = temporaryFolder();
  const { certificate, privateKey } = await openLocalCertificate({ folder, names: [] });
  for (const [from, name] of [
    [certificate, "server.pem"],
    [privateKey, "server.key"],
  ] as const) {
    const to = join(server().folder, name);
    copyFileSync(from, to);
    chmodSync(to, 0o600);
    if (process.geteuid?.() === 0) chownSync(to, 65_534, 65_534);
    const setting = name === "server.pem" ? "ssl_cert_file" : "ssl_key_file";
    await server().query(`ALTER SYSTEM SET ${setting} = '${to}'`);
  }
  await server().query("ALTER SYSTEM SET ssl = on");
  await server().query("SELECT pg_reload_conf()");
  await expect.poll(() => server().query("SHOW ssl")).toEqual([{ ssl: "on" }]);
  return authorityFile(folder);
}
