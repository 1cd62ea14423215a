import {
  checkList,
  checkPair,
  checkRace,
  goldenPairs,
  type SendRequest,
} from "@install-summary/core/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFacade } from "../src/facade.ts";
import type { Facade } from "../src/facade-options.ts";
import { sendTo } from "./facades.ts";
import { appId } from "./samples.ts";

const report = `ApplicationId,DisplayName,InstalledDeviceCount,FailedDeviceCount,NotApplicableDeviceCount,NotInstalledDeviceCount,PendingInstallDeviceCount,InstalledUserCount,FailedUserCount,NotApplicableUserCount,NotInstalledUserCount,PendingInstallUserCount
${appId},Contoso Portal,0,1,2,3,4,5,6,7,8,9
11111111-1111-4111-8111-111111111111,Contoso Mail,9,8,7,6,5,4,3,2,1,0
`;

const run = { appId, etags: new Map<string, string>() };
let facade: Facade;
let send: SendRequest;

beforeAll(async () => {
  facade = await createFacade();
  await facade.importReport(new Blob([report]).stream());
  send = sendTo(facade, {
    writer: await facade.issueToken(),
    reader: await facade.issueToken({ scope: "DeviceManagementApps.Read.All" }),
    none: undefined,
  });
});

afterAll(() => facade.close());

test.each(goldenPairs)("$number $name", async (pair) => {
  expect(await checkPair(pair, send, run)).toEqual([]);
});

test("the list has every app once, on pages of any size", async () => {
  expect(await checkList(send, run)).toEqual([]);
});

test("of several writers with one ETag exactly one succeeds", async () => {
  expect(await checkRace(send, run)).toEqual([]);
});
