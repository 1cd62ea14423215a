import { serveFromPostgres } from "../postgres-facades.ts";

serveFromPostgres();
await import("../route-fuzz.test.ts");
