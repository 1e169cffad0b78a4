export { startSlack } from './emulator.ts';
export { sandboxSeed } from './seed.ts';
export type { Change } from './change.ts';
export type { Patience, SlackClock } from './clock.ts';
export type * from './interface.ts';
export type * from './seed.ts';
