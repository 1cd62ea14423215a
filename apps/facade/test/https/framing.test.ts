import { serveOverHttps } from "../facades.ts";

serveOverHttps();
await import("../framing.test.ts");
