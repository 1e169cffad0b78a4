/**
 * What a deployed Worker finds under the name @neondatabase/serverless: the part of it that the shop uses, against the
 * sandbox's own database. The path of a connection string decides which way is taken.
 */
type Row = Readonly<Record<string, unknown>>;

/** Asks over HTTP, with a connection for each query. */
export function neon(url: string): { query(text: string, values: readonly unknown[]): Promise<readonly Row[]> } {
  const base = baseOf(url);
  return {
    query: async (text, values) => (await ask<{ rows: readonly Row[] }>('POST', `${base}/sql`, { query: text, params: values })).rows,
  };
}

/** Connections that are kept for the next query. */
export class Pool {
  readonly base: string;
  readonly max: number;
  readonly idle: string[] = [];

  constructor({ connectionString, max }: { connectionString: string; max: number }) {
    this.base = baseOf(connectionString);
    this.max = max;
  }

  async connect(): Promise<{ query(text: string, values: readonly unknown[]): Promise<{ rows: readonly Row[] }>; release(): void }> {
    const id = this.idle.pop() ?? (await ask<{ id: string }>('POST', `${this.base}/connections`)).id;
    return {
      query: async (text, values) => await ask('POST', `${this.base}/connections/${id}/sql`, { query: text, params: values }),
      release: () => {
        if (this.idle.length < this.max) this.idle.push(id);
      },
    };
  }
}

function baseOf(connectionString: string): string {
  if (typeof connectionString !== 'string') throw new Error('[database] there is no connection string');
  const { host, pathname } = new URL(connectionString);
  return `http://${host}${pathname}`;
}

async function ask<T>(method: string, url: string, body?: object): Promise<T> {
  const answer = await fetch(url, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const found = (await answer.json()) as T & { message?: string };
  if (!answer.ok) throw new Error(`[database] ${found.message ?? answer.status}`);
  return found;
}
