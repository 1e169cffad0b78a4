declare const brand: unique symbol;

/** Gives a primitive a name, so that a run id can't be passed where a step id is wanted. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A point in time, in milliseconds since 1970 (UTC). */
export type Instant = Brand<number, 'Instant'>;
/** Names a stream of events, `<kind>/<id>`: an incident's where no kind is said, and that of any kind as `StreamId<string>`. */
export type StreamId<Kind extends string = 'incident'> = Brand<`${Kind}/${string}`, 'StreamId'>;
export type IncidentId = Brand<string, 'IncidentId'>;
export type RunId = Brand<string, 'RunId'>;
/** Unique within its run: the procedure's own id for a step, or `preflight.1`, `verify.2`, `undo.<step>`. */
export type StepId = Brand<string, 'StepId'>;
/** A person's Slack user id; it is what approvals count. */
export type PersonId = Brand<string, 'PersonId'>;
export type RoleId = Brand<string, 'RoleId'>;
/** A SHA-256 in 64 lower-case hexadecimal digits. */
export type Digest = Brand<string, 'Digest'>;
/** An opaque random id that stands on a button, and says nothing by itself. */
export type TokenId = Brand<string, 'TokenId'>;
