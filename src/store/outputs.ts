import type { Store } from '../core/ports.ts';
import { StoreFailed } from './errors.ts';
import type { Db } from './tables.ts';

/** The most that is kept of one attempt's output, in bytes of UTF-8: room for the longest that a step has, whatever its characters. */
const MOST_OUTPUT_BYTES = 256 * 1024;

/** What attempts have printed; beside the journal, whose `step-finished` has its digest. */
export function outputsOf(db: Db): Pick<Store, 'saveOutput' | 'readOutput'> {
  return {
    async saveOutput(at, text) {
      const bytes = Buffer.byteLength(text);
      if (bytes > MOST_OUTPUT_BYTES) {
        const says = `The output of ${at.run}/${at.step} has ${bytes} bytes, and at most ${MOST_OUTPUT_BYTES} are kept: shorten it first.`;
        throw new StoreFailed('misused', says);
      }
      await db
        .insertInto('outputs')
        .values({ ...at, text })
        .onConflict((conflict) => conflict.columns(['run', 'step', 'attempt']).doUpdateSet({ text }))
        .execute();
    },
    async readOutput(at) {
      const row = await db
        .selectFrom('outputs')
        .select('text')
        .where('run', '=', at.run)
        .where('step', '=', at.step)
        .where('attempt', '=', at.attempt)
        .executeTakeFirst();
      return row?.text ?? null;
    },
  };
}
