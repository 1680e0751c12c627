/** What a reader sees as one character, with a short cut for the many that are ASCII. */

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

export interface Grapheme {
  readonly segment: string;
  readonly index: number;
}

/**
 * The graphemes of a text, in order.
 *
 * Between two ASCII characters there is always a boundary, but for CR LF (Unicode Annex 29, rules GB3 and
 * GB999), so only what stands between such boundaries is given to the segmenter.
 */
export function* graphemesOf(text: string): Generator<Grapheme> {
  let from = 0;
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && !isBoundary(text.charCodeAt(at - 1), text.charCodeAt(at))) continue;
    if (at - from === 1) yield { segment: text.charAt(from), index: from };
    else for (const { segment, index } of segmenter.segment(text.slice(from, at))) yield { segment, index: from + index };
    from = at;
  }
}

function isBoundary(before: number, after: number): boolean {
  return before < 0x80 && after < 0x80 && !(before === CARRIAGE_RETURN && after === LINE_FEED);
}
