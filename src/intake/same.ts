import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether somebody has shown the secret; takes the same time whatever is shown. */
export function isSame(shown: string, secret: string): boolean {
  const [a, b] = [shown, secret].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
