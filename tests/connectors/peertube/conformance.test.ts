import { peertube } from '../../../src-main/connectors/peertube/peertube.ts';
import { describeConformance } from '../conformance.ts';
import { startFar } from './far.ts';

describeConformance('PeerTube', { connector: peertube, verb: 'remove', start: ({ reports, io }) => startFar(reports, io) });
