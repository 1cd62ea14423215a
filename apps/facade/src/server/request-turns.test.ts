import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import type { OpenExchange } from "./connections.ts";
import { createRequestTurns } from "./request-turns.ts";

/** Turns that never come, and the keys of those who wait. */
function setUp() {
  const keys: string[] = [];
  const take = (key: () => string): boolean => keys.push(key()) === 0;
  return { keys, requests: createRequestTurns({ take }, { respond: () => {}, refuse: () => {} }) };
}

function open(socket: Socket, authorization: string, caller?: string): OpenExchange {
  const incoming = new IncomingMessage(socket);
  incoming.headers = { authorization };
  return { incoming, outgoing: new ServerResponse(incoming), ...(caller !== undefined && { caller }) };
}

test("a token waits in its caller's place once its caller is known, on every connection", () => {
  const { keys, requests } = setUp();
  const [one, other] = [new Socket(), new Socket()];
  requests.begin(open(one, "Bearer a"));
  requests.noteCaller(open(one, "Bearer a", "1 ada"));
  for (const socket of [one, other]) requests.begin(open(socket, "Bearer a"));
  requests.begin(open(other, "Bearer wrong"));
  expect(keys).toEqual(["", "1 ada", "1 ada", ""]);
});

test("a token that was forgotten is known again after its next response, on the same connection too", () => {
  const { keys, requests } = setUp();
  const socket = new Socket();
  requests.noteCaller(open(socket, "Bearer a", "1 ada"));
  // Of one caller four tokens are remembered.
  for (const token of ["b", "c", "d", "e"])
    requests.noteCaller(open(new Socket(), `Bearer ${token}`, "1 ada"));
  requests.begin(open(socket, "Bearer a"));
  requests.noteCaller(open(socket, "Bearer a", "1 ada"));
  requests.begin(open(socket, "Bearer a"));
  expect(keys).toEqual(["", "1 ada"]);
});
