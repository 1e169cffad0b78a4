/** Where a wish of the source document is served: by ids of a plan, a role, trigger or drill of rollbot.yml, an item of a drill's checklist, or a heading or item of the report. */
export type Row = { readonly wish: string } & ({ readonly by: readonly Place[] } | { readonly because: string });

/** `stop-warming` is an item of the section's own procedure; the others say where they are. */
export type Place =
  | string
  | { readonly of: string; readonly item: string }
  | { readonly role: string }
  | { readonly trigger: string }
  | { readonly drill: string }
  | { readonly checklist: string }
  | { readonly report: string };

/** A procedure of the document: what it wants done, in its order, and what has to hold afterwards. */
export type Wanted = {
  /** As the document calls it. */
  readonly heading: string;
  readonly procedure: string;
  readonly component: string;
  /** None where the document has none. */
  readonly estimate: string | null;
  readonly steps: readonly Row[];
  /** The document's checklist, or its six criteria of success where it has none for this one. */
  readonly checklist: readonly Row[];
  readonly criteria?: true;
};

/** Something that the document wants of all procedures, or around them. */
export type Around = {
  readonly heading: string;
  /** What stands as `- [ ]` or `- **` there, in its order. */
  readonly items: readonly Row[];
  /** What it says there in other ways. */
  readonly more?: readonly Row[];
};

/** Served by items of the section's procedure. */
export function by(wish: string, ...places: readonly Place[]): Row {
  return { wish, by: places };
}

/** Not served by an item, for a reason. */
export function because(wish: string, reason: string): Row {
  return { wish, because: reason };
}
