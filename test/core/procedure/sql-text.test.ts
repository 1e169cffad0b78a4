import { describe, expect, test } from 'vitest';
import { sqlMistake, sqlNumbers, sqlWipes, sqlWrites } from '../../../src/core/procedure/sql-text.ts';

describe('a statement is known to change something', () => {
  test.each([
    'delete from orders',
    '  -- note\n/* and\nmore */ UPDATE orders set a = 1',
    'with gone as (delete from orders returning *) select * from gone',
    'with new as (insert\ninto a values (1) returning *) select 1',
    'explain analyze delete from orders',
    'select * from orders for update',
    'do $$ begin perform 1; end $$',
    'truncate orders',
    'call repair()',
    'vacuum',
  ])('%s', (query) => expect(sqlWrites(query)).toBe(true));

  test.each([
    'select 1',
    '(select 1) union (select 2)',
    "SELECT 'delete from orders'",
    'select "update" from orders',
    'select updated_at from orders',
    'with a as (select 1) select * from a',
    'select $$delete from orders$$, $a$ update $a$',
    "select e'\\' delete from orders'",
    'values (1)',
    'show server_version -- delete from orders',
  ])('and not in: %s', (query) => expect(sqlWrites(query)).toBe(false));
});

test.each([
  ['truncate orders', true],
  ['drop table orders', true],
  ['DELETE  FROM orders', true],
  ['with gone as (delete from orders returning *) insert into archive select * from gone', true],
  ['update orders set paid = true', false],
  ["insert into notes values ('delete from orders')", false],
])('%s takes away what can not come back: %s', (query, wipes) => expect(sqlWipes(query)).toBe(wipes));

test.each([
  ['select 1', undefined],
  ['select 1;', undefined],
  ["select ';'; -- ; done", undefined],
  ['create function f() returns int begin atomic select 1; select 2; end', undefined],
  ['', 'Found no statement'],
  ['-- select 1', 'Found no statement'],
  ['select 1; select 2', 'Found several statements'],
  ['commit', 'Found COMMIT, and Rollbot begins and ends the transaction itself'],
  [' Set role admin', 'Found SET, and Rollbot begins and ends the transaction itself'],
  ["copy orders to program 'mail'", 'Found COPY, and Rollbot begins and ends the transaction itself'],
])('%j as the one statement: %s', (query, mistake) => expect(sqlMistake(query)).toBe(mistake));

test.each([
  ['select $1, $3, $1', [1, 3]],
  ['select $10 + $2', [2, 10]],
  ['select \'$1\', "$2", $$ $3 $$, a$4 -- $5\n/* $6 */', []],
  ["select $1::text || '$2'", [1]],
])('the values of %s are %j', (query, numbers) => expect(sqlNumbers(query)).toEqual(numbers));
