import type { Metric } from '../core/reading/metric.ts';
import type { Filled } from '../core/procedure/action.ts';
import type { TargetAccess } from '../core/ports.ts';
import { NoReading } from './request.ts';

/** Puts the secrets of a metric in, at the last moment; the values that were read are to appear nowhere. */
export async function revealMetric(metric: Metric<Filled>, access: TargetAccess): Promise<{ metric: Metric; secrets: readonly string[] }> {
  const secrets: string[] = [];

  async function reveal(text: Filled): Promise<string> {
    if (typeof text === 'string') return text;
    const pieces: string[] = [];
    for (const piece of text.$pieces) pieces.push(typeof piece === 'string' ? piece : await read(piece.secret));
    return pieces.join('');
  }

  async function read(name: string): Promise<string> {
    const value = await access.secret(name).catch((error: unknown) => {
      throw new NoReading(error instanceof Error ? error.message : String(error), { cause: error });
    });
    secrets.push(value);
    return value;
  }

  const { source } = metric;
  const headers: Record<string, string> = {};
  for (const [name, text] of Object.entries(source.headers)) headers[name] = await reveal(text);
  const url = await reveal(source.url);
  if (source.kind === 'endpoint') return { metric: { ...metric, source: { ...source, url, headers } }, secrets };
  const { query, samples, ...rest } = source;
  const texts = { query: await reveal(query), ...(samples !== undefined && { samples: await reveal(samples) }) };
  return { metric: { ...metric, source: { ...rest, url, headers, ...texts } }, secrets };
}
