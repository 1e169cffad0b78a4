import type { StreamId } from '../brand.ts';
import type { Settings } from '../settings.ts';
import type { Drill } from './schema.ts';

/** A drill with all that `rollbot.yml` says of it; one that was announced keeps what was announced. */
export type PinnedDrill = Drill & { readonly name: string };

/** Names the stream of a drill's timetable. */
export function streamOf(name: string): StreamId<'drill'> {
  return `drill/${name}` as StreamId<'drill'>;
}

/** The name of the drill whose timetable this is. */
export function nameOf(stream: StreamId<'drill'>): string {
  return stream.slice('drill/'.length);
}

/** The drill of this name as it stands in `rollbot.yml`; null where there is none. */
export function drillNamed({ drills = {} }: Pick<Settings, 'drills'>, name: string): PinnedDrill | null {
  const drill = Object.hasOwn(drills, name) ? drills[name] : undefined;
  return drill ? { ...drill, name } : null;
}

/** Where a drill is announced; null where `rollbot.yml` has no channel for it. */
export function channelOf({ channel }: Pick<Drill, 'channel'>, { channels, alerts }: Pick<Settings, 'channels' | 'alerts'>): string | null {
  return channel ?? channels.announce ?? alerts?.channel ?? null;
}
