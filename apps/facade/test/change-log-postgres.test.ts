import { describe } from "vitest";
import { testChangeLog } from "./change-log-conformance.ts";
import { usePostgres } from "./postgres.ts";

describe("in a database", () => {
  const { createOpener } = usePostgres({ settings: { fsync: "off" } });
  testChangeLog({ name: "PostgreSQL", create: createOpener });
});
