import type { SendRequest } from "@install-summary/core/contract";

interface Sender {
  readonly baseUrl: string;
  readonly writer: string;
  readonly reader: string | undefined;
  readonly signal: AbortSignal;
}

/** Sends the requests of pairs as they are written, each with the token that it is for. */
export function pairSender({ baseUrl, writer, reader, signal }: Sender): SendRequest {
  const base = baseUrl.replace(/\/+$/, "");
  return ({ method, path, headers, body, identity }) => {
    const token = identity === "reader" ? reader : writer;
    const sent = new Headers(headers);
    if (identity !== "none" && token !== undefined) sent.set("authorization", `Bearer ${token}`);
    return fetch(base + path, {
      method,
      headers: sent,
      ...(body !== undefined && { body }),
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    });
  };
}
