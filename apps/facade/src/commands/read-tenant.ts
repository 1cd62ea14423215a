import { visibleText } from "@install-summary/core/text";
import { z } from "zod";
import { StartError } from "../errors/start-error.ts";

/** The tenant that `--tenant` names, in lower case. */
export function readTenant(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const tenant = z.guid().safeParse(text);
  if (tenant.success) return tenant.data.toLowerCase();
  throw new StartError(`--tenant must be the GUID of a tenant; got "${visibleText(text, 64)}".`);
}
