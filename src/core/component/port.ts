import type { Acting } from '../incident/command.ts';
import type { GoodVersion } from '../procedure/last-good.ts';
import type { ReleaseAct } from './command.ts';
import type { Place } from './place.ts';
import type { ComponentState } from './state.ts';

/** What somebody asks about, with names as typed; the default target where none is said. */
export type Asked = { readonly deployable: string; readonly target: string | null };
export type ReleaseEntry = Place & { readonly state: ComponentState };
/** What a person says about a release, before it is known who may say so. */
export type ReleaseWord = { readonly kind: ReleaseAct['kind']; readonly version: string; readonly reason: string | null };

/** A no has a name for whoever is not a person, and a sentence. */
export type ReleaseAnswer =
  | { readonly status: 'done'; readonly says: string }
  | { readonly status: 'refused'; readonly why: 'target' | 'deployable' | 'rules'; readonly says: string };

/** What can be asked and said about the versions of what is deployed, whichever room it comes from. */
export type Releases = {
  /** Every deployable that is asked about, of every target where none is named. */
  list(asked: {
    readonly deployable: string | null;
    readonly target: string | null;
  }): Promise<readonly ReleaseEntry[] | { readonly says: string }>;
  say(asked: Asked, word: ReleaseWord, acting: Acting): Promise<ReleaseAnswer>;
  /** `refused` by the rules where the version is held. */
  mayDeploy(asked: Asked, version: string): Promise<ReleaseAnswer>;
  /** For CI, which has deployed a version. */
  noteDeployed(asked: Asked, version: string): Promise<ReleaseAnswer>;
  /** What `last-good` stands for at this moment, as far as it is known without asking anybody. */
  readonly lastGood: (asked: Asked) => GoodVersion | { readonly says: string };
};
