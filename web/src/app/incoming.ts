/**
 * What the system hands to the installed app: files opened with it, and what other apps share with it.
 *
 * - A shared thing is a form that the browser posts to `/share`. The service worker keeps it and opens the page,
 *   which takes it from the same address (see sw/share.ts); it never goes over the network.
 * - Files opened with the app come through the launch queue, where the browser has one.
 */

import { SHARE_ADDRESS, SHARED_MARK } from "../shared/share.js";

/** What arrived: files, and a text with them or alone. */
export interface Arrival {
  readonly files: readonly File[];
  readonly text: string;
}

/** The part of the browser's launch queue that is used. */
export interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

declare global {
  interface Window {
    readonly launchQueue?: LaunchQueue;
  }
}

/** Tells of what is opened with the app, now and later, and of what was shared with it. */
export function listenForArrivals(arrived: (arrival: Arrival) => void): void {
  window.launchQueue?.setConsumer(({ files }) => {
    void openLaunched(files).then((opened) => { if (opened.length > 0) arrived({ files: opened, text: "" }); });
  });
  if (!new URLSearchParams(location.search).has(SHARED_MARK)) return;
  history.replaceState(null, "", `${location.pathname}${location.hash}`); // So that a reload does not ask again.
  void takeShared().then((arrival) => { if (arrival !== null) arrived(arrival); });
}

/** The files behind the handles; one that is gone by now is left out. */
async function openLaunched(handles: readonly FileSystemFileHandle[]): Promise<File[]> {
  const opened = await Promise.allSettled(handles.map((handle) => handle.getFile()));
  return opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

/** What was shared, once; null where there is nothing, or no service worker that kept it. */
async function takeShared(): Promise<Arrival | null> {
  try {
    const response = await fetch(SHARE_ADDRESS);
    return response.ok ? arrivalOf(await response.formData()) : null;
  } catch {
    return null;
  }
}

/** Reads the form as the manifest's `share_target` names its parts. */
export function arrivalOf(form: FormData): Arrival {
  const files = form.getAll("files").filter((part) => part instanceof File && part.size > 0) as File[];
  const words = ["title", "text", "url"].map((name) => form.get(name)).filter((part) => typeof part === "string" && part.trim() !== "");
  return { files, text: [...new Set(words)].join("\n") };
}
