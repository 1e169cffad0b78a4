/** What Cloudflare gives the Worker. */
export type Env = {
  readonly DATABASE_URL: string;
  readonly PROBE_TOKEN: string;
  readonly HYPERDRIVE: { readonly connectionString: string };
  /** Not there where its binding is taken out. */
  readonly STOCK_ROOM?: { idFromName(name: string): string; get(id: string): { fetch(request: Request): Promise<Response> } };
  readonly cache: { get(key: string): Promise<string | null>; set(key: string, value: string, seconds: number): Promise<void> };
  readonly logError: (line: string) => void;
};
