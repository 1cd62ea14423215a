import { UserError } from "@install-summary/command-line/errors";
import { readDevelopmentTokenOptions } from "./read-options.ts";
import { audiencesOf } from "./identity/audiences.ts";
import {
  openDevelopmentIssuer,
  type DevelopmentTokenOptions,
} from "./identity/development/development-issuer.ts";
import { createEntraIssuer } from "./identity/entra/entra-issuer.ts";
import type { FetchOptions } from "./identity/entra/issuer-keys.ts";
import type { Issuer } from "./identity/issuer.ts";
import type { Settings } from "./settings/settings.ts";

/** The issuer whose tokens a facade accepts, and how tokens for trying things out are made. */
export interface OpenedIssuer {
  readonly issuer: Issuer;
  /** Throws `UserError` where the facade accepts no tokens that it could issue. */
  issueToken(options?: DevelopmentTokenOptions): Promise<string>;
}

/**
 * Opens Entra ID where tenants are set, and begins to fetch its keys; else the development issuer of the data folder,
 * which makes its key at the first time.
 */
export async function openIssuer(settings: Settings, fetching: FetchOptions): Promise<OpenedIssuer> {
  const { tenants, audience, authority, data } = settings;
  if (tenants.length === 0) {
    const issuer = await openDevelopmentIssuer(data);
    return {
      issuer,
      issueToken: async (options) => issuer.issueToken(readDevelopmentTokenOptions(options)),
    };
  }
  const issuer = createEntraIssuer(
    { tenants, audiences: audience.flatMap(audiencesOf), authority },
    fetching,
  );
  void issuer.prepare();
  return {
    issuer,
    async issueToken() {
      throw new UserError("This facade accepts tokens of Entra ID alone, and Entra ID issues them.");
    },
  };
}
