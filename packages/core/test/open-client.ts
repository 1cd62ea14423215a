import {
  createInstallSummaryClient,
  type ClientOptions,
  type InstallSummaryClient,
} from "../src/client/index.ts";
import { serve, type Handler, type TestServer } from "./serve.ts";

/** Starts a server with a handler, and makes a client of it. */
export async function openClient(
  handler: Handler,
  options: Partial<ClientOptions> = {},
): Promise<{ readonly client: InstallSummaryClient; readonly server: TestServer }> {
  const server = await serve(handler);
  return { server, client: clientOf(server, options) };
}

export function clientOf(
  { baseUrl }: Pick<TestServer, "baseUrl">,
  options: Partial<ClientOptions> = {},
): InstallSummaryClient {
  return createInstallSummaryClient({ baseUrl, token: () => "secret", ...options });
}

/** The reason with which a promise rejects. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it went well");
}

export function graphBody(code: string): {
  readonly error: { readonly code: string; readonly message: string };
} {
  return { error: { code, message: "No." } };
}
