import { afterEach, describe, expect, test } from 'vitest';
import { discord } from '../../../src-main/connectors/discord/discord.ts';
import type { Batch, Session } from '../../../src-main/connectors/connector.ts';
import { makeConnectorIo, noSocket } from '../../support/connector-io.ts';
import { startWireServer } from '../../support/wire-server.ts';
import type { Routes, WireServer } from '../../support/wire-server.ts';
import { signal } from '../../support/connector-desk.ts';
import { TOKEN } from './server.ts';

// Answers as the documentation prints them (discord-api-docs: resources/message, auto-moderation, guild; topics/rate-limits).
const MESSAGE = {
  reactions: [{ count: 1, count_details: { burst: 0, normal: 1 }, me: false, me_burst: false, emoji: { id: null, name: '🔥' }, burst_colors: [] }],
  attachments: [], tts: false, embeds: [], timestamp: '2017-07-11T17:27:07.299000+00:00', mention_everyone: false, id: '334385199974967042', pinned: false, edited_timestamp: null,
  author: { username: 'Mason', discriminator: '9999', id: '53908099506183680', avatar: 'a_bab14f271d565501444b2ca3be944b25' }, mention_roles: [], content: 'Supa Hot', channel_id: '290926798999357250', mentions: [], type: 0,
};
const RULE = {
  id: '969707018069872670', guild_id: '613425648685547541', name: 'Keyword Filter 1', creator_id: '423457898095789043', trigger_type: 1, event_type: 1,
  actions: [{ type: 1, metadata: { custom_message: 'Please keep financial discussions limited to the #finance channel' } }, { type: 2, metadata: { channel_id: '123456789123456789' } }, { type: 3, metadata: { duration_seconds: 60 } }],
  trigger_metadata: { keyword_filter: ['cat*', '*dog', '*ana*', 'i like c++'], regex_patterns: ['(b|c)at', '^(?:[0-9]{1,3}\\.){3}[0-9]{1,3}$'] },
  enabled: true, exempt_roles: ['323456789123456789', '423456789123456789'], exempt_channels: ['523456789123456789'],
};
const SERVER = {
  id: '2909267986263572999', name: 'Mason\'s Test Server', icon: '389030ec9db118cb5b85a732333b7c98', description: null, features: ['NEWS', 'VERIFIED'], emojis: [], owner_id: '53908232506183680',
  roles: [{ id: '2909267986263572999', name: '@everyone', permissions: '49794752', position: 0, color: 0, colors: { primary_color: 0, secondary_color: null, tertiary_color: null }, hoist: false, managed: false, mentionable: false }],
  rules_channel_id: null, public_updates_channel_id: null, safety_alerts_channel_id: null,
};
const MEMBER = { user: { id: '53908099506183680', username: 'Mason' }, nick: 'NOT API SUPPORT', avatar: null, banner: null, roles: [], joined_at: '2015-04-26T06:26:56.936000+00:00', deaf: false, mute: false };

let server: WireServer;
afterEach(() => server.close());

async function open(routes: Routes, more = {}): Promise<{ readonly session: Session; readonly pull: () => Promise<Batch[]> }> {
  server = await startWireServer({
    'GET /api/v10/users/@me': () => ({ json: { id: '80351110224678912', username: 'Nelly', discriminator: '1337', avatar: '8342729096ea3675442027381ff50dfe', verified: true, email: 'nelly@discord.com', flags: 64 } }),
    'GET /api/v10/guilds/:guild': () => ({ json: SERVER }),
    'GET /api/v10/guilds/:guild/members/:user': () => ({ json: MEMBER }),
    'GET /api/v10/guilds/:guild/auto-moderation/rules': () => ({ json: [RULE] }),
    'GET /api/v10/guilds/:guild/audit-logs': () => ({ json: { application_commands: [], audit_log_entries: [], auto_moderation_rules: [], guild_scheduled_events: [], integrations: [{ id: '33590653072239123', name: 'A Name', type: 'twitch', account: { name: 'twitchusername', id: '1234567' }, application_id: '94651234501213162' }], threads: [], users: [], webhooks: [] } }),
    'GET /api/v10/channels/:channel/messages': ({ query }) => ({ json: query.get('after') === '0' ? [MESSAGE] : [] }),
    ...routes,
  });
  const io = makeConnectorIo(discord.fields);
  const values = { url: `${server.origin}/api/v10`, guild: SERVER.id, ...more };
  io.use(values, { token: TOKEN });
  const session = discord.open({ ...io, socket: noSocket }, values);
  return {
    session,
    async pull() {
      const batches: Batch[] = [];
      for await (const batch of session.pull(null, signal)) batches.push(batch);
      return batches;
    },
  };
}

