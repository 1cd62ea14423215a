import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { outcome, read, shareFacade, summary, unknownId, useFacade, type TestFacade } from "./facades.ts";
import { appId } from "./samples.ts";

const path = "/api/imports";
const shared = shareFacade();

const header =
  "ApplicationId,DisplayName,Publisher,Platform,InstalledDeviceCount,FailedDeviceCount,NotApplicableDeviceCount,NotInstalledDeviceCount,PendingInstallDeviceCount,InstalledUserCount,FailedUserCount,NotApplicableUserCount,NotInstalledUserCount,PendingInstallUserCount";
const newApp = `${unknownId},New,Contoso,5,4,1,8,7,9,2,15,6,5,7`;
const csv = { "Content-Type": "text/csv" };

function post(
  facade: TestFacade,
  body: string,
  query = "",
  headers: Record<string, string> = csv,
): Promise<Response> {
  return facade.call("POST", path + query, { body, headers });
}

describe("POST /api/imports", () => {
  test("a report creates and changes apps, and the log says who has imported it, with which request", async () => {
    const facade = await useFacade();
    const body = `${header}\n${appId},Contoso Portal,Contoso,5,4,99,8,7,9,2,15,6,5,7\n${newApp}\nnot-an-id,x,,5,1,1,1,1,1,1,1,1,1,1\n`;
    const response = await post(facade, body, "", { ...csv, "client-request-id": "nightly-7" });
    expect(response.status).toBe(200);
    expect(await read(response)).toEqual({
      created: 1,
      changed: 1,
      unchanged: 0,
      rejected: 1,
      rows: [{ line: 4, column: "ApplicationId", reason: expect.any(String) }],
      kept: [],
    });
    expect(await read(await facade.get(summary))).toMatchObject({ failedDeviceCount: 99 });
    const { value } = await read(await facade.get("/api/changes?actor=me"));
    expect(value).toMatchObject([
      { appId, origin: "import", mine: true, before: { failedDeviceCount: 1 } },
      { appId: unknownId, origin: "import", version: 1 },
    ]);
    const ids = { requestId: response.headers.get("request-id"), clientRequestId: "nightly-7" };
    expect(value).toMatchObject([ids, ids]);
  });

  test("of two rows of one app neither counts, also where one has a cell too many", async () => {
    const facade = await useFacade();
    const body = `${header}\n${newApp}\n${newApp.replace("New", "Ne,w")}\n`;
    expect(await read(await post(facade, body))).toMatchObject({
      created: 0,
      rejected: 2,
      rows: [
        { line: 2, reason: "The app is also in line 3; one row per app is read." },
        {
          line: 3,
          reason:
            "The row has 15 cells, the header has 14. The app is also in line 2; one row per app is read.",
        },
      ],
    });
  });

  test("a dry run tells the same and changes nothing", async () => {
    const facade = await useFacade();
    const body = `${header}\n${newApp}\n`;
    expect(await read(await post(facade, body, "?dryRun=true"))).toMatchObject({ created: 1 });
    expect(await read(await post(facade, body, "?dryRun=false"))).toMatchObject({ created: 1 });
    expect(await read(await post(facade, body))).toMatchObject({ created: 0, unchanged: 1 });
  });

  test("counters that a new app lacks reject it, unless missingAsZero is true", async () => {
    const facade = await useFacade();
    const body = `ApplicationId,DisplayName,FailedDeviceCount\n${unknownId},New,3\n`;
    const refused = await read(await post(facade, body));
    expect(refused).toMatchObject({ created: 0, rejected: 1 });
    expect(refused.rows).toEqual([
      { reason: expect.stringMatching(/import with missingAsZero=true to use 0\.$/) },
    ]);
    expect(await read(await post(facade, body, "?missingAsZero=true"))).toMatchObject({ created: 1 });
  });

  test("JSON is imported as it is listed", async () => {
    const facade = await useFacade();
    const list = await (
      await facade.get("/beta/deviceAppManagement/mobileApps?$expand=installSummary")
    ).text();
    const response = await post(facade, list, "", { "Content-Type": "application/json; charset=utf-8" });
    expect(await read(response)).toMatchObject({ created: 0, changed: 0, unchanged: 3, rejected: 0 });
  });

  test.each([
    ["?dryRun=yes", csv, "400 BadRequest The value 'yes' of 'dryRun' is not valid. Use one of true, false."],
    [
      "?dryrun=true",
      csv,
      "400 BadRequest The query parameter 'dryrun' is not supported. Did you mean 'dryRun'?",
    ],
    [
      "",
      { "Content-Type": "text/html" },
      "415 UnsupportedMediaType The media type 'text/html' is not supported. Use one of text/csv, application/json, application/zip.",
    ],
    [
      "",
      { ...csv, "Content-Encoding": "br" },
      "415 UnsupportedMediaType The content encoding 'br' is not supported.",
    ],
    ["", csv, expect.stringMatching(/^400 BadRequest /)],
  ])("%s with %j is refused, and nothing is imported", async (query, headers, expected) => {
    expect(await outcome(await post(shared(), "no report", query, headers))).toEqual(expected);
  });

  test("a report without a Content-Type is refused with the types that are read", async () => {
    const bytes = new TextEncoder().encode("no report");
    expect(await outcome(await shared().call("POST", "/api/imports", { body: bytes }))).toBe(
      "415 UnsupportedMediaType The Content-Type header is missing. Use one of text/csv, application/json, application/zip.",
    );
  });

  test("who may only read gets 403, and so does everyone while the service is read-only", async () => {
    const token = await shared().issueToken({ scope: "DeviceManagementApps.Read.All" });
    expect(await outcome(await shared().call("POST", path, { token, body: "x", headers: csv }))).toMatch(
      /^403 /,
    );
    expect(await outcome(await shared().get(path))).toMatch(/^405 /);
    const readOnly = await useFacade({ settings: { policy: { readOnly: true } } });
    expect(await outcome(await post(readOnly, `${header}\n`))).toBe(
      "403 Forbidden The service is read-only.",
    );
  });

  test("B122 a file above a limit is a 413", async () => {
    const facade = await useFacade({ settings: { limits: { importBytes: 2000, importRows: 3 } } });
    const more = `${header}\n${"x,y\n".repeat(1000)}`;
    expect(await outcome(await post(facade, more))).toMatch(/^413 /);
    expect(await outcome(await post(facade, `${header}\n${`${newApp}\n`.repeat(4)}`))).toBe(
      "413 RequestEntityTooLarge The file has more than 3 rows.",
    );
  });

  test("while a tenant imports, another import of it is a 503; a sender that goes away leaves nothing behind", async () => {
    const facade = await useFacade();
    const { hostname, port } = new URL(facade.url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    const token = await facade.issueToken();
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\nContent-Type: text/csv\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n`,
    );
    // The server asks for the body once the import has begun.
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1\.1 100 /);
    socket.write(`${header}\r\n${newApp}\r\n`);
    expect(await outcome(await post(facade, `${header}\n`))).toBe(
      "503 ServiceUnavailable Another import of this tenant is running. Please retry when it is done.",
    );
    const token2 = await facade.issueToken({ tenant: unknownId });
    const other = await facade.call("POST", path, { token: token2, body: `${header}\n`, headers: csv });
    expect(other.status).toBe(200);
    socket.destroy();
    let next = await post(facade, `${header}\n`);
    while (next.status === 503) {
      await new Promise(setImmediate);
      next = await post(facade, `${header}\n`);
    }
    expect(await read(next)).toMatchObject({ created: 0, rejected: 0 });
    expect((await facade.get(`/beta/deviceAppManagement/mobileApps/${unknownId}`)).status).toBe(404);
  });
});
