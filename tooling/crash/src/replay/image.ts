/** Whether a disk keeps what it need not keep: asked for each sector, each new size and each new name. */
export type Keeps = () => boolean;

/** The content of a file that grows. */
export interface Image {
  write(offset: number, data: Buffer, keeps: Keeps): void;
  truncate(size: number, keeps: Keeps): void;
  content(): Buffer;
}

/** The unit that a disk writes whole, in bytes. */
const sectorBytes = 512;

/** Creates the image of a file that has some content. */
export function createImage(first: Buffer): Image {
  let bytes = Buffer.from(first);
  let length = first.length;

  const resize = (size: number): void => {
    if (size > bytes.length)
      bytes = Buffer.concat([bytes.subarray(0, length), Buffer.alloc(2 * size - length)]);
    // What a file had beyond its end is zero when it grows again.
    if (size < length) bytes.fill(0, size, length);
    length = size;
  };

  return {
    write(offset, data, keeps) {
      for (let start = 0; start < data.length;) {
        const count = Math.min(data.length - start, sectorBytes - ((offset + start) % sectorBytes));
        if (keeps()) {
          resize(Math.max(length, offset + start + count));
          data.copy(bytes, offset + start, start, start + count);
        }
        start += count;
      }
    },
    truncate(size, keeps) {
      if (keeps()) resize(size);
    },
    content: () => bytes.subarray(0, length),
  };
}
