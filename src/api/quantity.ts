/** Kubernetes quantities, as they stand in specs and status, to numbers and back. */

const BINARY: Readonly<Record<string, bigint>> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
};
/** Powers of ten. */
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

const FORM = /^([+-]?)(\d*)(?:\.(\d*))?(?:(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])|[eE]([+-]?\d{1,2}))?$/;

/**
 * The value in thousandths, exact but for digits below a thousandth, which count as a whole one (as in Kubernetes).
 * Throws RangeError for what is no quantity; objects that the API server has taken never hold such.
 */
function toMilli(quantity: number | string): bigint {
  const text = String(quantity);
  const known = read.get(text);
  if (known !== undefined) return known;
  const milli = parse(text);
  if (read.size >= MOST_READ) read.clear();
  read.set(text, milli);
  return milli;
}

/** A fleet has few sizes, and each placement looks at those of all hosts. */
const read = new Map<string, bigint>();
const MOST_READ = 1_000;

function parse(text: string): bigint {
  const [, sign, whole = '', fraction = '', suffix = '', exponent] = FORM.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') {
    throw new RangeError(`"${text}" is no quantity: write it like 512Mi or 20Gi`);
  }
  const digits = BigInt(whole + fraction);
  const power = (exponent === undefined ? (DECIMAL[suffix] ?? 0) : Number(exponent)) - fraction.length + 3;
  let milli = digits * (BINARY[suffix] ?? 1n);
  if (power >= 0) milli *= 10n ** BigInt(power);
  else {
    const divisor = 10n ** BigInt(-power);
    milli = (milli + divisor - 1n) / divisor;
  }
  return sign === '-' ? -milli : milli;
}

/** Bytes, or whole units; a fraction counts as a whole one. Throws RangeError past 2^53. */
export function quantityToNumber(quantity: number | string): number {
  const milli = toMilli(quantity);
  const units = milli >= 0n ? (milli + 999n) / 1000n : milli / 1000n;
  const value = Number(units);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${quantity} is too large`);
  return value;
}

/** CPUs in thousandths: "1500m" is 1500, "2" is 2000. */
export function quantityToMilli(quantity: number | string): number {
  const value = Number(toMilli(quantity));
  if (!Number.isSafeInteger(value)) throw new RangeError(`${quantity} is too large`);
  return value;
}

/** Bytes as people read them, exact: 4Gi, 1536Mi, 1000001. */
export function bytesToQuantity(bytes: number): string {
  let value = bytes;
  let suffix = '';
  for (const unit of Object.keys(BINARY)) {
    if (value === 0 || value % 1024 !== 0) break;
    value /= 1024;
    suffix = unit;
  }
  return `${value}${suffix}`;
}

/** Bytes for a column: rounded down to a tenth of the largest unit, 931.4Gi. Not exact. */
export function bytesToShortQuantity(bytes: number): string {
  let value = bytes;
  let suffix = '';
  for (const unit of Object.keys(BINARY)) {
    if (value < 1024) break;
    value /= 1024;
    suffix = unit;
  }
  return `${Math.floor(value * 10) / 10}${suffix}`;
}

/** CPUs in thousandths to a quantity: 2000 is "2", 1500 is "1500m". */
export function milliToQuantity(milli: number): string {
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}
