import { expect, test } from "vitest";
import { formatStoreLocation, parseStoreLocation } from "./location.ts";

test.each([
  ["sqlite:y/z.db", "/home/ada/y/z.db"],
  ["sqlite:/y.db", "/y.db"],
  ["sqlite:///y.db", "/y.db"],
  ["sqlite:../x", "/home/x"],
  ["sqlite:/home/ada@contoso.com/a:b", "/home/ada@contoso.com/a:b"],
  ["sqlite:C:/x@y.db", "/home/ada/C:/x@y.db"],
])("%s is the file %s", (url, file) => {
  expect(parseStoreLocation(url, "/home/ada")).toEqual({ kind: "sqlite", file });
});

const full = {
  kind: "postgres",
  hosts: [{ host: "db.example", port: 5432 }],
  user: "ada",
  database: "summary",
  tls: "verify-full",
  rootCertificate: undefined,
} as const;
const local = [{ host: "127.0.0.1", port: 5432 }];

test.each([
  ["postgres://ada@db.example/summary", {}],
  ["postgresql://ada:x@db.example:6432/summary", { hosts: [{ host: "db.example", port: 6432 }] }],
  [
    "postgres://a%40da@h1,h2:6432,[fd00::5]:1/my%20db?sslmode=require",
    {
      user: "a@da",
      database: "my db",
      tls: "require",
      hosts: [
        { host: "h1", port: 5432 },
        { host: "h2", port: 6432 },
        { host: "fd00::5", port: 1 },
      ],
    },
  ],
  [
    "postgres://ada@db.example/summary?sslmode=verify-ca&sslrootcert=ca.pem",
    { tls: "verify-ca", rootCertificate: "/home/ada/ca.pem" },
  ],
  [
    "postgres://ada@db.example/summary?sslmode=require&sslrootcert=ca.pem",
    { tls: "verify-ca", rootCertificate: "/home/ada/ca.pem" },
  ],
  ["postgres://ada@127.0.0.1/summary", { hosts: local, tls: "disable" }],
  ["postgres://ada@127.0.0.1/summary?sslmode=verify-full", { hosts: local }],
  [
    "postgres://ada@/summary?host=/run/postgresql",
    { hosts: [{ host: "/run/postgresql", port: 5432 }], tls: "disable" },
  ],
  [
    "postgres://ada@/summary?host=/run/postgresql&port=5433",
    { hosts: [{ host: "/run/postgresql", port: 5433 }], tls: "disable" },
  ],
  ["postgres://a+d&a#@db.example/sum+mary&x", { user: "a+d&a#", database: "sum+mary&x" }],
  ["postgres://a%2Bd%26a%23%25@db.example/%2B%26%23%25%3F", { user: "a+d&a#%", database: "+&#%?" }],
  [
    "postgres://ada@db.example/summary?sslmode=verify-full&sslrootcert=/a+b%26c%23%25/ca.pem",
    { rootCertificate: "/a+b&c#%/ca.pem" },
  ],
])("%s is a database of PostgreSQL", (url, differs) => {
  const parsed = parseStoreLocation(url, "/home/ada");
  expect(parsed).toMatchObject({ ...full, ...differs });
  expect(parsed && parseStoreLocation(formatStoreLocation(parsed), "/elsewhere")).toEqual({
    ...parsed,
    password: undefined,
  });
});

test.each([
  ["x+y&z#w", "x+y&z#w"],
  ["%2B%26%23%25%40%2F%3A%3F", "+&#%@/:?"],
  ["a:b?c", "a:b?c"],
])("the password %s of a URL is %s", (written, password) => {
  const location = parseStoreLocation(`postgres://ada:${written}@db.example/summary`, "/");
  expect(location?.kind === "postgres" && location.password?.()).toBe(password);
});

test.each([
  "sqlite:",
  "sqlite://host/x.db",
  "sqlite::memory:",
  "sqlite:x.db?mode=ro",
  "sqlite:///x.db?",
  "sqlite:postgres://ada:x@db/x",
  "sqlite:postgres:/ada:x@db/x",
  "sqlite:ada:x@db/x",
  "sqlite:file:/x.db",
  "/x.db",
  "",
  "postgresql://db/x",
  "postgres://ada@db",
  "postgres://ada@db/",
  "postgres://ada@/x",
  "postgres://ada@db:0/x",
  "postgres://ada@db:70000/x",
  "postgres://ada@db,/x",
  "postgres://ada@db/x?sslmode=prefer",
  "postgres://ada@db/x?ssl=true",
  "postgres://ada@db/x?sslmode=verify-full&sslmode=disable",
  "postgres://ada@db/x?sslmode=disable&%73slmode=disable",
  "postgres://ada@db/x?host=/run",
  "postgres://ada@db/x#y",
  "postgres://%zz@db/x",
  "postgres://ada:50%@db/x",
  "postgres://ada@db/x?port=5433",
  "postgres://ada@/x?host=/run&port=0",
])("%j is not the URL of a store", (url) => {
  expect(parseStoreLocation(url, "/home/ada")).toBeUndefined();
});

test("a formatted location is parsed to the same location", () => {
  const location = { kind: "sqlite", file: "/data/store.db" } as const;
  expect(parseStoreLocation(formatStoreLocation(location), "/elsewhere")).toEqual(location);
});
