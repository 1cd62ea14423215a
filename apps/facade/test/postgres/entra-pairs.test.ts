import { serveFromPostgres } from "../postgres-facades.ts";

serveFromPostgres();
await import("../entra-pairs.test.ts");
