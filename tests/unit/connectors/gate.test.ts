import { describe, expect, test } from 'vitest';
import { laneOf } from '../../../src-main/connectors/http/buckets.ts';
import type { Lane } from '../../../src-main/connectors/http/buckets.ts';
import { makeGate } from '../../../src-main/connectors/http/gate.ts';
import { readLinks } from '../../../src-main/connectors/http/paging.ts';
import { readRateLimit } from '../../../src-main/connectors/http/rate-limit.ts';
import { makeFakeClock } from '../../support/fake-clock.ts';

const NOW = Date.parse('2026-05-01T12:00:00Z');

describe('what an answer says about the budget', () => {
  test.each([
    ['Mastodon', { 'X-RateLimit-Limit': '300', 'X-RateLimit-Remaining': '12', 'X-RateLimit-Reset': '2026-05-01T12:05:00.000000Z' }, { limit: 300, remaining: 12, resetAt: NOW + 300_000 }],
    ['Discord', { 'X-RateLimit-Limit': '5', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(NOW / 1000 + 1.5), 'X-RateLimit-Reset-After': '1.5' }, { limit: 5, remaining: 0, resetAt: NOW + 1500 }],
    ['Reddit', { 'x-ratelimit-remaining': '595.0', 'x-ratelimit-reset': '120' }, { limit: null, remaining: 595, resetAt: NOW + 120_000 }],
    ['the IETF draft', { 'RateLimit-Limit': '100, 100;w=60', 'RateLimit-Remaining': '40', 'RateLimit-Reset': '30' }, { limit: 100, remaining: 40, resetAt: NOW + 30_000 }],
    ['the later IETF draft', { 'RateLimit-Policy': '"default";q=100;w=60', RateLimit: '"default";r=50;t=30' }, { limit: 100, remaining: 50, resetAt: NOW + 30_000 }],
    ['Bluesky', { 'ratelimit-limit': '3000', 'ratelimit-remaining': '2990', 'ratelimit-reset': String(NOW / 1000 + 300) }, { limit: 3000, remaining: 2990, resetAt: NOW + 300_000 }],
    ['a server whose clock is an hour ahead', { 'X-RateLimit-Remaining': '3', 'X-RateLimit-Reset': '2026-05-01T13:00:10Z', Date: 'Fri, 01 May 2026 13:00:00 GMT' }, { limit: null, remaining: 3, resetAt: NOW + 10_000 }],
    ['a broken clock', { 'X-RateLimit-Remaining': '3', 'X-RateLimit-Reset': '2099-01-01T00:00:00Z' }, { limit: null, remaining: 3, resetAt: NOW + 24 * 3_600_000 }],
    ['nonsense', { 'x-ratelimit-remaining': 'soon', 'x-ratelimit-reset': 'later', 'retry-after': 'please' }, { limit: null, remaining: null, resetAt: null }],
  ])('as %s writes it', (_name, headers, seen) => {
    expect(readRateLimit(new Headers(headers), NOW)).toEqual({ ...seen, retryAfterMs: null });
  });
});

function lane(method: string, path: string): Lane {
  return laneOf(method, new URL(`https://discord.com/api/v10${path}`));
}

