import { serveOverHttps } from "../facades.ts";

serveOverHttps();
await import("../unread-responses.test.ts");
