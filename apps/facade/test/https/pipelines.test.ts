import { serveOverHttps } from "../facades.ts";

serveOverHttps();
await import("../pipelines.test.ts");
