export type Row = Readonly<Record<string, unknown>>;
export type Database = { query(text: string, values: readonly unknown[]): Promise<readonly Row[]> };

/** Asks once, and no more: whoever asked for the page can ask again. */
export async function withRetry(ask: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
  return await ask();
}
