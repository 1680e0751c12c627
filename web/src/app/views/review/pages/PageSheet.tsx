/** One page: its picture, drawn while it is in sight, and over it the places of values and of selected words. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { PageImages } from "../../../../readers/page-images.js";
import type { PageLayout, Part } from "../../../../shared/document.js";
import { t } from "../../../i18n/index.js";
import { useApp } from "../../context.js";
import { Boxes } from "./Boxes.js";
import type { NearWatch } from "./near.js";

interface Props {
  readonly part: Part;
  /** From 1. */
  readonly number: number;
  readonly images: PageImages;
  readonly watch: NearWatch;
}

/** A page of which nothing is known has the shape of most. */
const USUAL: PageLayout = { width: 210, height: 297, words: [] };
/** More pixels than this for one of the page's are not seen. */
const MOST_PIXELS = 2;

export function PageSheet({ part, number, images, watch }: Props): JSX.Element {
  const { view } = useApp();
  const sheet = useRef<HTMLDivElement>(null);
  const near = useSignal(false);
  useEffect(() => (sheet.current === null ? undefined : watch.watch(sheet.current, (value) => { near.value = value; })), [watch]);
  const layout = part.layout ?? USUAL;
  return (
    <div ref={sheet} class="page-sheet" data-page={number}>
      {near.value && <Picture key={view.zoom.value} images={images} number={number} />}
      <Boxes layout={layout} span={part.span} number={number} near={near.value} />
    </div>
  );
}

function Picture({ images, number }: Pick<Props, "images" | "number">): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const state = useSignal<"drawing" | "drawn" | "broken">("drawing");
  useEffect(() => {
    const { current } = canvas;
    if (current === null) return undefined;
    const abort = new AbortController();
    const width = (current.parentElement?.clientWidth ?? 600) * Math.min(devicePixelRatio, MOST_PIXELS);
    images.draw(number, current, width, abort.signal).then(
      () => { state.value = "drawn"; },
      () => { if (!abort.signal.aborted) state.value = "broken"; },
    );
    return () => {
      abort.abort();
      current.width = current.height = 0; // Gives the pixels back at once.
    };
  }, []);
  return (
    <>
      <canvas ref={canvas} class="page-picture" data-state={state.value} aria-hidden="true" />
      {state.value === "broken" && <p class="page-broken">{t("review.pageBroken")}</p>}
    </>
  );
}
