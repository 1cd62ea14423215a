import { describe } from "vitest";
import { testErasure } from "./erasure-conformance.ts";
import { usePostgres } from "./postgres.ts";

describe("in a database", () => {
  const { createOpener } = usePostgres({ settings: { fsync: "off" } });
  testErasure({ name: "PostgreSQL", create: createOpener });
});
