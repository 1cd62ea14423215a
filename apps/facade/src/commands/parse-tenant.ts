import { visibleText } from "@install-summary/core/text";
import { z } from "zod";
import { UserError } from "@install-summary/command-line/errors";

/** The tenant that `--tenant` names, in lower case. Throws `UserError` for anything but a GUID. */
export function parseTenant(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const tenant = z.guid().safeParse(text);
  if (tenant.success) return tenant.data.toLowerCase();
  throw new UserError(`--tenant must be the GUID of a tenant; got "${visibleText(text, 64)}".`);
}
