import { serveFromPostgres } from "../postgres-facades.ts";

serveFromPostgres();
await import("../apps.test.ts");
