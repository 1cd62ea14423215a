/** Signs of which none joins the one before or after it, whatever that is: what the editor's own frames are made of. */
const alone = /^[\n\u001B\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u28FF]*$/;

// By a name of its own, since `Intl.Segmenter` is what bundles have replaced.
const { Segmenter } = Intl;

/**
 * What bundled code has in the place of `Intl.Segmenter`. The first segmenter of a process takes Node ten milliseconds, a
 * twentieth of the start, since it loads the tables of all languages; this one makes it only for a text that needs them.
 */
export class LateSegmenter implements Pick<Intl.Segmenter, "segment"> {
  readonly #make: () => Intl.Segmenter;
  readonly #isByGrapheme: boolean;
  #segmenter: Intl.Segmenter | undefined;

  constructor(...options: ConstructorParameters<typeof Intl.Segmenter>) {
    this.#make = () => new Segmenter(...options);
    this.#isByGrapheme = (options[1]?.granularity ?? "grapheme") === "grapheme";
  }

  /** The segments of a text, in order, and the one at a place of it. */
  segment(input: string): Intl.Segments {
    if (this.#isByGrapheme && alone.test(input)) {
      const segments = Array.from(input, (segment, index) => ({ segment, index, input }));
      return Object.assign(segments, {
        containing: (place?: number) => segments[Math.trunc(place ?? 0) || 0],
      });
    }
    this.#segmenter ??= this.#make();
    return this.#segmenter.segment(input);
  }
}
