import { storeContract } from '../contracts/store-contract.ts';
import { sqliteSubject } from './place.ts';

storeContract('SQLite', sqliteSubject);