describe('answers as the documentation prints them', () => {
  test('the rule says where alerts go; a message of another kind there is no alert', async () => {
    const { pull } = await open({});
    const batches = await pull();
    expect(batches.flatMap(({ reports }) => reports)).toEqual([]);
    expect(server.requests.map(({ path }) => path)).toContain('/api/v10/channels/123456789123456789/messages?after=0&limit=100');
  });

  test('the message stands in the conversation', async () => {
    const { session } = await open({
      'GET /api/v10/channels/:channel/messages': () => ({ json: [MESSAGE] }),
      'GET /api/v10/channels/:channel/messages/:message': () => ({ json: MESSAGE }),
    });
    const found = await session.context({ type: 'message', remoteId: MESSAGE.id, authorId: MESSAGE.author.id, extra: { channel: MESSAGE.channel_id } }, signal);
    expect(found.subject).toMatchObject({ text: 'Supa Hot', createdAt: Date.UTC(2017, 6, 11, 17, 27, 7, 299), editedAt: null, authorId: MESSAGE.author.id, url: `https://discord.com/channels/${SERVER.id}/${MESSAGE.channel_id}/${MESSAGE.id}` });
    expect(found.members).toMatchObject([{ name: 'NOT API SUPPORT', handle: '@Mason', joinedAt: Date.UTC(2015, 3, 26, 6, 26, 56, 936), standing: [] }]);
  });

  test('a forwarded message shows what it forwards', async () => {
    const forward = { ...MESSAGE, content: '', message_snapshots: [{ message: { content: 'Supa Hot', attachments: [], embeds: [], timestamp: MESSAGE.timestamp, edited_timestamp: null, mentions: [], type: 0 } }] };
    const { session } = await open({ 'GET /api/v10/channels/:channel/messages/:message': () => ({ json: forward }) });
    const found = await session.context({ type: 'message', remoteId: MESSAGE.id, authorId: null, extra: { channel: MESSAGE.channel_id } }, signal);
    expect(found.subject?.text).toBe('Supa Hot');
  });

  test('what stands before Discord is not taken for its refusal', async () => {
    const { pull } = await open({ 'GET /api/v10/guilds/:guild/audit-logs': () => ({ status: 403, text: 'error code: 1010' }) });
    await expect(pull()).rejects.toMatchObject({ kind: 'unreachable' });
  });

  test('another address than the API\'s is told', async () => {
    const { session } = await open({ 'GET /api/v10/users/@me': () => ({ status: 404, headers: { 'content-type': 'text/html' }, text: '<!doctype html><h1>Not found</h1>' }) });
    await expect(session.verify(signal)).rejects.toMatchObject({ kind: 'unintelligible', message: expect.stringContaining('Check the API address') });
  });

  test('the server\'s everyone may not moderate', async () => {
    const { missing, instance } = await (await open({})).session.verify(signal);
    expect(instance).toBe('Mason\'s Test Server');
    expect(missing.filter((one) => /“(Manage Server|Manage Messages|Timeout Members|Kick Members|Ban Members)”/.test(one))).toHaveLength(5);
    expect(missing.join()).toMatch(/alert channel 123456789123456789 is not there/);
  });

  test('without a rules channel the AutoMod rule is the guideline', async () => {
    expect(await (await open({})).session.guidelines(signal)).toEqual([{ remoteId: RULE.id, number: '1', title: 'Keyword Filter 1', body: 'AutoMod acts by itself (keyword).\n\nWords: cat*, *dog, *ana*, i like c++' }]);
  });

  test('numbered rules in the rules channel are guidelines of their own', async () => {
    const content = '# Rules\n**1.** Be civil\nThat means: no insults.\n**2.** No advertising';
    const { session } = await open({
      'GET /api/v10/guilds/:guild': () => ({ json: { ...SERVER, rules_channel_id: '441688182833020939' } }),
      'GET /api/v10/channels/:channel/messages': ({ at }) => ({ json: at['channel'] === '441688182833020939' ? [{ ...MESSAGE, id: '334385199974967043', content: 'Ask #help if unsure.' }, { ...MESSAGE, content }] : [] }),
    });
    expect(await session.guidelines(signal)).toMatchObject([
      { remoteId: `${MESSAGE.id}-1`, number: '1', title: 'Be civil', body: '**1.** Be civil\nThat means: no insults.' }, { remoteId: `${MESSAGE.id}-2`, number: '2', title: 'No advertising' },
      { remoteId: '334385199974967043', number: '3', title: 'Ask #help if unsure.' },
    ]);
  });

  test('a ban of "mentioning b1nzy" stands already', async () => {
    const { session } = await open({
      'GET /api/v10/guilds/:guild/bans/:user': () => ({ json: { reason: 'mentioning b1nzy', user: { username: 'Mason', discriminator: '9999', id: '53908099506183680', avatar: 'a_bab14f271d565501444b2ca3be944b25', public_flags: 131_141 } } }),
    });
    const subject = { type: 'member' as const, remoteId: '53908099506183680', authorId: '53908099506183680', extra: {} };
    expect(await session.deliver({ id: '0b7c7c0e-6a4e-4b0e-9a51-3d8f7d1f2a10', verb: 'suspend', reverse: false, reverses: null, subject, durationMs: null, labels: [], reason: '', guideline: null, message: null, expected: null, force: false, decidedAt: 0 }, signal))
      .toEqual({ kind: 'already', by: null, what: 'member banned', at: null });
  });

  test.each([
    ['user', { 'retry-after': '65', 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1470173023.123', 'x-ratelimit-reset-after': '64.57', 'x-ratelimit-bucket': 'abcd1234', 'x-ratelimit-scope': 'user' }, { message: 'You are being rate limited.', retry_after: 64.57, global: false }, 65_000],
    ['resource', { 'retry-after': '1337', 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '9', 'x-ratelimit-reset-after': '64.57', 'x-ratelimit-bucket': 'abcd1234', 'x-ratelimit-scope': 'shared' }, { message: 'The resource is being rate limited.', retry_after: 1336.57, global: false }, 1_337_000],
    ['global', { 'retry-after': '65', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' }, { message: 'You are being rate limited.', retry_after: 64.57, global: true }, 65_000],
  ])('an exceeded %s rate limit is waited out', async (_scope, headers, json, afterMs) => {
    const { pull } = await open({ 'GET /api/v10/guilds/:guild/audit-logs': () => ({ status: 429, headers, json }) });
    await expect(pull()).rejects.toMatchObject({ kind: 'rate-limited', afterMs });
  });

  test('an error is carried with its words', async () => {
    const { session } = await open({ 'DELETE /api/v10/channels/:channel/messages/:message': () => ({ status: 400, json: { code: 50_021, message: 'Cannot execute action on a system message' } }) });
    const subject = { type: 'message' as const, remoteId: '1', authorId: null, extra: { channel: '2' } };
    expect(await session.deliver({ id: '0b7c7c0e-6a4e-4b0e-9a51-3d8f7d1f2a10', verb: 'remove', reverse: false, reverses: null, subject, durationMs: null, labels: [], reason: '', guideline: null, message: null, expected: null, force: false, decidedAt: 0 }, signal))
      .toEqual({ kind: 'refused', why: 'Discord refused: Cannot execute action on a system message (50021). Nothing was sent.' });
  });
});

describe('an attachment', () => {
  const url = 'https://cdn.discordapp.com/attachments/1012345678900020080/1234567891233211234/my_image.png?ex=65d903de&is=65c68ede&hm=2481f30dd67f503f54d020ae3b5533b9987fae4e55f2b4e3926e08a3fa3ee24f&';

  test('whose address has ended is asked for anew at its message', async () => {
    const { session } = await open({
      'GET /api/v10/channels/:channel/messages/:message': () => ({ json: { ...MESSAGE, attachments: [{ id: '1234567891233211234', filename: 'my_image.png', content_type: 'image/png', size: 4, url: `${server.origin}/attachments/1012345678900020080/1234567891233211234/my_image.png?ex=ffffffff&is=65c68ede&hm=00&`, proxy_url: '', width: 1, height: 1 }] } }),
      'GET /attachments/1012345678900020080/1234567891233211234/my_image.png': () => ({ text: 'PNG!' }),
    });
    const got = await session.media?.(`${url}#290926798999357250/334385199974967042`, signal);
    expect([got?.mime, Buffer.from(got?.bytes ?? []).toString()]).toEqual(['image/png', 'PNG!']);
  });

  test('whose address holds is left to the media cache', async () => {
    const { session } = await open({});
    expect(await session.media?.(`${url.replace('65d903de', 'ffffffff')}#290926798999357250/334385199974967042`, signal)).toBeNull();
  });

  test('whose message is gone is gone', async () => {
    const { session } = await open({});
    await expect(session.media?.(`${url}#290926798999357250/334385199974967042`, signal)).rejects.toMatchObject({ kind: 'refused' });
  });
});
