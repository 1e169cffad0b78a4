import type { StreamId } from '../brand.ts';

/** The looks at the installation, for whoever shows what they found. */
export type Checkups = {
  onChange(listener: (stream: StreamId<'checkup'>) => void): () => void;
};
