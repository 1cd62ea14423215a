import { serveFromPostgres } from "../postgres-facades.ts";

serveFromPostgres();
await import("../golden-pairs.test.ts");
