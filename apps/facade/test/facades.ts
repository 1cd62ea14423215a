import type { SendRequest, SentRequest } from "@install-summary/core/contract";
import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { createFacade } from "../src/facade.ts";
import type { Facade, FacadeOptions } from "../src/facade-options.ts";
import type { FacadeSettings } from "../src/settings/given-settings.ts";
import { appId } from "./samples.ts";

export const apps = "/beta/deviceAppManagement/mobileApps";
export const summary = `${apps}/${appId}/installSummary`;
export const iosAppId = "11111111-1111-4111-8111-111111111111";
export const unknownId = "99999999-9999-4999-8999-999999999999";

/** Three apps as a report has them; the first one holds the counters of the specification's example. */
export const report = `ApplicationId,DisplayName,Publisher,Platform,InstalledDeviceCount,FailedDeviceCount,NotApplicableDeviceCount,NotInstalledDeviceCount,PendingInstallDeviceCount,InstalledUserCount,FailedUserCount,NotApplicableUserCount,NotInstalledUserCount,PendingInstallUserCount
${appId},Contoso Portal,Contoso,5,4,1,8,7,9,2,15,6,5,7
${iosAppId},Fabrikam Mail,Fabrikam,2,9,8,7,6,5,4,3,2,1,0
22222222-2222-4222-8222-222222222222,"Äpfel ""100%"" 🍏",Contoso,3,0,0,0,0,0,0,0,0,0,0
`;

export interface Call {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Null sends none; a writer's token is sent by default. */
  readonly token?: string | null;
}

export interface TestFacade extends Facade {
  readonly call: (method: string, path: string, call?: Call) => Promise<Response>;
  readonly get: (path: string, call?: Call) => Promise<Response>;
  /** Sends a body of JSON. */
  readonly patch: (body: unknown, call?: Call & { readonly path?: string }) => Promise<Response>;
}

/** The token of each identity that a pair names; none for a request without one. */
export type IdentityTokens = Readonly<Record<SentRequest["identity"], string | undefined>>;

/** Sends the requests of pairs to a facade, each with the token of its identity. */
export function sendTo({ url }: Pick<Facade, "url">, tokens: IdentityTokens): SendRequest {
  return ({ method, path, headers, body, identity }) => {
    const token = tokens[identity];
    return fetch(`${url}/beta${path}`, {
      method,
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      redirect: "manual",
      ...(body !== undefined && { body }),
    });
  };
}

/** Makes the settings of every facade that is opened from now on, where a test does not say otherwise. */
let makeDefaults = async (): Promise<FacadeSettings> => ({});
let isHttps = false;

/** Lets the tests of this file, and those that it imports, run over HTTPS with the local certificate. */
export function serveOverHttps(): void {
  isHttps = true;
  makeDefaults = async () => ({ https: true });
}

/** Lets the tests of this file, and those that it imports, run with settings that are made for each facade. */
export function serveWith(make: () => Promise<FacadeSettings>): void {
  makeDefaults = make;
}

/** Whether the tests of this file run over HTTPS. */
export function isOverHttps(): boolean {
  return isHttps;
}

/** Lets this process trust the local authority of a facade. */
export function trustAuthority({ authorityFile }: Pick<Facade, "authorityFile">): void {
  if (authorityFile === undefined) return;
  setDefaultCACertificates([...getCACertificates("default"), readFileSync(authorityFile, "utf8")]);
}

/** Starts a facade with three apps. */
export async function openFacade(options: FacadeOptions = {}): Promise<TestFacade> {
  const facade = await createFacade({
    ...options,
    settings: { ...(await makeDefaults()), ...options.settings },
  });
  trustAuthority(facade);
  await facade.importReport(new Blob([report]).stream());
  const writer = await facade.issueToken();
  const call: TestFacade["call"] = (method, path, { headers, body, token = writer } = {}) =>
    fetch(facade.url + path, {
      method,
      headers: { ...(token !== null && { Authorization: `Bearer ${token}` }), ...headers },
      ...(body !== undefined && { body }),
    });
  return {
    ...facade,
    call,
    get: (path, rest) => call("GET", path, rest),
    patch: (body, { path = summary, headers, ...rest } = {}) =>
      call("PATCH", path, {
        body: typeof body === "string" ? body : JSON.stringify(body),
        headers: { "Content-Type": "application/json", ...headers },
        ...rest,
      }),
  };
}

/** The same for one test. */
export async function useFacade(options?: FacadeOptions): Promise<TestFacade> {
  const facade = await openFacade(options);
  onTestFinished(() => facade.close());
  return facade;
}

/** The same for all tests of a file, which must not depend on what the others changed. */
export function shareFacade(options?: FacadeOptions): () => TestFacade {
  let facade: TestFacade | undefined;
  beforeAll(async () => {
    facade = await openFacade(options);
  });
  afterAll(() => facade?.close());
  return () => {
    if (facade === undefined) throw new Error("the facade is used before the tests begin");
    return facade;
  };
}

/** The outcome of a request in one line: `400 BadRequest failedDeviceCount The message.` */
export async function outcome(response: Response): Promise<string> {
  if (response.status < 400) return String(response.status);
  const { error } = await read(response);
  return [response.status, error.code, error.target, error.message]
    .filter((part) => part !== undefined)
    .join(" ");
}

/** The JSON of a response. */
export async function read(response: Response) {
  return JSON.parse(await response.text());
}
