import { expect, test } from "vitest";
import { copyMembers, memberEntries, memberNames } from "./members.ts";

class Ancestor {
  get old(): number {
    return 1;
  }
}

class Options extends Ancestor {
  own = 2;
  readonly #kept = 3;
  get kept(): number {
    return this.#kept;
  }
  describe(): string {
    return String(this.own);
  }
}

test("an object's members are its own and those that it inherits; what its class can do is none", () => {
  expect(memberNames({ a: 1, b: undefined })).toEqual(["a", "b"]);
  expect(memberNames(Object.create({ a: 1 }, { b: { value: 2, enumerable: true } }))).toEqual(["b", "a"]);
  expect(memberNames(new Options())).toEqual(["own", "kept", "old"]);
  expect(memberNames(Object.create(null))).toEqual([]);
  const ofAnotherRealm: object = Object.create(null, { ["__proto__"]: { get: () => null } });
  expect(memberNames(Object.create(ofAnotherRealm, { a: { value: 1, enumerable: true } }))).toEqual(["a"]);
});

test("the object's own member counts where it inherits one of the same name", () => {
  const members = Object.create({ a: 1 }, { a: { value: 2, enumerable: true } });
  expect(memberEntries(Object(members))).toEqual([["a", 2]]);
});

test("a copy has them all as its own", () => {
  expect(copyMembers(new Options())).toStrictEqual({ own: 2, kept: 3, old: 1 });
  expect(copyMembers(undefined)).toStrictEqual({});
});
