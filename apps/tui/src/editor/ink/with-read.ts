import type { Readable } from "node:stream";

/** The same input, from which keys are read by `read`. */
export function withRead<Input extends Readable>(stdin: Input, read: () => unknown): Input {
  return new Proxy(stdin, {
    get(target, name) {
      if (name === "read") return read;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
