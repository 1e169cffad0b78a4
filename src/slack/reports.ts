import type { StreamId } from '../core/brand.ts';
import type { Store } from '../core/ports.ts';
import { reportKey } from './view.ts';
import type { Report } from './view.ts';

export type Reports = {
  /** Those that are still to be posted. */
  readonly pending: ReadonlyMap<StreamId, Report>;
  /** Resolves when the report stands in its channel, which it may do already. */
  add(report: Report): Promise<void>;
  /** Lets go of a stream's report where it is posted by now. */
  check(stream: StreamId): Promise<void>;
  end(): void;
};

/** Reports on their way into their channels. Who hands one over again after a restart loses nothing, and posts nothing twice. */
export function createReports({
  store,
  wake,
}: {
  readonly store: Pick<Store, 'message'>;
  readonly wake: (stream: StreamId) => void;
}): Reports {
  const pending = new Map<StreamId, Report>();
  const waiting = new Map<StreamId, () => void>();
  const isPosted = async ({ stream, fileName }: Report): Promise<boolean> =>
    (await store.message(stream, reportKey(fileName)))?.status === 'posted';
  const letGo = (stream: StreamId): void => {
    pending.delete(stream);
    waiting.get(stream)?.();
    waiting.delete(stream);
  };
  return {
    pending,
    async add(report) {
      if (await isPosted(report)) return;
      letGo(report.stream);
      pending.set(report.stream, report);
      const posted = new Promise<void>((resolve) => waiting.set(report.stream, resolve));
      wake(report.stream);
      await posted;
    },
    async check(stream) {
      const report = pending.get(stream);
      if (report && (await isPosted(report))) letGo(stream);
    },
    end() {
      for (const stream of pending.keys()) letGo(stream);
    },
  };
}
