// Written out, since zod would be loaded for every --help.
const guidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** How tokens of Microsoft Graph name it, in each national cloud. */
const graphAudience =
  /^(?:(?:api:\/\/)?00000003-0000-0000-c000-000000000000|https:\/\/(?:graph\.microsoft\.(?:com|us)|dod-graph\.microsoft\.us|microsoftgraph\.chinacloudapi\.cn)\/?)$/i;

/** The tenant of all personal Microsoft accounts, which have no Intune. */
export const personalAccounts = "9188040d-6c67-4c5b-b112-36a304b66dad";

/** Whether a text is a GUID, as ids of tenants and applications are. */
export function isGuid(text: string): boolean {
  return guidForm.test(text);
}

/** Whether an audience is Microsoft Graph's own. Only Graph can verify the tokens that are issued for it. */
export function isGraphAudience(audience: string): boolean {
  return graphAudience.test(audience);
}

/** The client id of an audience that is one, with or without `api://`; undefined for an App ID URI of another form. */
export function clientIdOf(audience: string): string | undefined {
  const id = audience.replace(/^api:\/\//i, "");
  return isGuid(id) ? id.toLowerCase() : undefined;
}

/**
 * The values of `aud` that name the same app registration. Tokens of version 2.0 have its client id, those of version
 * 1.0 its App ID URI, which by default is the client id after `api://`.
 */
export function audiencesOf(audience: string): readonly string[] {
  const clientId = clientIdOf(audience);
  if (clientId === undefined) return [audience];
  const uri = `api://${clientId}`;
  return audience.startsWith("api:") ? [uri, clientId] : [clientId, uri];
}
