import type { Instant, RoleId } from '../brand.ts';
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
    } & Acting)
  | ({ kind: 'cancel-override'; id: string; mayChange: readonly RoleId[] } & Acting);
