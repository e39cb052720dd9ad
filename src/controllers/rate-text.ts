/** Rates and times left, as people read them. Pure. */
import { bytesToShortQuantity } from '#api/quantity.ts';

/** "118.2Mi/s"; undefined: what has not begun to flow has no rate. */
export function rateText(bytesPerSecond: number | undefined): string | undefined {
  return bytesPerSecond ? `${bytesToShortQuantity(bytesPerSecond)}/s` : undefined;
}

/** 45s, 1m20s, 2h05m. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}s`;
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)}m${two(whole % 60)}s`;
  return `${Math.floor(whole / 3600)}h${two(Math.floor(whole / 60) % 60)}m`;
}
