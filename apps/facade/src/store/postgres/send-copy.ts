import { Query, type ClientBase, type Connection, type QueryResult } from "./pg.ts";

/** What the driver says of a statement that went through. */
export type SentResult = Pick<QueryResult<Record<string, unknown>>, "rows" | "rowCount">;

/**
 * Sends `COPY … FROM STDIN`, and its lines once the server asks for them, at which the driver itself would fail.
 * Source: https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-COPY
 */
export function sendCopy(client: ClientBase, text: string, lines: string): Promise<SentResult> {
  return new Promise((resolve, reject) => {
    const query = new Query<Record<string, unknown>>({ text }, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
    client.query(
      Object.assign(query, {
        handleCopyInResponse({ stream }: Connection): void {
          stream.write(formatMessage("d", Buffer.from(lines)));
          stream.write(formatMessage("c", Buffer.alloc(0)));
        },
      }),
    );
  });
}

/** A message of the protocol: its kind, its length without the kind, and what it says. */
function formatMessage(kind: string, content: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeUInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}