describe('the gate', () => {
  const never = new AbortController().signal;

  test('an instance that says nothing is asked at a modest pace', async () => {
    const clock = makeFakeClock();
    const gate = makeGate({ now: clock.now, sleep: clock.sleep, burst: 3, perSecond: 2, concurrency: 100 });
    let through = 0;
    for (let count = 0; count < 9; count += 1) void gate.enter(never).then(() => (through += 1));
    await clock.settle();
    expect(through).toBe(3);
    await clock.advance(1000);
    expect(through).toBe(5);
    await clock.advance(2000);
    expect(through).toBe(9);
  });

  test('a clock that is set back while it runs closes nothing', async () => {
    let time = NOW;
    const gate = makeGate({ now: () => time, sleep: () => Promise.reject(new Error('it waited')), burst: 3 });
    (await gate.enter(never))();
    gate.holdFor(1000);
    time -= 3_600_000;
    expect(gate.closedFor()).toBe(1000);
    time += 1000;
    expect(gate.closedFor()).toBe(0);
    (await gate.enter(never))();
  });

  test('a spent budget is waited out, whoever spent it, and shown', async () => {
    const clock = makeFakeClock();
    const gate = makeGate({ now: clock.now, sleep: clock.sleep });
    gate.observe(new Headers({ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': '60' }));
    let through = false;
    void gate.enter(never).then(() => (through = true));
    await clock.advance(59_999);
    expect([through, gate.budget()]).toEqual([false, { remaining: 5, limit: 100, resetAt: NOW + 60_000 }]);
    await clock.advance(1);
    expect(through).toBe(true);
  });

  test('a bucket that an instance names is waited out by its own requests alone', async () => {
    const clock = makeFakeClock();
    const gate = makeGate({ now: clock.now, sleep: clock.sleep });
    const spent = new Headers({ 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '60', 'x-ratelimit-bucket': 'abcd1234' });
    gate.observe(spent, lane('DELETE', '/channels/290926798999357250/messages/334385199974967042'));
    gate.observe(new Headers({ 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '4', 'x-ratelimit-reset-after': '2', 'x-ratelimit-bucket': 'efgh' }), lane('GET', '/guilds/613425648685547541/audit-logs'));
    expect([
      lane('DELETE', '/channels/290926798999357250/messages/334385199974967043'), lane('DELETE', '/channels/123456789123456789/messages/334385199974967043'),
      lane('GET', '/guilds/613425648685547541/audit-logs'), lane('GET', '/users/@me'),
    ].map((one) => gate.closedFor(one))).toEqual([60_000, 0, 0, 0]);
    await clock.advance(60_000);
    expect(gate.closedFor(lane('DELETE', '/channels/290926798999357250/messages/1'))).toBe(0);
  });

  test('a refusal about everything holds everything, one about a bucket its bucket', () => {
    const gate = makeGate({ now: () => NOW, sleep: () => Promise.resolve() });
    const ban = lane('PUT', '/guilds/613425648685547541/bans/53908099506183680');
    gate.observe(new Headers({ 'retry-after': '65', 'x-ratelimit-bucket': 'abcd1234', 'x-ratelimit-scope': 'user' }), ban);
    expect([gate.closedFor(ban), gate.closedFor()]).toEqual([65_000, 0]);
    gate.observe(new Headers({ 'retry-after': '30', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' }), ban);
    expect([gate.closedFor(ban), gate.closedFor()]).toEqual([65_000, 30_000]);
  });

  test('no more requests run at once than allowed; an abandoned one makes way', async () => {
    const clock = makeFakeClock();
    const gate = makeGate({ now: clock.now, sleep: clock.sleep, concurrency: 1 });
    const leave = await gate.enter(never);
    const stop = new AbortController();
    const order: string[] = [];
    const abandoned = gate.enter(stop.signal).catch(() => order.push('abandoned'));
    const next = (async () => {
      const leaveNext = await gate.enter(never);
      order.push('next');
      leaveNext();
    })();
    stop.abort();
    await abandoned;
    leave();
    leave();
    await next;
    expect(order).toEqual(['abandoned', 'next']);
    await gate.enter(never);
  });
});

describe('pages by Link header', () => {
  const asked = 'https://tidepool.example/api/v1/admin/reports?limit=2';

  test('relations are found in any order and spelling', () => {
    expect([...readLinks('</b?max_id=2>; rel="next", <https://tidepool.example/c>; title="x, y"; rel=prev', asked)])
      .toEqual([['next', 'https://tidepool.example/b?max_id=2'], ['prev', 'https://tidepool.example/c']]);
    expect([...readLinks(null, asked), ...readLinks('nonsense, <http://[>; rel=next', asked)]).toEqual([]);
  });
});
