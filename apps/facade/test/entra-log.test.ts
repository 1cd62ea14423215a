import { accessFaults } from "@install-summary/core/service";
import { expect, test } from "vitest";
import { createLog } from "../src/log/log.ts";
import { otherTenant, useAuthority } from "./authorities.ts";
import { summary, useFacade } from "./facades.ts";

test("each refused token is logged with its reason, and nothing of a token ever is", async () => {
  const lines: string[] = [];
  const log = createLog({ log: "json" }, { write: (line) => lines.push(line) });
  const authority = await useAuthority();
  const { call } = await useFacade({ testAuthority: authority, log });
  const long = 3600;
  const now = Math.floor(Date.now() / 1000);
  const tokens: Readonly<Record<(typeof accessFaults)[number], string>> = {
    missing: "",
    malformed: `${authority.sign()}=`,
    audience: authority.sign({ claims: { aud: "api://other" } }),
    issuer: authority.sign({ claims: { tid: otherTenant } }),
    signature: authority.sign({ header: { kid: "unknown" } }),
    expired: authority.sign({ claims: { exp: now - long } }),
    early: authority.sign({ claims: { nbf: now + long } }),
    personal: authority.sign({ claims: { tid: "9188040d-6c67-4c5b-b112-36a304b66dad" } }),
    application: await authority.issueToken({ application: true }),
    permission: authority.sign({ claims: { scp: "openid" } }),
  };
  const good = authority.sign();
  for (const token of [...Object.values(tokens), good]) {
    await call("GET", summary, { token: null, headers: { Authorization: `Bearer ${token}` } });
  }
  const refused = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "refused");
  expect(refused.map(({ reason }) => reason)).toEqual(accessFaults);
  for (const token of [...Object.values(tokens), good]) {
    const parts = token.split(".").filter((part) => part !== "");
    for (const part of parts) expect(lines.join("")).not.toContain(part.slice(0, 24));
  }
});

test("a claim that people are known by is shown, and cannot forge a line", async () => {
  const lines: string[] = [];
  const log = createLog({ log: "text" }, { write: (line) => lines.push(line) });
  const authority = await useAuthority();
  const { call } = await useFacade({ testAuthority: authority, log });
  await call("GET", summary, { token: authority.sign({ claims: { preferred_username: "a\nb\u001b[2J" } }) });
  expect(lines.at(-1)).toMatch(/^\S+ info {2}served .* actor=a␊b␛\[2J status=200/);
});
