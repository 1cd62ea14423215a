import { serveOverHttps } from "../facades.ts";

serveOverHttps();
await import("../refused-uploads.test.ts");
