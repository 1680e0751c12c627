/** Small statistics: quantiles, and how sure a share is. */

/** The quantile of some numbers, between two of them by a straight line; null of none. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((left, right) => left - right);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place));
}

export interface Spread {
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly most: number | null;
}

export function spreadOf(values: readonly number[]): Spread {
  return { count: values.length, p50: quantile(values, 0.5), p95: quantile(values, 0.95), most: quantile(values, 1) };
}

export interface Share {
  readonly count: number;
  readonly of: number;
  /** Null of none. */
  readonly share: number | null;
  /** Where the true share lies, 95 times of 100 (Wilson). */
  readonly low: number;
  readonly high: number;
}

const Z = 1.96;

export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, share: null, low: 0, high: 1 };
  const share = count / of;
  const middle = share + (Z * Z) / (2 * of);
  const reach = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  const whole = 1 + (Z * Z) / of;
  return { count, of, share, low: Math.max(0, (middle - reach) / whole), high: Math.min(1, (middle + reach) / whole) };
}
