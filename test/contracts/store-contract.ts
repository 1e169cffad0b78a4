import { afterEach, beforeEach, describe } from 'vitest';
import { appendContract } from './store/append-contract.ts';
import { besideContract } from './store/beside-contract.ts';
import { claimContract } from './store/claim-contract.ts';
import { damageContract } from './store/damage-contract.ts';
import { findContract } from './store/find-contract.ts';
import { kindsContract } from './store/kinds-contract.ts';
import { loadContract } from './store/load-contract.ts';
import { summariesContract } from './store/summaries-contract.ts';
import { FOLDS } from './store/subject.ts';
import type { MakeSubject, Subject } from './store/subject.ts';

/** Everything that a store has to do, whatever database it is on. */
export function storeContract(name: string, makeSubject: MakeSubject): void {
  describe(`the store on ${name}`, () => {
    let subject: Subject;
    beforeEach(async () => {
      subject = await makeSubject(FOLDS);
    });
    afterEach(async () => {
      await subject.end();
    });
    const current = (): Subject => subject;
    for (const part of [
      appendContract,
      loadContract,
      claimContract,
      findContract,
      besideContract,
      damageContract,
      kindsContract,
      summariesContract,
    ])
      part(current);
  });
}
