export { createPeople } from './people.ts';
