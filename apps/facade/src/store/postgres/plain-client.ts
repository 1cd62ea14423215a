import { Client, type ClientConfig } from "./pg.ts";

/** A client that connects with what it is given alone. The driver's own takes these from variables of the environment. */
export class PlainClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    const parameters: unknown = Reflect.get(this, "connectionParameters");
    Object.assign(Object(parameters), { options: undefined, replication: undefined });
  }
}
