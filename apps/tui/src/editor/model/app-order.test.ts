import * as fc from "fast-check";
import { expect, test } from "vitest";
import { listedApp } from "../../../test/sample-apps.ts";
import { growOrder, moveInOrder, orderOf, type Sortable } from "./app-order.ts";
import { compareBy, sortChoices } from "./sort.ts";
import type { KnownApp } from "../../words/known-app.ts";

const count = fc.nat(3);
const lists: fc.Arbitrary<Sortable> = fc.record({
  apps: fc
    .array(
      fc
        .record({ failedDeviceCount: count, installedDeviceCount: count, failedUserCount: count })
        .map((counters) => listedApp(0, "", counters)),
      { maxLength: 30 },
    )
    .map((apps) => apps.map((app, at) => ({ ...app, id: `app ${at}`, displayName: `${"abA"[at % 3]}` }))),
  sort: fc.record({
    column: fc.constantFrom(...sortChoices.map(({ column }) => column)),
    users: fc.boolean(),
    descending: fc.boolean(),
  }),
  recent: fc.constantFrom(
    undefined,
    new Map([
      ["app 3", 1000],
      ["app 1", 999],
      ["app 7", 2],
    ]),
  ),
});

test("every order has each app once, is total, and keeps the server's order of equal apps", () => {
  fc.assert(
    fc.property(lists, (list) => {
      const order = [...orderOf(list)];
      expect(order.toSorted((one, other) => one - other)).toEqual([...list.apps.keys()]);
      const compare = compareBy(list);
      for (const [at, place] of order.entries()) {
        for (const later of order.slice(at + 1)) {
          expect(compare(place, later)).toBeLessThan(0);
          expect(compare(later, place)).toBeGreaterThan(0);
        }
      }
      // Equal both ways round means equal: then the server's order holds in both.
      const reversed = compareBy({ ...list, sort: { ...list.sort, descending: !list.sort.descending } });
      const isEqual = (one: number, other: number): boolean =>
        compare(one, other) < 0 === reversed(one, other) < 0;
      for (const [at, place] of order.entries()) {
        const equalLater = order.slice(at + 1).filter((later) => isEqual(place, later));
        expect(equalLater.every((later) => later > place)).toBe(true);
      }
    }),
  );
});

test("an order that grows is the order of all", () => {
  fc.assert(
    fc.property(lists, fc.nat(30), (list, cut) => {
      const before = { ...list, apps: list.apps.slice(0, cut) };
      orderOf(before);
      const grown = { ...list, apps: list.apps.slice() };
      growOrder(before, grown);
      expect([...orderOf(grown)]).toEqual([...orderOf(list)]);
    }),
  );
});

test("apps that are replaced go to their places in the order, and the others are not put in order again", () => {
  fc.assert(
    fc.property(lists, lists, fc.array(fc.nat(29)), (list, others, wanted) => {
      const places = wanted.filter((place) => place < Math.min(list.apps.length, others.apps.length));
      orderOf(list);
      const looked: (string | symbol)[] = [];
      // An app that tells when a sort looks into it.
      const watch = (one: KnownApp): KnownApp =>
        new Proxy(one, {
          get(target, name, receiver) {
            looked.push(name);
            return Reflect.get(target, name, receiver);
          },
        });
      const made = list.apps.map((app, place) => {
        const other = places.includes(place) ? others.apps[place] : undefined;
        return other === undefined ? app : { ...other, id: app.id };
      });
      const apps = made.map(watch);
      const replaced = { ...list, apps };
      moveInOrder(list, replaced, new Set(places));
      const compared = looked.length;
      const order = [...orderOf(replaced)];
      expect(looked).toHaveLength(compared);
      expect(order).toEqual([...orderOf({ ...list, apps: apps.slice() })]);
    }),
  );
});
