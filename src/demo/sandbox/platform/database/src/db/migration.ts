/** One step of the schema, in a file that is named after it. */
export type Migration = {
  readonly up: string;
  readonly down: string;
  /** Whether somebody has tried `down` and looked at what is left. */
  readonly reversible: boolean;
  /** What `down` takes away with everything in it. */
  readonly loses: readonly Loss[];
};

/** A table, or a column of one whose rows are known by their `key`. */
export type Loss = { readonly table: string } | { readonly table: string; readonly column: string; readonly key: string };
