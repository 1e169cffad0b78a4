/** The workspace's time: epoch milliseconds, and a way to be called later that can be cancelled. */
export interface SlackClock {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

/** Calls back when it has run out, unless what it answers with is called before. */
export type Patience = SlackClock['after'];

const STEP_MS = 10;

/** The machine's own time, counted in steps instead of measured: what waits behind a machine that has stalled is not late for that. */
export const patience: Patience = (ms, run) => {
  let timer: NodeJS.Timeout;
  const step = (leftMs: number): void => {
    timer = setTimeout(() => (leftMs > STEP_MS ? step(leftMs - STEP_MS) : run()), Math.min(leftMs, STEP_MS));
    // Nobody who still waits keeps a process up.
    timer.unref();
  };
  step(ms);
  return () => clearTimeout(timer);
};

/** The machine's own time, for a workspace that people use. */
export const systemClock: SlackClock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
