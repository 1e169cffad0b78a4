declare module '@neondatabase/serverless' {
  type Row = Readonly<Record<string, unknown>>;
  /** A function that asks over HTTP, with a connection for each query. */
  export function neon(url: string): { query(text: string, values: readonly unknown[]): Promise<readonly Row[]> };
  /** Connections that are kept for the next query. */
  export class Pool {
    constructor(options: { connectionString: string; max: number });
    connect(): Promise<{ query(text: string, values: readonly unknown[]): Promise<{ rows: readonly Row[] }>; release(): void }>;
  }
}
