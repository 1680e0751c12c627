/** What the dashboard shows, drawn from measures. Pure. */

import type { Measure, ReadingMeasure, RunMeasure } from "../../shared/measure.js";
import { type Reliability, reliabilityOf } from "./reliability.js";
import { type Share, shareOf, type Spread, spreadOf } from "./statistics.js";

export type Station = "read" | "prefill" | "decode" | "whole";

export const STATIONS: readonly Station[] = ["read", "prefill", "decode", "whole"];

/** Which measures count: a tier, and not older than `since` (milliseconds since 1970). */
export interface Filter {
  readonly tier: string | null;
  readonly since: number;
}

export interface TierSummary {
  readonly tier: string;
  readonly runs: number;
  readonly whole: Spread;
  readonly fell: Share;
  readonly failed: Share;
  readonly right: Share;
}

/** The runs of one hour or day. */
export interface Period {
  /** Its beginning, milliseconds since 1970. */
  readonly at: number;
  readonly runs: number;
  readonly whole: Spread;
  readonly failed: Share;
  /** The most that was measured, in bytes. */
  readonly memory: number | null;
  readonly right: Share;
}

export interface Summary {
  readonly runs: number;
  readonly latency: Readonly<Record<Station, Spread>>;
  readonly memory: Spread;
  readonly fell: Share;
  /** Of the runs that were not called off. */
  readonly failed: Share;
  /** Of the files that were opened. */
  readonly unread: Share;
  /** By their codes, the most frequent first. */
  readonly errors: readonly { readonly code: string; readonly count: number }[];
  readonly reliability: Reliability;
  readonly tiers: readonly TierSummary[];
  readonly every: "hour" | "day";
  readonly periods: readonly Period[];
}

export function summaryOf(measures: readonly Measure[], { tier, since }: Filter): Summary {
  const recent = measures.filter(({ at }) => at >= since);
  const readings = recent.filter((measure) => measure.kind === "reading");
  const runs = recent.filter((measure): measure is RunMeasure => measure.kind === "run" && (tier === null || measure.tier === tier));
  const every = isShort(runs) ? "hour" : "day";
  return {
    runs: runs.length,
    latency: latencyOf(readings, runs),
    memory: spreadOf(memoriesOf(runs)),
    fell: shareOf(runs.filter(({ fell }) => fell).length, runs.length),
    failed: failedOf(runs),
    unread: shareOf(readings.filter(({ error }) => error !== null).length, readings.length),
    errors: errorsOf([...readings, ...runs.filter(({ status }) => status === "failed")]),
    reliability: reliabilityOf(runs.flatMap(({ answers }) => answers)),
    tiers: groups(runs, (run) => run.tier).map(([name, of]) => tierSummary(name, of)).sort((left, right) => right.runs - left.runs),
    every,
    periods: groups(runs, ({ at }) => beginOf(at, every)).map(([at, of]) => periodOf(at, of)).sort((left, right) => left.at - right.at),
  };
}

/** The tiers that documents were read on, in the order of their first time. */
export function tiersIn(measures: readonly Measure[]): readonly string[] {
  return [...new Set(measures.flatMap((measure) => (measure.kind === "run" ? [measure.tier] : [])))];
}

function latencyOf(readings: readonly ReadingMeasure[], runs: readonly RunMeasure[]): Summary["latency"] {
  const done = runs.filter(({ status }) => status === "done");
  return {
    read: spreadOf(readings.filter(({ error }) => error === null).map(({ ms }) => ms)),
    prefill: spreadOf(done.map(({ prefillMs }) => prefillMs)),
    decode: spreadOf(done.map(({ decodeMs }) => decodeMs)),
    whole: spreadOf(done.map(({ ms }) => ms)),
  };
}

function tierSummary(tier: string, runs: readonly RunMeasure[]): TierSummary {
  const { whole } = latencyOf([], runs);
  const { right } = reliabilityOf(runs.flatMap(({ answers }) => answers));
  return { tier, runs: runs.length, whole, fell: shareOf(runs.filter(({ fell }) => fell).length, runs.length), failed: failedOf(runs), right };
}

function periodOf(at: number, runs: readonly RunMeasure[]): Period {
  const { right } = reliabilityOf(runs.flatMap(({ answers }) => answers));
  return { at, runs: runs.length, whole: latencyOf([], runs).whole, failed: failedOf(runs), memory: spreadOf(memoriesOf(runs)).most, right };
}

function memoriesOf(runs: readonly RunMeasure[]): readonly number[] {
  return runs.flatMap(({ memory }) => (memory === null ? [] : [memory.bytes]));
}

function failedOf(runs: readonly RunMeasure[]): Share {
  const ended = runs.filter(({ status }) => status !== "cancelled");
  return shareOf(ended.filter(({ status }) => status === "failed").length, ended.length);
}

function errorsOf(measures: readonly Measure[]): Summary["errors"] {
  const codes = measures.flatMap(({ error }) => (error === null ? [] : [error]));
  return groups(codes, (code) => code).map(([code, of]) => ({ code, count: of.length })).sort((left, right) => right.count - left.count);
}

function groups<T, K>(values: readonly T[], keyOf: (value: T) => K): [K, T[]][] {
  const found = new Map<K, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = found.get(key);
    if (group === undefined) found.set(key, [value]);
    else group.push(value);
  }
  return [...found];
}

const TWO_DAYS_MS = 2 * 24 * 60 * 60 * 1000;

function isShort(runs: readonly RunMeasure[]): boolean {
  const times = runs.map(({ at }) => at);
  return Math.max(...times) - Math.min(...times) < TWO_DAYS_MS;
}

/** The beginning of the hour or the day, by the clock on the wall. */
function beginOf(at: number, every: Summary["every"]): number {
  const begin = new Date(at);
  if (every === "hour") return begin.setMinutes(0, 0, 0);
  return begin.setHours(0, 0, 0, 0);
}
