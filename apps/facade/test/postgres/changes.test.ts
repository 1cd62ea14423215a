import { serveFromPostgres } from "../postgres-facades.ts";

serveFromPostgres();
await import("../changes.test.ts");
