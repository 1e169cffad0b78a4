import type { Instant, RoleId } from '../brand.ts';
import type { Turn } from '../contact/rotation.ts';
import type { Acting } from '../incident/command.ts';

export type CalendarCommand =
  | ({
      kind: 'make-override';
      id: string;
      who: string;
      from: Instant;
      to: Instant;
      /** The contacts that hold the role: nobody else is put on call for it. */
      holders: readonly string[];
      mayChange: readonly RoleId[];
      /** Whose time on call it takes. */
      takes: readonly Turn[];
    } & Acting)
  /** `next`: who is on call instead, as far as it goes on. */
  | ({ kind: 'cancel-override'; id: string; mayChange: readonly RoleId[]; next: readonly Turn[] } & Acting);
