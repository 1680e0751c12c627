/** Which of many elements are in sight or about to be: the others need not be drawn. */

/** As far beyond the pane's edges as elements are already drawn, in parts of its height. */
const AHEAD = "75%";

export class NearWatch {
  readonly #observer: IntersectionObserver;
  readonly #told = new Map<Element, (near: boolean) => void>();

  constructor(pane: Element) {
    this.#observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) this.#told.get(target)?.(isIntersecting);
    }, { root: pane, rootMargin: `${AHEAD} 0px` });
  }

  /** Tells from now on whether the element is near; answers with what ends that. */
  watch(element: Element, tell: (near: boolean) => void): () => void {
    this.#told.set(element, tell);
    this.#observer.observe(element);
    return () => {
      this.#told.delete(element);
      this.#observer.unobserve(element);
    };
  }

  close(): void {
    this.#observer.disconnect();
  }
}
