import { describe, expect, test } from "vitest";
import { withoutPassword, withoutStorePassword } from "./without-password.ts";

describe("a password is hidden, and where it belongs to is shown:", () => {
  test.each([
    ["postgres://ada:hunter2@db/summary", "postgres://…@db/summary"],
    ["postgres://ada:hun@ter2/hunter2@db/summary", "postgres://…@db/summary"],
    ["postgres:/ada:hunter2@db/summary", "postgres:/…@db/summary"],
    ["postgres:///ada:hunter2@db", "postgres:///…@db"],
    ["postgres:ada:hunter2@db/summary", "…@db/summary"],
    ["postgres//ada:hunter2@db/summary", "…@db/summary"],
    ["postgres:/ada%3Ahunter2@db/summary", "postgres:/…@db/summary"],
    ["ada:hunter2@db/summary", "…@db/summary"],
    ["//ada:hunter2@db/summary", "//…@db/summary"],
    ["sqlite:postgres://ada:hunter2@db/summary", "sqlite:postgres://…@db/summary"],
    ["sqlite:ada:hunter2@db/summary", "sqlite:…@db/summary"],
    ["postgres://ada:hunter2\n@db", "postgres://…@db"],
    ["https://a.example,https://ada:hunter2@b.example", "https://…@b.example"],
    ["--store=postgres://ada:hunter2@db/x", "--store=postgres://…@db/x"],
    ["postgres://ada@db/x?password=hunter2&sslmode=require", "postgres://…@db/x?password=…"],
    ["host=db user=ada password=hunter2", "host=db user=ada password=…"],
    ["password=hunter2", "password=…"],
    ["Server=db;Pwd = 'hunter2 hunter2'", "Server=db;Pwd =…"],
    ['"postgres:/ada:hunter2@db"', '"postgres:/…@db"'],
    ['{"password":"hunter2"}', '{"password":…'],
  ])("%j is %s", (text, shown) => {
    expect(withoutPassword(text)).toBe(shown);
    expect(withoutStorePassword(text)).not.toContain("hunter2");
  });
});

test.each([
  ["postgres://ada:hunter2/summary", "postgres://ada:…"],
  ["postgres:/ada:hunter2", "postgres:/ada:…"],
  ["postgres:ada:hunter2", "postgres:…"],
  ["ada:hunter2/summary", "ada:…"],
  ['"postgres://db:5432,ada:hunter2/summary"', '"postgres://db:5432,ada:…"'],
])("in the URL of a store without its host, %j, a password is hidden too", (url, shown) => {
  expect(withoutStorePassword(url)).toBe(shown);
});

test.each([
  "",
  "8420",
  "/home/ada@contoso.com/data",
  "sqlite:/home/ada@contoso.com/store.db?mode=ro",
  "sqlite::memory:",
  "sqlite:C:/Users/ada@contoso.com/store.db",
  String.raw`sqlite:C:\store.db`,
  "sqlite://host/x.db",
  "/x.db",
  "mysql://db:3306/x",
  "postgres://db:70000/x?sslmode=prefer",
  "postgres://[fd00::5]:1,h2:6432/x?ssl=true",
  "http://[::1]:80/x",
])("what holds no password is shown as it is: %j", (text) => {
  expect(withoutPassword(text)).toBe(text);
  expect(withoutStorePassword(text)).toBe(text);
});
