import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Exchange } from "./serve-summary.ts";

/** Changes the headers of a response on its way. */
export function rewriteResponse(
  { response }: Pick<Exchange, "response">,
  rewrite: (headers: OutgoingHttpHeaders) => void,
): void {
  const send: (status: number, headers: OutgoingHttpHeaders) => ServerResponse =
    response.writeHead.bind(response);
  response.writeHead = (status: number, given?: object | string) => {
    const headers = typeof given === "object" ? Object.fromEntries(Object.entries(given)) : {};
    rewrite(headers);
    return send(status, headers);
  };
}
