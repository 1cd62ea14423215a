import { serveFromPostgres } from "../postgres-facades.ts";

serveFromPostgres();
await import("../apps-filter.test.ts");
