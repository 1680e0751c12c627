/** Figures of the dashboard as people read them; a dash where there is none. */

import { formatBytes, formatSeconds } from "../../format.js";
import { locale } from "../../i18n/index.js";
import type { Share } from "../../numbers/statistics.js";

const NONE = "–";

/** Milliseconds below a second, then seconds. */
export function time(milliseconds: number | null): string {
  if (milliseconds === null) return NONE;
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : formatSeconds(milliseconds);
}

export function bytes(count: number | null): string {
  return count === null ? NONE : formatBytes(count);
}

export function percent(share: number | null): string {
  return share === null ? NONE : share.toLocaleString(locale.value, { style: "percent", maximumFractionDigits: 0 });
}

export function percentOf({ share }: Share): string {
  return percent(share);
}

/** The beginning of an hour or a day. */
export function moment(at: number, every: "hour" | "day"): string {
  const form: Intl.DateTimeFormatOptions = every === "hour" ? { dateStyle: "short", timeStyle: "short" } : { dateStyle: "short" };
  return new Intl.DateTimeFormat(locale.value, form).format(at);
}

/** The same, short enough for an axis. */
export function tick(at: number, every: "hour" | "day"): string {
  const form: Intl.DateTimeFormatOptions = every === "hour" ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "numeric" };
  return new Intl.DateTimeFormat(locale.value, form).format(at);
}
