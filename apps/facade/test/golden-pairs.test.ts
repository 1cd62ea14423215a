import {
  checkList,
  checkPair,
  checkRace,
  goldenPairs,
  type SendRequest,
} from "@install-summary/core/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFacade, sendTo, type TestFacade } from "./facades.ts";
import { appId } from "./samples.ts";

const run = { appId, etags: new Map<string, string>() };
let facade: TestFacade;
let send: SendRequest;

beforeAll(async () => {
  facade = await openFacade();
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
