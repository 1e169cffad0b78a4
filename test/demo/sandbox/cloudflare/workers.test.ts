import { describe, expect, test } from 'vitest';
import { HYPERDRIVE } from '../../../../src/demo/sandbox/cloudflare/account.ts';
import { account, formOf, NOBODY, scriptPath, standingIn } from './standing-in.ts';

const stand = standingIn();
const upload = async (worker: Parameters<typeof formOf>[0]) =>
  await stand.ask('POST', `${scriptPath()}/versions?bindings_inherit=strict`, { body: formOf(worker) });

describe('uploading', () => {
  test('a Worker that is put is served to everybody at once', async () => {
    const id = await stand.put({ annotations: { 'workers/message': 'First', 'workers/tag': 'v1' } });
    expect(await stand.served()).toEqual([{ version_id: id, percentage: 100 }]);
    expect((await stand.ask('GET', `${scriptPath()}/versions/${id}`)).result).toMatchObject({
      id,
      annotations: { 'workers/message': 'First', 'workers/tag': 'v1', 'workers/triggered_by': 'upload' },
      metadata: { author_email: 'dana@shop.example' },
      resources: { script: { handlers: ['fetch'] }, script_runtime: { compatibility_date: '2026-09-01' } },
    });
  });

  test('a version that is uploaded is served to nobody, keeps its bindings and is listed first', async () => {
    await stand.put();
    const before = await stand.served();
    const hyperdrive = { name: 'HYPERDRIVE', type: 'hyperdrive', id: HYPERDRIVE };
    const { success, result } = await upload({ bindings: [hyperdrive] });
    expect({ success, bindings: result['resources'] }).toMatchObject({ success: true, bindings: { bindings: [hyperdrive] } });
    expect(await stand.served()).toEqual(before);
    const { items } = (await stand.ask('GET', `${scriptPath()}/versions?deployable=true`)).result;
    expect((items as readonly object[])[0]).toMatchObject({ id: result['id'] });
    await upload({ bindings: [{ name: 'HYPERDRIVE', type: 'inherit' }] });
    const [newest] = (await stand.ask('GET', `${scriptPath()}/versions`)).result['items'] as readonly { id: string }[];
    expect((await stand.ask('GET', `${scriptPath()}/versions/${newest?.id}`)).result).toMatchObject({
      resources: { bindings: [hyperdrive] },
    });
  });

  test.each([
    ['of a Worker that does not exist', scriptPath('shop-unknown'), {}, 404, 10_007],
    ['with a migration', scriptPath(), { migrations: { new_tag: 'v9', steps: [{ new_classes: ['Room'] }] } }, 400, 10_211],
    ['whose code has a mistake', scriptPath(), { code: 'export default {' }, 400, 10_021],
    ['whose code can not be started', scriptPath(), { code: 'throw new Error("no")' }, 400, 10_021],
    ['that answers nothing', scriptPath(), { code: 'export default {}' }, 400, 10_021],
    ['bound to an unknown Hyperdrive', scriptPath(), { bindings: [{ name: 'H', type: 'hyperdrive', id: 'none' }] }, 400, 10_021],
    ['that inherits what nobody has', scriptPath(), { bindings: [{ name: 'NONE', type: 'inherit' }] }, 400, 10_021],
    [
      'bound to a class without a migration',
      scriptPath(),
      { bindings: [{ name: 'R', type: 'durable_object_namespace', class_name: 'Unknown' }] },
      400,
      10_061,
    ],
  ])('a version %s is refused', async (_what, path, worker, status, code) => {
    await stand.put();
    const before = await stand.served();
    expect(await stand.ask('POST', `${path}/versions?bindings_inherit=strict`, { body: formOf(worker) })).toMatchObject({ status, code });
    expect(await stand.served()).toEqual(before);
  });

  test.each([
    ['metadata', (form: FormData) => form.delete('metadata')],
    ['its main module', (form: FormData) => form.delete('worker.js')],
  ])('a form without %s is refused', async (_what, spoil) => {
    const form = formOf({});
    spoil(form);
    expect(await stand.ask('PUT', scriptPath(), { body: form })).toMatchObject({ status: 400, success: false });
  });

  test('a module can not be put outside of its folder', async () => {
    const form = formOf({});
    form.set('../../evil.js', new Blob(['export {}']), 'evil.js');
    expect(await stand.ask('PUT', scriptPath(), { body: form })).toMatchObject({
      status: 400,
      says: expect.stringContaining('no name for a module'),
    });
  });
});

