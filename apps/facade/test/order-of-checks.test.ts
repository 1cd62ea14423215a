import { expect, test } from "vitest";
import { apps, shareFacade, outcome, unknownId, type Call } from "./facades.ts";
import { appId } from "./samples.ts";

const facade = shareFacade();

const path = `${apps}/${unknownId}/installSummary`;
const faulty: Call & { readonly path: string; readonly method: string } = {
  method: "DELETE",
  path: `${apps}/nope/installSummary?dryrum=true`,
  token: null,
  headers: { "OData-Version": "3.0", Accept: "text/html", "Content-Type": "text/plain", "If-Match": '"a' },
  body: "{",
};

test("the response tells the first check that fails", async () => {
  const reader = await facade().issueToken({ scope: "DeviceManagementApps.Read.All" });
  const writer = await facade().issueToken();
  const responses: string[] = [];
  let call = faulty;
  const mend = async (change: Partial<typeof faulty>): Promise<void> => {
    call = { ...call, ...change, headers: { ...call.headers, ...change.headers } };
    responses.push(
      (await outcome(await facade().call(call.method, call.path, call))).split(" ", 5).join(" "),
    );
  };
  await mend({});
  await mend({ token: reader });
  await mend({ path: `${path}?dryrum=true` });
  await mend({ method: "PATCH" });
  await mend({ token: writer });
  await mend({ path });
  await mend({ headers: { "OData-Version": "4.0" } });
  await mend({ headers: { Accept: "*/*" } });
  await mend({ headers: { "Content-Type": "application/json" } });
  await mend({ body: "{}" });
  await mend({ headers: { "If-Match": '"9"' } });
  await mend({ path: path.replace(unknownId, appId) });
  await mend({ headers: { "If-Match": '"1"' } });
  expect(responses).toEqual([
    "401 InvalidAuthenticationToken Access token is",
    "400 BadRequest 'nope' is not",
    "405 MethodNotAllowed Specified HTTP method",
    "403 Forbidden Application is not",
    "400 BadRequest The query parameter",
    "400 BadRequest The OData-Version '3.0'",
    "406 NotAcceptable Only application/json can",
    "415 UnsupportedMediaType The media type",
    "400 BadRequest Unable to read",
    "400 BadRequest ETag header is",
    "404 ResourceNotFound No mobile app",
    "412 PreconditionFailed The resource has",
    "200",
  ]);
});

test.each(["/v2", "/me", `${apps}/nope`])("without a token, %s is a 401", async (unknown) => {
  expect((await facade().get(unknown, { token: null })).status).toBe(401);
});

test("a token in the query is ignored", async () => {
  const token = await facade().issueToken();
  expect((await facade().get(`${apps}?access_token=${token}`, { token: null })).status).toBe(401);
});

test("a permission that is missing is named", async () => {
  const token = await facade().issueToken({ scope: "User.Read" });
  const response = await facade().get(apps, { token });
  expect(response.headers.get("www-authenticate")).toBe(
    'Bearer error="insufficient_scope", scope="DeviceManagementApps.Read.All DeviceManagementApps.ReadWrite.All"',
  );
  expect(await outcome(response)).toBe(
    "403 Forbidden Application is not authorized to perform this operation. Application must have one of the following scopes: DeviceManagementApps.Read.All, DeviceManagementApps.ReadWrite.All",
  );
});
