import { mastodon } from '../../../src-main/connectors/mastodon/mastodon.ts';
import { describeConformance } from '../conformance.ts';
import { startFar } from './far.ts';

describeConformance('Akkoma', { connector: mastodon, verb: 'dismiss', start: ({ reports, io }) => startFar('akkoma', reports, io) });
