import { serveOverHttps } from "../facades.ts";

serveOverHttps();
await import("../import-uploads.test.ts");
