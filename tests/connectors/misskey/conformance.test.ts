import { misskey } from '../../../src-main/connectors/misskey/misskey.ts';
import { describeConformance } from '../conformance.ts';
import { startFar } from './far.ts';

describeConformance('Misskey', { connector: misskey, verb: 'dismiss', start: (input) => startFar(input) });
