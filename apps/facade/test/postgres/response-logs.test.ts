import { serveFromPostgres } from "../postgres-facades.ts";

serveFromPostgres();
await import("../response-logs.test.ts");
