import { NoReading } from './request.ts';

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The number that an answer gives, whatever way it is written; yes and no are 1 and 0. Anything else is no reading. What it is
 * instead is cut to size by whoever has taken the secrets out, because half a secret is one that nobody would recognise.
 */
export function numberIn(value: unknown, where: string): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const number = typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new NoReading(`${where} is ${typeof value === 'string' ? value : JSON.stringify(value)}, which is no number.`);
}
