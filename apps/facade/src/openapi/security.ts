import { permissions } from "@install-summary/core/service";
import type { ZodOpenApiSecuritySchemeObject } from "zod-openapi";
import { audiencesOf, clientIdOf } from "../identity/audiences.ts";
import type { Settings } from "../settings/settings.ts";

/** The settings that say whose tokens are accepted. */
export interface SecuritySettings extends Pick<Settings, "tenants" | "audience" | "authority"> {
  readonly policy: Pick<Settings["policy"], "allowApplication">;
}

/** What an operation needs: a token, with one of the permissions. */
export type Access = keyof typeof permissions;

type Requirement = Record<string, string[]>;

/** The schemes by which callers get in: the token itself, and with Entra ID how to get one. */
export function securitySchemes(settings: SecuritySettings): Record<string, ZodOpenApiSecuritySchemeObject> {
  const { tenants, authority } = settings;
  if (tenants.length === 0) {
    const description = "A development token of this machine: `install-summary-facade token` prints one.";
    return { token: { type: "http", scheme: "bearer", bearerFormat: "JWT", description } };
  }
  const named = tenants.length === 1 ? (tenants[0] ?? "organizations") : "organizations";
  const base = `${authority}/${named}/oauth2/v2.0`;
  const scopes = Object.fromEntries(
    permissions.read.map((name) => [
      scopeOf(settings, name),
      name.includes("Write") ? "Read and change" : "Read",
    ]),
  );
  return {
    token: {
      type: "http",
      scheme: "bearer",
      bearerFormat: "JWT",
      description: `A token of Entra ID for ${settings.audience.join(" or ")}, from ${tenants.join(" or ")}.`,
    },
    entra: {
      type: "oauth2",
      description: "How an application gets such a token for its user, or for itself.",
      flows: {
        authorizationCode: { authorizationUrl: `${base}/authorize`, tokenUrl: `${base}/token`, scopes },
        ...(settings.policy.allowApplication && {
          clientCredentials: {
            tokenUrl: `${base}/token`,
            scopes: { [scopeOf(settings, ".default")]: "App roles" },
          },
        }),
      },
    },
  };
}

/** The token that an operation needs: any one of these. */
export function securityOf(settings: SecuritySettings, access: Access): Requirement[] {
  const token: Requirement[] = permissions[access].map((name) => ({ token: [name] }));
  if (settings.tenants.length === 0) return token;
  return [...token, ...permissions[access].map((name) => ({ entra: [scopeOf(settings, name)] }))];
}

/** A permission as Entra ID's token endpoint takes it. */
function scopeOf({ audience: [first = ""] }: SecuritySettings, name: string): string {
  const isId = clientIdOf(first) !== undefined;
  const uri = isId ? audiencesOf(first).find((one) => one.startsWith("api:")) : first;
  return `${uri ?? first}/${name}`;
}
