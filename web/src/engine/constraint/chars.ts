/**
 * A language of texts read code point by code point: what `pattern` and `format` compile to.
 *
 * States are small numbers, so a machine is shared and a state costs nothing to keep.
 */
export interface CharMachine {
  readonly initial: number;
  /** The state after one more code point; a state that is not viable where nothing matches any more. */
  step(state: number, codePoint: number): number;
  /** Is the text so far a match? */
  accepting(state: number): boolean;
  /** Can some match still be reached from here (this very text included)? */
  viable(state: number): boolean;
}
