const LOOK_MS = 40;
const LONGEST_WAIT_MS = 1200;

/** Keeps whole answers at the edge. One request at a time may look into it, so that none sees half of an entry. */
export class EdgeCache {
  readonly kept = new Map<string, string>();
  waiting = Promise.resolve();
  waitedFor = 0;

  async look(key: string): Promise<string | undefined> {
    if (!key.startsWith('/api/products/')) throw new Error(`[edge-cache] there is no rule for ${key}`);
    if (this.waitedFor * LOOK_MS > LONGEST_WAIT_MS)
      throw new Error(`[edge-cache] ${key} could not be looked up within ${LONGEST_WAIT_MS} ms`);
    this.waitedFor += 1;
    this.waiting = this.waiting.then(() => new Promise((resolve) => setTimeout(resolve, LOOK_MS)));
    await this.waiting;
    this.waitedFor -= 1;
    return this.kept.get(key);
  }
}
