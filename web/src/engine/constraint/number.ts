/**
 * A JSON number within bounds, written in one way only: plain decimal notation without an exponent, a
 * plus, leading zeros, trailing zeros behind the point, or a negative zero.
 *
 * All arithmetic is exact: bounds and steps are whole multiples of a power of ten. So a digit is possible
 * if and only if some number within the bounds begins with it.
 */

import type { Machine } from "./machine.js";

export interface NumberRule {
  readonly integer: boolean;
  readonly minimum: number;
  readonly maximum: number;
  readonly exclusiveMinimum: number;
  readonly exclusiveMaximum: number;
  /** The number is a multiple of each of these. */
  readonly multiples: readonly number[];
}

/** Digits behind the point of a number that no `multipleOf` holds: enough for the smallest double. */
const FINEST = 324;

/** A number in units of 10^-places. */
interface Scaled {
  readonly units: bigint;
  readonly places: number;
}

interface NumberState {
  readonly negative: boolean;
  /** The digits read so far as one number; null before the first. */
  readonly digits: bigint | null;
  /** How many of them stand behind the point; -1 before the point. */
  readonly fraction: number;
  readonly lastZero: boolean;
  readonly dead: boolean;
}

const START: NumberState = { negative: false, digits: null, fraction: -1, lastZero: false, dead: false };
const GONE: NumberState = { ...START, dead: true };
const MINUS = 0x2d;
const POINT = 0x2e;

export class JsonNumber implements Machine<NumberState> {
  private readonly places: number;
  private readonly step: bigint;
  /** Bounds in units of 10^-places, both included. */
  private readonly low: bigint;
  private readonly high: bigint;

  constructor(rule: NumberRule) {
    const steps = [...rule.multiples, ...(rule.integer ? [1] : [])].map(scaled);
    this.places = steps.length === 0 ? FINEST : Math.max(...steps.map(({ places }) => places));
    this.step = steps.map((one) => rescale(one, this.places)).reduce(leastCommonMultiple, 1n);
    // Larger multiples would be rounded to the nearest double by whoever reads them.
    const most = rule.multiples.length > 0 ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
    this.low = greater(this.atLeast(Math.max(rule.minimum, -most)), this.above(rule.exclusiveMinimum));
    this.high = -greater(this.atLeast(Math.max(-rule.maximum, -most)), this.above(-rule.exclusiveMaximum));
  }

  /** How many numbers there are. */
  get size(): number {
    if (this.low > this.high) return 0;
    const first = ceiling(this.low, this.step);
    const past = ceiling(this.high + 1n, this.step);
    return Number(past - first);
  }

  initial(): NumberState {
    return START;
  }

  transition(state: NumberState, byte: number): NumberState {
    if (state.dead) return GONE;
    if (byte === MINUS) return state.digits === null && !state.negative ? { ...START, negative: true } : GONE;
    if (byte === POINT) return state.digits === null || state.fraction >= 0 ? GONE : { ...state, fraction: 0 };
    return this.digit(state, byte - 0x30);
  }

  private digit(state: NumberState, digit: number): NumberState {
    if (digit < 0 || digit > 9 || (state.digits === 0n && state.fraction < 0)) return GONE;
    const fraction = state.fraction < 0 ? -1 : state.fraction + 1;
    return { ...state, digits: (state.digits ?? 0n) * 10n + BigInt(digit), fraction, lastZero: digit === 0 };
  }

  viable(state: NumberState): boolean {
    if (state.dead) return false;
    if (state.digits === null) {
      return this.some(state.negative ? this.range(true) : { from: this.low, to: this.high });
    }
    return state.fraction < 0 ? this.goesOn(state, state.digits) : this.endsWithin(state, state.digits);
  }

  accepting(state: NumberState): boolean {
    if (state.dead || state.digits === null) return false;
    if (state.fraction === 0 || (state.fraction > 0 && state.lastZero) || state.fraction > this.places) return false;
    if (state.negative && state.digits === 0n) return false;
    const units = state.digits * 10n ** BigInt(this.places - Math.max(state.fraction, 0));
    return this.some(clip({ from: units, to: units }, this.range(state.negative)));
  }

  /** Whole digits: is there a number that has these in front, however many follow? */
  private goesOn(state: NumberState, digits: bigint): boolean {
    const range = this.range(state.negative);
    const unit = 10n ** BigInt(this.places);
    let power = 1n;
    do {
      const from = digits * power * unit;
      if (from > range.to) return false;
      if (this.some(clip({ from, to: from + power * unit - 1n }, range))) return true;
      power *= 10n;
    } while (digits > 0n);
    return false;
  }

  /** Behind the point: a number with these digits in front that does not end in a zero. */
  private endsWithin(state: NumberState, digits: bigint): boolean {
    const open = this.places - state.fraction;
    if (open < 0) return false;
    const unit = 10n ** BigInt(open);
    const needsMore = state.fraction === 0 || state.lastZero;
    const from = digits * unit + (needsMore ? 1n : 0n);
    return this.some(clip({ from, to: (digits + 1n) * unit - 1n }, this.range(state.negative)));
  }

  /** The magnitudes that a number of this sign may have; no negative zero. */
  private range(negative: boolean): Range {
    return negative ? { from: greater(1n, -this.high), to: -this.low } : { from: greater(0n, this.low), to: this.high };
  }

  private some({ from, to }: Range): boolean {
    return from <= to && ceiling(from, this.step) * this.step <= to;
  }

  private atLeast(bound: number): bigint {
    const { units, places } = scaled(clamp(bound));
    if (places <= this.places) return units * 10n ** BigInt(this.places - places);
    return ceiling(units, 10n ** BigInt(places - this.places));
  }

  /** The least number above the bound; where any decimal is possible, one that is not read as the bound itself. */
  private above(bound: number): bigint {
    if (!Number.isFinite(bound)) return this.atLeast(bound);
    if (this.places === FINEST) return this.atLeast(following(bound));
    const { units, places } = scaled(bound);
    if (places <= this.places) return units * 10n ** BigInt(this.places - places) + 1n;
    return ceiling(units + 1n, 10n ** BigInt(places - this.places));
  }
}

interface Range {
  readonly from: bigint;
  readonly to: bigint;
}

/** The number in plain decimal notation, as `JsonNumber` reads it; no number at all where the value is not finite. */
export function decimal(value: number): string {
  if (!Number.isFinite(value)) return "";
  const { units, places } = scaled(value);
  if (places === 0) return units.toString();
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Exactly the decimal number that stands for this value in JSON. */
function scaled(value: number): Scaled {
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const places = fraction.length - Number(exponent);
  const units = BigInt(whole + fraction);
  return places >= 0 ? { units, places } : { units: units * 10n ** BigInt(-places), places: 0 };
}

/** The next larger double. */
function following(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return view.getFloat64(0);
}

function rescale({ units, places }: Scaled, to: number): bigint {
  return units * 10n ** BigInt(to - places);
}

/** No bound is the largest number that JSON's readers can hold. */
function clamp(bound: number): number {
  return Math.min(Math.max(bound, -Number.MAX_VALUE), Number.MAX_VALUE);
}

function clip(a: Range, b: Range): Range {
  return { from: greater(a.from, b.from), to: a.to < b.to ? a.to : b.to };
}

function greater(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function ceiling(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return quotient * b < a ? quotient + 1n : quotient;
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y > 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}
