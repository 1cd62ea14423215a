import { GraphError, type GraphErrorInit } from "@install-summary/core";

/** An error of the contract whose answer carries headers of its own, such as `Allow` or `WWW-Authenticate`. */
export class Refusal extends GraphError {
  readonly headers: Readonly<Record<string, string>>;

  constructor(error: GraphErrorInit, headers: Readonly<Record<string, string>>) {
    super(error);
    this.headers = headers;
  }
}
