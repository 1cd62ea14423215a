import { serveOverHttps } from "../facades.ts";

serveOverHttps();
await import("../route-fuzz.test.ts");
