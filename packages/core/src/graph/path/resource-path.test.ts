import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseResourcePath } from "./resource-path.ts";

const id = "06a792e9-92e9-06a7-e992-a706e992a706";
const apps = "/beta/deviceAppManagement/mobileApps";

test.each([
  ["/beta", { kind: "service" }],
  [apps, { kind: "apps" }],
  [`//Beta//DEVICEAPPMANAGEMENT/mobileapps/`, { kind: "apps" }],
  [`${apps}/${id}`, { kind: "app", id }],
  [`${apps}/${id.toUpperCase()}`, { kind: "app", id }],
  [`${apps}('${id}')`, { kind: "app", id }],
  [`${apps}(%27${id}%27)`, { kind: "app", id }],
  [`${apps}(${id})`, { kind: "app", id }],
  [`${apps}(id='${id}')`, { kind: "app", id }],
  [`${apps}/${id}/installSummary`, { kind: "summary", id }],
  [`${apps}('${id}')/InstallSummary/`, { kind: "summary", id }],
  [`${apps}/%30${id.slice(1)}/install%53ummary`, { kind: "summary", id }],
  [`${apps}/${id}/microsoft.graph.WIN32LOBAPP`, { kind: "app", id, cast: "microsoft.graph.win32LobApp" }],
  [
    `${apps}/${id}/microsoft.graph.win32LobApp/installSummary`,
    { kind: "summary", id, cast: "microsoft.graph.win32LobApp" },
  ],
  [`${apps}/${id}/graph.androidStoreApp`, { kind: "app", id, cast: "microsoft.graph.androidStoreApp" }],
  [`${apps}('${id}')/Graph.webApp/installSummary`, { kind: "summary", id, cast: "microsoft.graph.webApp" }],
  [
    `${apps}/00000000-0000-0000-0000-000000000000`,
    { kind: "app", id: "00000000-0000-0000-0000-000000000000" },
  ],
])("%s is found", (path, resource) => {
  expect(parseResourcePath(path)).toEqual(resource);
});

describe("a key that is not a GUID", () => {
  test.each([
    ["nope", "nope"],
    [`{${id}}`, `{${id}}`],
    [id.replaceAll("-", ""), id.replaceAll("-", "")],
    [`urn:uuid:${id}`, `urn:uuid:${id}`],
    [`０${id.slice(1)}`, `０${id.slice(1)}`],
    [`${id}%00`, `${id}␀`],
    [`${id}%2FinstallSummary`, `${id}/installSummary`],
    [`%2530${id.slice(1)}`, `%30${id.slice(1)}`],
    ["..;", "..;"],
  ])("as a segment: %s", (key, shown) => {
    expect(fault(`${apps}/${key}`)).toBe(
      `400 BadRequest '${shown}' is not a GUID. A mobile app's id looks like ${id}.`,
    );
  });

  test.each([
    ["('')", ""],
    ["()", ""],
    [`('${id}`, `('${id}`],
    [`('${id}'/installSummary`, `('${id}'`],
    [`(${id}`, `(${id}`],
    [`(id=${id})`, `id=${id}`],
    ["('nope')", "nope"],
  ])("in brackets: %s", (key, shown) => {
    expect(fault(`${apps}${key}`)).toContain(`'${shown}' is not a GUID.`);
  });

  test("a very long one is cut", () => {
    expect(fault(`${apps}/${"a".repeat(8000)}`).length).toBeLessThan(200);
  });
});

describe("an unknown segment", () => {
  test.each([
    [`${apps}/${id}/installSummary/x`, "x"],
    [`${apps}/${id}/installSummary/$value`, "$value"],
    [`${apps}/${id}/installSummary/$ref`, "$ref"],
    [`${apps}/${id}/__proto__`, "__proto__"],
    [`${apps}/${id}/constructor`, "constructor"],
    [`${apps}/${id}/microsoft.graph.noApp`, "microsoft.graph.noApp"],
    [`${apps}/${id}/microsoft.graph.webApp/microsoft.graph.webApp`, "microsoft.graph.webApp"],
    [`${apps}/microsoft.graph.win32LobApp`, "microsoft.graph.win32LobApp"],
    [`${apps}/graph.win32LobApp`, "graph.win32LobApp"],
    [`${apps}/${id}/graph.noApp/installSummary`, "graph.noApp"],
    [`${apps}/$ref`, "$ref"],
    [`${apps}/$count/installSummary`, "$count"],
    ["/beta/deviceAppManagement/mobileAppſ", "mobileAppſ"],
    ["/beta/deviceAppManagement", "deviceAppManagement"],
    ["/beta/deviceAppManagement/mobileAppsX('a')", "mobileAppsX('a')"],
    ["/beta/me", "me"],
    ["/beta/$batch/x", "$batch"],
    ["/beta/$metadata/x", "$metadata"],
    [`/v1.0/deviceAppManagement/mobileApps/${id}/installSummary`, "installSummary"],
    [`/v1.0/deviceAppManagement/mobileApps('${id}')`, "mobileApps"],
    [`/v1.0/${id}`, id],
  ])("%s", (path, segment) => {
    expect(fault(path)).toContain(`400 BadRequest Resource not found for the segment '${segment}'.`);
  });

  test("that Graph has removed comes with where its data is now", () => {
    expect(fault(`${apps}/${id}/deviceStatuses`)).toBe(
      "400 BadRequest Resource not found for the segment 'deviceStatuses'. Graph has removed it; statuses by device are in Intune's report DeviceInstallStatusByApp.",
    );
  });
});

test.each(["/v1.0", "/evil.example/x", "/.git/config", "/livez/x", "/metrics", "/beta%2Fme"])(
  "%s is not a version",
  (path) => {
    expect(fault(path)).toBe(
      `404 ResourceNotFound Invalid version: ${decodeURIComponent(path.split("/")[1] ?? "")}`,
    );
  },
);

test.each(["%zz", "%c0%ae", "%ED%A0%80", "%"])("%s is not percent-encoded UTF-8", (segment) => {
  expect(fault(`/beta/${segment}`)).toBe(
    `400 BadRequest The path is malformed: '${segment}' is not percent-encoded UTF-8.`,
  );
});

test("any path is a resource or a fault", () => {
  const segment = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("beta", "deviceAppManagement", `mobileApps('${id}')`, id),
  );
  fc.assert(
    fc.property(fc.array(segment), (segments) => {
      const resource = parseResourcePath(`/${segments.join("/")}`);
      const status = resource.kind === "fault" ? resource.error.status : 200;
      expect(status).toBeOneOf([200, 400, 404]);
    }),
  );
});

function fault(path: string): string {
  const resource = parseResourcePath(path);
  if (resource.kind !== "fault") return resource.kind;
  const { status, code, message } = resource.error;
  return `${status} ${code} ${message}`;
}
