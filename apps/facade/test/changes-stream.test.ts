import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openStream } from "./event-stream.ts";
import { outcome, read, useFacade } from "./facades.ts";

const path = "/api/changes";
const events = { headers: { Accept: "text/event-stream" } };

describe("a stream of changes", () => {
  test("begins with what comes from now on, and sends each change with its cursor", async () => {
    const facade = await useFacade();
    const stream = await openStream(facade);
    expect(stream.response.headers.get("content-type")).toBe("text/event-stream");
    await facade.patch({ failedDeviceCount: 8 });
    const first = await stream.next();
    expect(first).toMatchObject({
      event: "change",
      data: { version: 2, mine: true, after: { failedDeviceCount: 8 } },
    });
    expect(first?.id).toBe(first?.data["cursor"]);
    await facade.patch({ failedDeviceCount: 9 });
    expect(await stream.next()).toMatchObject({ data: { version: 3 } });
  });

  test("that is quiet is not cut, however short the time of a response is", async () => {
    const facade = await useFacade({ settings: { limits: { responseSeconds: 1 } } });
    const stream = await openStream(facade);
    const first = stream.next();
    // A time-out of Node's takes up to twice its time.
    expect(await Promise.race([first.catch(String), sleep(2500, "quiet")])).toBe("quiet");
    await facade.patch({ failedDeviceCount: 8 });
    expect(await first).toMatchObject({ data: { version: 2 } });
  });

  test("ends when its token is accepted no longer, as after a jump of the clock", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const facade = await useFacade({ settings: { limits: { responseSeconds: 1 } } });
    const stream = await openStream(facade);
    await facade.patch({ failedDeviceCount: 8 });
    expect(await stream.next()).toMatchObject({ data: { version: 2 } });
    vi.setSystemTime(Date.now() + 40 * 86_400_000);
    expect((await facade.get(path)).status).toBe(401);
    expect(await stream.next()).toBeUndefined();
  });

  test("goes on after a cursor, and Last-Event-ID overrides the one of the URL", async () => {
    const facade = await useFacade();
    const { value, next } = await read(await facade.get(path));
    await facade.patch({ failedDeviceCount: 8 });
    const after = await openStream(facade, { query: `?after=${value[1].cursor}` });
    expect([await after.next(), await after.next()]).toMatchObject([
      { id: value[2].cursor },
      { data: { version: 2 } },
    ]);
    const resumed = await openStream(facade, {
      query: `?after=${value[1].cursor}`,
      headers: { "Last-Event-ID": next },
    });
    expect(await resumed.next()).toMatchObject({ data: { version: 2 } });
  });

  test("sends only what its filters let through", async () => {
    const facade = await useFacade();
    const stream = await openStream(facade, { query: "?actor=ada" });
    await facade.patch({ failedDeviceCount: 8 });
    await facade.patch({ failedDeviceCount: 9 }, { token: await facade.issueToken({ user: "ada" }) });
    expect(await stream.next()).toMatchObject({ data: { version: 3, actor: "ada" } });
  });

  test("while many write, streams that break off and resume get every change once, in order", async () => {
    const facade = await useFacade();
    const { next } = await read(await facade.get(path));
    const writers = [1, 2, 3].map(async (writer) => {
      for (let at = 1; at <= 40; at += 1) await facade.patch({ failedDeviceCount: writer * 1000 + at });
    });
    const versions: unknown[] = [];
    let last: string = next;
    while (versions.length < 120) {
      const stream = await openStream(facade, { headers: { "Last-Event-ID": last } });
      for (let at = 0; at < 25 && versions.length < 120; at += 1) {
        const event = await stream.next();
        versions.push(event?.data["version"]);
        last = event?.id ?? "";
      }
      await stream.close();
    }
    await Promise.all(writers);
    expect(versions).toEqual(Array.from({ length: 120 }, (_, index) => index + 2));
  });

  test.each(["order=desc", "top=5", "since=2026-01-01T00:00:00Z", "until=2026-01-01T00:00:00Z"])(
    "%s is refused",
    async (query) => {
      const facade = await useFacade();
      const [name] = query.split("=");
      const response = await facade.get(`${path}?${query}`, events);
      expect(await outcome(response)).toBe(`400 BadRequest A stream of events cannot have '${name}'.`);
    },
  );

  test("ends when the service ends", async () => {
    const facade = await useFacade();
    const stream = await openStream(facade);
    const ended = stream.next();
    await facade.close();
    expect(await ended).toBeUndefined();
  });

  test("above the maximum of a tenant it is refused with 503, until another one ends", async () => {
    const facade = await useFacade({ settings: { limits: { streams: 5 } } });
    const first = await openStream(facade);
    expect(await outcome(await facade.get(path, events))).toBe(
      "503 ServiceUnavailable Too many streams of changes of your tenant are open. Please retry again later.",
    );
    const token = await facade.issueToken({ tenant: "11111111-0000-4000-8000-000000000001" });
    expect((await openStream(facade, { token })).response.status).toBe(200);
    await first.close();
    let status = 503;
    // The server learns of it when the connection is closed.
    while (status === 503) {
      const response = await facade.get(path, events);
      ({ status } = response);
      await response.body?.cancel();
      if (status === 503) await sleep(10);
    }
    expect(status).toBe(200);
  });
});
