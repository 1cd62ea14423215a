import { serveOverHttps } from "../facades.ts";

serveOverHttps();
await import("../bad-input.test.ts");
