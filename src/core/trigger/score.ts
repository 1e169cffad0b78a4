import type { Score } from './event.ts';
import type { Watch } from './state.ts';

/** What people made of a watch; nothing is counted where it never fired. */
export function scoreOf({ ask, elsewhere, firedAt }: Pick<Watch, 'ask' | 'elsewhere' | 'firedAt'>): Score | null {
  if (ask.is === 'started') return 'followed';
  if (firedAt === null) return null;
  if (elsewhere !== null) return 'rolled-back-without-it';
  return ask.is === 'vetoed' || ask.is === 'called-off' ? 'vetoed' : 'ignored';
}
