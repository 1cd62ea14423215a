import { expect, test } from "vitest";
import { graphError } from "./contract-error.ts";
import { graphErrorStatus } from "./graph-error-code.ts";
import { isGraphError } from "./graph-error.ts";

test("every code of the contract has its status", () => {
  for (const [code, status] of Object.entries(graphErrorStatus)) {
    const make: () => unknown = () => Reflect.apply(graphError, undefined, [code, "No.", { target: "id" }]);
    const error = make();
    expect(isGraphError(error, code)).toBe(true);
    expect(error).toMatchObject({ code, status, message: "No.", target: "id" });
  }
});

test.each([
  ["ResourceNotFond", 'graphError cannot have "ResourceNotFond". Did you mean ResourceNotFound?'],
  ["badRequest", 'graphError cannot have "badRequest". Did you mean BadRequest?'],
  ["NotFound", 'graphError cannot have "NotFound", only BadRequest, ModelValidationFailure, '],
  ["constructor", 'graphError cannot have "constructor", only '],
  ["", 'graphError cannot have "", only '],
  [undefined, 'graphError cannot have "undefined", only '],
  [404, 'graphError cannot have "404", only '],
])("the code %j, which plain JavaScript may give, is refused: its status would be unknown", (code, told) => {
  const make = (): unknown => Reflect.apply(graphError, undefined, [code, "No."]);
  expect(make).toThrow(TypeError);
  expect(make).toThrow(told);
});
