import { openAsBlob } from "node:fs";
import { createFacade } from "@install-summary/facade";

// A facade with the apps of a report, which logs nothing.

const [, , report = ""] = process.argv;
const facade = await createFacade();
await facade.importReport((await openAsBlob(report)).stream());
const token = await facade.issueToken({ expiresIn: 24 * 3600 });
process.send?.({ port: Number(new URL(facade.url).port), token });

async function stop(): Promise<void> {
  await facade.close();
  if (process.connected) process.disconnect();
}
process.once("SIGTERM", () => void stop()).once("disconnect", () => void stop());
