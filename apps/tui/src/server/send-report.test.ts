import { onTestFinished, expect, test, vi } from "vitest";
import { sendReport } from "./send-report.ts";

const refusedToken = "refused-token-0123456789";
const newToken = "newer-token-abcdefghij";

/** A server that refuses the first token, and repeats all that it was sent. */
function stubServer(): void {
  onTestFinished(() => void vi.unstubAllGlobals());
  const heard: string[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const sent = request.headers.get("authorization") ?? "";
    heard.push(sent);
    if (sent.includes(refusedToken)) return new Response("", { status: 401 });
    const error = { code: "Forbidden", message: `No: ${heard.join(", ")}.` };
    return Response.json({ error }, { status: 403, headers: { "request-id": heard[0] ?? "" } });
  });
}

test("no error repeats a token that was sent, in this request or in an earlier one of the run", async () => {
  stubServer();
  const tokens = new Set<string>();
  const send = (token: (refused?: string) => string): Promise<unknown> =>
    sendReport(
      {
        baseUrl: "https://facade.example/beta",
        signIn: { source: "person", token, replace: () => undefined },
      },
      new Blob(["ApplicationId\n"]),
      { tokens, dryRun: true, missingAsZero: false, signal: new AbortController().signal },
    ).catch((error: unknown) => error);
  const hidden = { status: 403, requestId: "Bearer …" };
  const first = await send((refused) => (refused === undefined ? refusedToken : newToken));
  expect(first).toMatchObject({ ...hidden, message: "No: Bearer …, Bearer …." });
  const later = await send(() => "third-token-klmnopqrst");
  expect(later).toMatchObject({ ...hidden, message: "No: Bearer …, Bearer …, Bearer …." });
});
