export type Row = Readonly<Record<string, unknown>>;
export type Database = { query(text: string, values: readonly unknown[]): Promise<readonly Row[]> };

const TRIES = 2;

/** Asks again until there is an answer, or enough is enough. */
export async function withRetry(ask: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
  }
}
