import { expect, test } from 'vitest';
import { shellRequest } from '../../../src-renderer/commands/shell-requests.ts';

test.each([
  ['#run=back.undo&n=3', { kind: 'run', command: expect.objectContaining({ id: 'back.undo' }) }],
  ['#open=queue%2F5&n=1', { kind: 'open', place: 'queue', id: '5' }],
  ['#open=history', { kind: 'open', place: 'history', id: null }],
  ['#run=format.disk', null],
  ['#open=somewhere%2F5', null],
  ['', null],
])('the shell asks %j', (fragment, request) => {
  expect(shellRequest(fragment)).toEqual(request);
});
