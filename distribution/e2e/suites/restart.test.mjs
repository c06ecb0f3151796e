// What a client holds outlives the server that gave it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fixtureZip, pluginFolder, start } from '../lib/distribution.mjs';
import { fixtures } from '../lib/fixtures.mjs';
import { Legacy, Modern } from '../lib/rpc.mjs';

const TASKS = 'io.modelcontextprotocol/tasks';
const { asksName, asksWhileWorking, keepsState, plain, takesSeconds } = fixtures;

for (const how of ['stop', 'crash']) {
  describe(`after a ${how} and a start`, () => {
    let server;
    let key;

    before(async () => {
      server = await start({ plugins: pluginFolder(fixtureZip) });
      key = server.makeKey();
    });

    after(() => server?.stop());

    async function restart() {
      const { data, plugins, port } = server;
      await server[how]();
      server = await start({ data, plugins, port });
    }

    test('a 2025 session goes on', { timeout: 60_000 }, async () => {
      const session = new Legacy(server.url, { key });
      await session.initialize();
      const before = await session.request('tools/list');

      await restart();
      const after = await session.request('tools/list');
      const result = await session.call(plain.name, plain.arguments);

      assert.deepEqual(after, before);
      assert.ok(result.content[0].text);
    });

    test('a 2025 session that was ended stays ended', { timeout: 60_000 }, async () => {
      const session = new Legacy(server.url, { key });
      await session.initialize();
      await fetch(server.url, { method: 'DELETE', headers: session.headers() });

      await restart();

      await assert.rejects(session.request('tools/list'), { status: 404 });
    });

    test('a 2026 question can still be answered', { timeout: 60_000 }, async () => {
      const client = new Modern(server.url, { key, capabilities: { elicitation: {} } });
      const asked = await client.call(asksName.name, asksName.arguments);
      const confirmed = await client.call(keepsState.name, keepsState.arguments);

      await restart();
      const answers = { [asksName.question]: { action: 'accept', content: { [asksName.field]: 'Ada' } } };
      const greeted = await client.call(asksName.name, asksName.arguments, { inputResponses: answers, requestState: asked.requestState });
      const yes = { [keepsState.question]: { action: 'accept', content: { [keepsState.field]: true } } };
      const kept = await client.call(keepsState.name, keepsState.arguments, { inputResponses: yes, requestState: confirmed.requestState });

      assert.equal(asked.resultType, 'input_required');
      assert.match(greeted.content[0].text, /Ada/);
      assert.equal(kept.resultType, 'complete');
    });

    test('a task goes on', { timeout: 60_000 }, async () => {
      const client = new Modern(server.url, { key, capabilities: { elicitation: {}, extensions: { [TASKS]: {} } } });
      const task = await client.call(takesSeconds.name, { [takesSeconds.argument]: 3, [takesSeconds.label]: 'after all' });

      await restart();
      const done = await until(client, task.taskId, 'completed');

      assert.equal(task.resultType, 'task');
      assert.match(done.result.content[0].text, /after all/);
    });

    test('a task that waits for an answer goes on', { timeout: 60_000 }, async () => {
      const client = new Modern(server.url, { key, capabilities: { elicitation: {}, extensions: { [TASKS]: {} } } });
      const task = await client.call(asksWhileWorking.name, asksWhileWorking.arguments);
      const waiting = await until(client, task.taskId, 'input_required');

      await restart();
      const inputResponses = Object.fromEntries(
        Object.keys(waiting.inputRequests).map(question => [question, { action: 'accept', content: { confirm: true } }])
      );
      await client.request('tasks/update', { taskId: task.taskId, inputResponses });
      const done = await until(client, task.taskId, 'completed');

      assert.equal(done.result.isError ?? false, false);
    });
  });
}

async function until(client, taskId, status) {
  for (let i = 0; i < 100; i++) {
    const task = await client.request('tasks/get', { taskId });
    if (task.status === status) {
      return task;
    }
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error(`the task did not become ${status}`);
}
