/** The workspace's time: epoch milliseconds, and a way to be called later that can be cancelled. */
export interface SlackClock {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

/** The machine's own time, for a workspace that people use. */
export const systemClock: SlackClock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