describe('deploying', () => {
  test('goes back to a version, and forward again, in a deployment of its own', async () => {
    const [old, young] = [await stand.put(), await stand.put()];
    for (const id of [old, young]) {
      expect(await stand.serve([[id, 100]])).toMatchObject({ success: true, result: { strategy: 'percentage', source: 'wrangler' } });
      expect(await stand.served()).toEqual([{ version_id: id, percentage: 100 }]);
    }
  });

  test('shares the visitors between two versions', async () => {
    const [old, young] = [await stand.put(), await stand.put()];
    expect(
      (
        await stand.serve([
          [old, 25],
          [young, 75],
        ])
      ).success,
    ).toBe(true);
    const visits = Array.from({ length: 100 }, () => stand.cloudflare().traffic.next()?.versionId);
    expect(visits.filter((id) => id === old)).toHaveLength(25);
    expect(stand.cloudflare().traffic.current()?.versionId).toBe(young);
  });

  test('refuses a Worker that does not exist', async () => {
    const body = { strategy: 'percentage', versions: [{ version_id: NOBODY, percentage: 100 }] };
    expect(await stand.ask('POST', `${scriptPath('shop-unknown')}/deployments`, { body })).toMatchObject({ status: 404, code: 10_007 });
  });

  test.each([
    [
      'a version that does not exist',
      () => ({ strategy: 'percentage', versions: [{ version_id: NOBODY, percentage: 100 }] }),
      404,
      /version_not_found/,
    ],
    ['another strategy', (id: string) => ({ strategy: 'all', versions: [{ version_id: id, percentage: 100 }] }), 400, /strategy/],
    ['no version at all', () => ({ strategy: 'percentage', versions: [] }), 400, /versions/],
    ['an id that is none', () => ({ strategy: 'percentage', versions: [{ version_id: 'latest', percentage: 100 }] }), 400, /UUID/],
    [
      'shares that are not everything',
      (id: string) => ({ strategy: 'percentage', versions: [{ version_id: id, percentage: 90 }] }),
      400,
      /add up to 90/,
    ],
    ['nothing', () => ({}), 400, /strategy/],
  ])('refuses %s, and serves what was served before', async (_what, order, status, says) => {
    const id = await stand.put();
    expect(await stand.ask('POST', `${scriptPath()}/deployments`, { body: order(id) })).toMatchObject({
      status,
      says: expect.stringMatching(says),
    });
    expect(await stand.served()).toEqual([{ version_id: id, percentage: 100 }]);
  });

  test('refuses a version that is older than the newest hundred', async () => {
    const id = await stand.put({}, 'shop-many');
    for (let each = 0; each < 100; each += 1)
      await stand.ask('PUT', `${scriptPath('shop-many')}/secrets`, { body: { name: 'TOKEN', text: 'x', type: 'secret_text' } });
    const body = { strategy: 'percentage', versions: [{ version_id: id, percentage: 100 }] };
    expect(await stand.ask('POST', `${scriptPath('shop-many')}/deployments?force=true`, { body })).toMatchObject({
      status: 400,
      says: expect.stringContaining('100 newest'),
    });
  });

  test('refuses a version from before a secret was set, by the name of it, unless it is forced', async () => {
    const before = await stand.put();
    await stand.ask('PUT', `${scriptPath()}/secrets`, { body: { name: 'PAYMENT_KEY', text: 'never shown', type: 'secret_text' } });
    expect(await stand.serve([[before, 100]])).toMatchObject({
      status: 400,
      code: 10_220,
      says: expect.stringMatching(/have changed: PAYMENT_KEY$/),
    });
    expect(await stand.served()).not.toEqual([{ version_id: before, percentage: 100 }]);
    expect((await stand.serve([[before, 100]], true)).success).toBe(true);
    expect(await stand.served()).toEqual([{ version_id: before, percentage: 100 }]);
    expect((await stand.ask('GET', `${scriptPath()}/secrets`)).result).toMatchObject([{ name: 'PAYMENT_KEY' }]);
  });

  test('refuses to go back across a migration of Durable Objects, forced or not', async () => {
    const before = await stand.put();
    const rooms = { name: 'ROOMS', type: 'durable_object_namespace', class_name: 'Room' };
    const migrations = { new_tag: 'v1', steps: [{ new_sqlite_classes: ['Room'] }] };
    const after = await stand.put({ bindings: [rooms], migrations });
    for (const force of [false, true])
      expect(await stand.serve([[before, 100]], force)).toMatchObject({ status: 400, says: expect.stringContaining('migration "v1"') });
    const forward = await stand.put();
    expect((await stand.serve([[after, 100]])).success).toBe(true);
    expect((await stand.serve([[forward, 100]])).success).toBe(true);
    expect((await stand.ask('GET', `${account}/workers/services/shop-api-production`)).result).toMatchObject({
      default_environment: { script: { migration_tag: 'v1' } },
    });
    expect(await stand.ask('PUT', scriptPath(), { body: formOf({ migrations }) })).toMatchObject({ status: 412, success: false });
  });
});
