/** A screen on which there is nothing yet: it says what will be here, and how it gets here. */

import type { ComponentChildren, JSX } from "preact";

interface Props {
  readonly title: string;
  readonly words: string;
  readonly children?: ComponentChildren;
}

export function EmptyScreen({ title, words, children }: Props): JSX.Element {
  return (
    <section class="empty-screen" aria-labelledby="screen-title">
      <h2 id="screen-title">{title}</h2>
      <p>{words}</p>
      {children}
    </section>
  );
}
