import type { Unit } from './schema.ts';

/** Writes a number as a person says it: `7.2 %`, `840 ms`, `1.4 GiB`. */
export function sayValue(value: number, unit: Unit): string {
  switch (unit) {
    case 'ratio':
      return `${figure(value * 100)} %`;
    case 'ms':
      return `${figure(value)} ms`;
    case 's':
      return `${figure(value)} s`;
    case 'count':
      return figure(value);
    case 'bytes':
      return sayBytes(value);
    case 'bool':
      return value === 0 ? 'no' : value === 1 ? 'yes' : figure(value);
    default:
      return unit satisfies never;
  }
}

const STEPS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

function sayBytes(value: number): string {
  const step = Math.min(STEPS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10)));
  return `${figure(value / 1024 ** step)} ${STEPS[step]}`;
}

/** Three digits are enough to decide by, and more of them only look exact; whole thousands stay whole. */
function figure(value: number): string {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  if (Math.abs(rounded) >= 1e15 || (rounded !== 0 && Math.abs(rounded) < 1e-4)) return rounded.toExponential(2);
  const [whole = '', part] = String(rounded).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ' ');
  return part === undefined ? grouped : `${grouped}.${part}`;
}
