import { busy } from "@install-summary/core/service";

/** The 503 for an import into a tenant that another one, by a request or by a command, writes to. */
export function importRunning(): Error {
  return busy("imports", "Another import of this tenant is running. Please retry when it is done.", 5);
}
