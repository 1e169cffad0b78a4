import type { StreamId } from '../core/brand.ts';
import type { Store } from '../core/ports.ts';
import { reportKey } from './view.ts';
import type { Report } from './view.ts';

export type Reports = {
  /** Those that are still to be posted. */
  readonly pending: ReadonlyMap<StreamId, readonly Report[]>;
  /** Resolves when the report stands in its channel, which it may do already. */
  add(report: Report): Promise<void>;
  /** Lets go of a stream's reports that are posted by now. */
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
  const pending = new Map<StreamId, readonly Report[]>();
  const waiting = new Map<string, () => void>();
  const isPosted = async (report: Report): Promise<boolean> => (await store.message(report.stream, reportKey(report)))?.status === 'posted';
  const letGo = (report: Report): void => {
    const left = (pending.get(report.stream) ?? []).filter((each) => nameOf(each) !== nameOf(report));
    if (left.length > 0) pending.set(report.stream, left);
    else pending.delete(report.stream);
    waiting.get(nameOf(report))?.();
    waiting.delete(nameOf(report));
  };
  return {
    pending,
    async add(report) {
      if (await isPosted(report)) return;
      letGo(report);
      pending.set(report.stream, [...(pending.get(report.stream) ?? []), report]);
      const posted = new Promise<void>((resolve) => waiting.set(nameOf(report), resolve));
      wake(report.stream);
      await posted;
    },
    async check(stream) {
      for (const report of pending.get(stream) ?? []) if (await isPosted(report)) letGo(report);
    },
    end() {
      for (const report of [...pending.values()].flat()) letGo(report);
    },
  };
}

function nameOf(report: Report): string {
  return `${report.stream} ${reportKey(report)}`;
}
