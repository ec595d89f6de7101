import { mastodon } from '../../../src-main/connectors/mastodon/mastodon.ts';
import { describeConformance } from '../conformance.ts';
import { startFar } from './far.ts';

describeConformance('Mastodon', { connector: mastodon, verb: 'mute', start: ({ reports, io }) => startFar('mastodon', reports, io) });
