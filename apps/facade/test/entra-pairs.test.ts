import { checkPair, checkRace, goldenPairs, type SendRequest } from "@install-summary/core/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startAuthority, type LocalAuthority } from "./authorities.ts";
import { openFacade, sendTo, type TestFacade } from "./facades.ts";
import { appId } from "./samples.ts";

// What the contract's pairs say holds with tokens of Entra ID as with development tokens.

describe.each(["1.0", "2.0"] as const)("with tokens of version %s", (version) => {
  const run = { appId, etags: new Map<string, string>() };
  let authority: LocalAuthority;
  let facade: TestFacade;
  let send: SendRequest;

  beforeAll(async () => {
    authority = await startAuthority();
    facade = await openFacade({ testAuthority: authority });
    send = sendTo(facade, {
      writer: await authority.issueToken({ version }),
      reader: await authority.issueToken({ version, scope: "DeviceManagementApps.Read.All" }),
      none: undefined,
    });
  });

  afterAll(async () => {
    await facade.close();
    await authority.close();
  });

  test.each(goldenPairs)("$number $name", async (pair) => {
    expect(await checkPair(pair, send, run)).toEqual([]);
  });

  test("of several writers with one ETag exactly one succeeds", async () => {
    expect(await checkRace(send, run)).toEqual([]);
  });
});
