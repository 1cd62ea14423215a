import { expect, test } from "vitest";
import { formatStoreLocation, parseStoreLocation } from "./location.ts";

test.each([
  ["sqlite:y/z.db", "/home/ada/y/z.db"],
  ["sqlite:/y.db", "/y.db"],
  ["sqlite:///y.db", "/y.db"],
  ["sqlite:../x", "/home/x"],
])("%s is the file %s", (url, file) => {
  expect(parseStoreLocation(url, "/home/ada")).toEqual({ kind: "sqlite", file });
});

test.each(["sqlite:", "sqlite://host/x.db", "sqlite::memory:", "postgresql://db/x", "/x.db", ""])(
  "%j is not the URL of a store",
  (url) => {
    expect(parseStoreLocation(url, "/home/ada")).toBeUndefined();
  },
);

test("a formatted location is parsed to the same location", () => {
  const location = { kind: "sqlite", file: "/data/store.db" } as const;
  expect(parseStoreLocation(formatStoreLocation(location), "/elsewhere")).toEqual(location);
});
