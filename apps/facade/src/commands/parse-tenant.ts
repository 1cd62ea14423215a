import { visibleText } from "@install-summary/core/text";
import { UserError } from "@install-summary/command-line/errors";
import { withoutPassword } from "@install-summary/command-line/passwords";
import { isGuid } from "../identity/audiences.ts";

/** The tenant that `--tenant` names, in lower case. Throws `UserError` for anything but a GUID. */
export function parseTenant(text: string | undefined): string | undefined {
  if (text === undefined || isGuid(text)) return text?.toLowerCase();
  throw new UserError(
    `--tenant must be the GUID of a tenant; got "${visibleText(withoutPassword(text), 64)}".`,
  );
}
