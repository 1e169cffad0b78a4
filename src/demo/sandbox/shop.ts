import type { Clock } from '../../core/ports.ts';
import type { Bindings } from './bindings.ts';
import type { Traffic } from './cloudflare/traffic.ts';
import type { ErrorLog } from './error-log.ts';
import type { Extras } from './scenario.ts';
import type { Outcome, Window } from './window.ts';

type Parts = {
  readonly clock: Clock;
  readonly bindings: Bindings;
  readonly extras: Pick<Extras, 'bind'>;
  readonly traffic: Traffic;
  readonly errors: ErrorLog;
  readonly window: Window;
  /** A fault below the deployed code, which no deployment can cure. */
  readonly isSick: () => boolean;
};

/** Sends requests of customers to the deployed code, and notes how each one went. */
export function createShop({ clock, bindings, extras, traffic, errors, window, isSick }: Parts) {
  let asked = 0;

  async function answer(request: Request): Promise<Response> {
    asked += 1;
    const served = traffic.next();
    if (!served) return Response.json({ error: 'Nothing is deployed.' }, { status: 503 });
    if (isSick() && asked % 3 === 0) {
      errors.write('[network] the upstream of the product images did not answer');
      return Response.json({ error: 'The upstream did not answer.' }, { status: 503 });
    }
    return served.fetch(request, { ...bindings, ...extras.bind?.(served) });
  }

  return {
    async serve(request: Request): Promise<Response> {
      const startedMs = clock.monotonicMs();
      const response = await answer(request).catch((error: Error) => {
        errors.write(`[worker] ${error.message}`);
        return Response.json({ error: 'The deployed code failed.' }, { status: 500 });
      });
      window.add(outcomeOf(response), clock.monotonicMs() - startedMs);
      return response;
    },
  };
}

export type Shop = ReturnType<typeof createShop>;

function outcomeOf(response: Response): Outcome {
  if (response.status >= 500) return 'error';
  return response.headers.get('x-cache') === 'hit' ? 'hit' : 'miss';
}
