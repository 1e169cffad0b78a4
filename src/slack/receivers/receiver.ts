import type { App } from '@slack/bolt';

/** How opening the way in went. */
export type Opening =
  | { readonly status: 'open'; readonly port: number | null }
  | { readonly status: 'later'; readonly says: string }
  | { readonly status: 'refused'; readonly says: string };

/** A way in from Slack, as Bolt knows it, that also says how it stands. */
export type Way = {
  init(app: App): void;
  start(): Promise<Opening>;
  stop(): Promise<void>;
  isOpen(): boolean;
};
