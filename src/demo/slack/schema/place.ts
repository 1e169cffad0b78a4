import { isRecord, recordsIn } from './record.ts';
import type { Fields } from './record.ts';

/** An object of the payload and where it stands. */
export interface Place {
  value: Fields;
  pointer: string;
}

/** Every block under `pointer` in order, those inside containers and carousels included. */
export function blocksIn(blocks: unknown, pointer: string): Place[] {
  return placesIn(blocks, pointer).flatMap((place) => [
    place,
    ...blocksIn(place.value.child_blocks, `${place.pointer}/child_blocks`),
    ...(place.value.type === 'carousel' ? blocksIn(place.value.elements, `${place.pointer}/elements`) : []),
  ]);
}

/** The elements of one block, wherever that kind of block keeps them. */
export function elementsIn({ value, pointer }: Place): Place[] {
  return [
    ...placesIn(value.elements, `${pointer}/elements`),
    ...placesIn(value.actions, `${pointer}/actions`),
    ...placeOf(value.accessory, `${pointer}/accessory`),
    ...placeOf(value.element, `${pointer}/element`),
  ];
}

function placesIn(list: unknown, pointer: string): Place[] {
  return recordsIn(list).map((value, index) => ({ value, pointer: `${pointer}/${index}` }));
}

function placeOf(value: unknown, pointer: string): Place[] {
  return isRecord(value) ? [{ value, pointer }] : [];
}
