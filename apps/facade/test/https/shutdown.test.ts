import { serveOverHttps } from "../facades.ts";

serveOverHttps();
await import("../shutdown.test.ts");
