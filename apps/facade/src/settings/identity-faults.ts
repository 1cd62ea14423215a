import { isLoopback, loopbackRule } from "../http/addresses.ts";
import { publicAuthority } from "./setting-table.ts";
import type { Settings } from "./settings.ts";

/** The settings that say whose tokens are accepted, and from where. */
export const identityKeys = ["host", "tenants", "audience", "authority"] as const;

type IdentitySettings = Pick<Settings, (typeof identityKeys)[number]>;

/**
 * A sentence for each of these settings that does not fit the others: Entra ID needs tenants and an audience, and only
 * with Entra ID other machines are served. `sourceOf` says where a setting comes from: an option, a variable, a file.
 */
export function identityFaults(
  { host, tenants, audience, authority }: IdentitySettings,
  sourceOf: (key: keyof IdentitySettings) => string | undefined = () => undefined,
): readonly string[] {
  const from = (key: keyof IdentitySettings): string => {
    const source = sourceOf(key);
    return source === undefined ? "" : ` (from ${source})`;
  };
  if (tenants.length > 0) {
    return audience.length > 0
      ? []
      : [`tenants${from("tenants")} needs audience too: the client id of your app registration in Entra ID.`];
  }
  const faults: string[] = [];
  if (audience.length > 0) faults.push(`audience${from("audience")} needs tenants too: ${whichTenants}.`);
  else if (authority !== publicAuthority) {
    faults.push(`authority${from("authority")} needs tenants and audience too: ${whichTenants}.`);
  }
  if (!isLoopback(host)) {
    faults.push(
      `host must be ${loopbackRule}; got ${host}${from("host")}. To serve other machines, set tenants and audience of Entra ID.`,
    );
  }
  return faults;
}

const whichTenants = "the ids of the Entra ID tenants whose tokens are accepted";

/** A sentence where anyone could answer in Entra ID's place, and so make tokens, since connections are not checked. */
export function encryptionFaults(
  { tenants, authority }: IdentitySettings,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const isUnchecked = env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0";
  if (tenants.length === 0 || !isUnchecked || authority.startsWith("http:")) return [];
  return [
    "NODE_TLS_REJECT_UNAUTHORIZED=0 lets anyone pose as Entra ID. Unset it; for the certificate of a proxy, name its file in NODE_EXTRA_CA_CERTS.",
  ];
}
