import { isLoopback } from "../http/addresses.ts";
import { clientIdOf, isGraphAudience, isGuid, personalAccounts } from "../identity/audiences.ts";
import { list, text, type SettingType } from "./setting-types.ts";

/** The ids of tenants, in lower case. */
export const tenantIds: SettingType<readonly string[]> = list(
  "tenant ids of Entra ID, which are GUIDs and not domain names, separated by commas; " +
    `personal Microsoft accounts (${personalAccounts}) are not supported`,
  (given) => {
    const tenant = given.toLowerCase();
    return isGuid(tenant) && tenant !== personalAccounts ? tenant : undefined;
  },
);

/** How tokens may name the app registration of the facade. */
export const audiences: SettingType<readonly string[]> = list(
  "the client id of your app registration (a GUID), api://CLIENT-ID or an https App ID URI, and not Microsoft Graph's",
  (audience) => {
    if (isGraphAudience(audience)) return undefined;
    if (clientIdOf(audience) !== undefined) return audience.toLowerCase();
    return /^(?:api|https):\/\/[^\s/]+(?:\/[^\s]*)?$/.test(audience) ? audience : undefined;
  },
);

/** The origin of an authority. What is sent over plain HTTP could be changed on its way. */
export const authority: SettingType<string> = {
  rule: "an https URL without a path, such as https://login.microsoftonline.com; http is for loopback addresses",
  parse(given, folder) {
    const typed = text.parse(given, folder);
    const url = typed === undefined ? null : URL.parse(typed);
    if (url === null || `${url.origin}/` !== url.href) return undefined;
    const isSecure = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
    return isSecure ? url.origin : undefined;
  },
};
